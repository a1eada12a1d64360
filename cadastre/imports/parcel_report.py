"""What an import tells: counts that add up, sums of areas, findings; as data and as Spanish text."""

from collections import Counter
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any

from shapely.geometry.base import BaseGeometry

from cadastre.imports.reason_words import counted, counted_reasons
from gis_project.core.units import format_ha, format_m, format_m2

_STATUS_ES = {
    "NEW": "nuevos",
    "NEW_MAP": "predios del registro que reciben su mapa",
    "CONDOMINIUM": "unidades de propiedad horizontal",
    "UNCHANGED": "sin cambio",
    "CHANGED_ATTRIBUTES": "con datos cambiados",
    "CHANGED_GEOMETRY": "con geometría cambiada",
    "REJECTED": "rechazados",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing to look at: where in the file, which predio, why; ``geom`` and point in EPSG:32717."""

    position: int
    key: str
    code: str
    message: str
    geom: BaseGeometry | None = None
    x: float | None = None
    y: float | None = None
    attributes: dict[str, Any] = field(default_factory=dict)
    raw_hex: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OverlapFinding:
    """Two predios that overlap, by how much, and where."""

    key: str
    other_key: str
    area_m2: Decimal
    width_m: Decimal
    geom: BaseGeometry | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParcelReport:
    """The result of one import or of its dry run: read = admitted + observed + rejected."""

    municipality: str
    file_name: str
    file_sha256: str
    format: str
    layer: str
    srid: int
    legal_srid: int
    accuracy_m: int | None
    encoding: str
    samples: list[str]
    is_committed: bool
    with_update: bool
    read: int
    admitted: int
    observed: int
    rejected: int
    statuses: Counter[str]
    written: int
    reasons: Counter[str]
    legal_area_m2: Decimal
    ellipsoidal_area_m2: Decimal
    warnings: Counter[str]
    notices: list[str]
    observations: list[Finding]
    rejections: list[Finding]
    overlaps: list[OverlapFinding]
    changes: list[tuple[int, str, str]]
    missing: list[str]
    operation: str = ""
    valid_from: str = ""
    out_of_bounds: int = 0
    still_open: list[tuple[str, str, str]] = field(default_factory=list)

    @property
    def is_misplaced(self) -> bool:
        """Whether most records fall outside the country: the CRS is then likely another."""
        return self.out_of_bounds * 2 > self.read

    @property
    def waiting(self) -> int:
        """Records that differ from the register and were not written."""
        changed = self.statuses["CHANGED_ATTRIBUTES"] + self.statuses["CHANGED_GEOMETRY"]
        return 0 if self.with_update else changed

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values; geometries stay in the findings' GeoPackage."""
        told = {part.name: getattr(self, part.name) for part in fields(self)}
        for name in ("statuses", "reasons", "warnings"):
            told[name] = dict(told[name])
        for name in ("observations", "rejections"):
            told[name] = [_without_geometry(finding) for finding in told[name]]
        told["overlaps"] = [
            {name: str(value) for name, value in _without_geometry(pair).items()}
            for pair in self.overlaps
        ]
        for name in ("legal_area_m2", "ellipsoidal_area_m2"):
            told[name] = str(told[name])
        return told


def told_in_spanish(report: ParcelReport) -> str:
    """The summary that a technician reads first."""
    lines = [
        *_misplaced(report),
        f"Carga de predios en {report.municipality}: {report.file_name}"
        + (f", capa «{report.layer}»" if report.layer else ""),
        f"Formato {report.format}; coordenadas EPSG:{report.srid}"
        + (f" (exactitud de la transformación: {report.accuracy_m} m)" if report.accuracy_m else "")
        + (f"; texto {report.encoding}" if report.encoding else ""),
        "",
        f"  Leídos       {report.read:>9}",
        f"  Admitidos    {report.admitted:>9}",
        f"  Observados   {report.observed:>9}",
        f"  Rechazados   {report.rejected:>9}",
        f"  Suma         {report.admitted + report.observed + report.rejected:>9}",
        "",
        *_statuses(report),
        f"  Área legal (EPSG:{report.legal_srid}): {format_ha(report.legal_area_m2)}; "
        f"elipsoidal: {format_ha(report.ellipsoidal_area_m2)}",
        *counted_reasons("Motivos de observación y rechazo", report.reasons),
        *counted_reasons(
            "Observaciones que siguen abiertas en los predios que ya estaban",
            Counter(code for _, code, _ in report.still_open),
        ),
        *_counted("Avisos", report.warnings),
        *[f"  · {notice}" for notice in report.notices],
        *_overlaps(report),
    ]
    if report.samples:
        lines += ["", "  Muestra de textos (¿se leen bien las ñ y las tildes?):"]
        lines += [f"    {sample}" for sample in report.samples]
    return "\n".join([*lines, "", _ending(report)])


def validity_told(valid_from: str) -> str:
    """From which day (ISO) new predios rule, and the first year whose roll counts them; a line."""
    return (
        f"Los predios nuevos rigen desde {valid_from}; podrá emitir desde el año "
        f"{int(valid_from[:4]) + 1}. Para emitir antes, use --valid-from.\n"
    )


def _without_geometry(finding: Finding | OverlapFinding) -> dict[str, Any]:
    names = (part.name for part in fields(finding) if part.name != "geom")
    return {name: getattr(finding, name) for name in names}


def _statuses(report: ParcelReport) -> list[str]:
    lines = [
        f"  {_STATUS_ES[status]}: {count}"
        for status, count in sorted(report.statuses.items())
        if status != "REJECTED"
    ]
    if report.waiting:
        lines.append("  Los cambiados no se escribieron: repita con --update para registrarlos.")
    if report.missing:
        absent = counted(len(report.missing), "predio del registro", "predios del registro")
        lines.append(f"  faltan en el archivo: {absent} (no se borran)")
    return lines


def _misplaced(report: ParcelReport) -> list[str]:
    if not report.is_misplaced:
        return []
    return [
        f"¿Es otro el sistema de coordenadas? {report.out_of_bounds} de {report.read} registros, leídos "
        f"como EPSG:{report.srid}, caen fuera del Ecuador continental.",
        f"El municipio mide en EPSG:{report.legal_srid}. Revise el sistema del archivo (--crs) y si X e Y "
        "están cambiadas.",
        "",
    ]


def _counted(title: str, counts: Counter[str]) -> list[str]:
    if not counts:
        return []
    return [f"  {title}:", *[f"    {count:>7}  {name}" for name, count in counts.most_common(15)]]


def _overlaps(report: ParcelReport) -> list[str]:
    if not report.overlaps:
        return []
    largest = sorted(report.overlaps, key=lambda pair: -pair.area_m2)[:5]
    return [
        f"  Traslapes admitidos como observados: {len(report.overlaps)}; los mayores:",
        *[
            f"    {pair.key} con {pair.other_key}: {format_m2(pair.area_m2)}, ancho medio "
            f"{format_m(pair.width_m)}"
            for pair in largest
        ],
    ]


def _ending(report: ParcelReport) -> str:
    if not report.written:
        if report.waiting:
            waiting = counted(
                report.waiting, "registro cambiado espera", "registros cambiados esperan"
            )
            return f"No se escribió nada: {waiting} --update."
        if report.read and report.rejected == report.read:
            return "No se escribió nada: se rechazaron todos los registros."
        return "Nada que escribir: el registro ya dice lo mismo. Sin cambio."
    if report.is_committed:
        done = counted(report.written, "registro escrito", "registros escritos")
        later = (
            "Para lo ya guardado: --update --correction --valid-from AAAA-MM-DD.\n"
            if _validity(report)
            else ""
        )
        return f"{_validity(report)}{later}Guardado: {done} (acto {report.operation})."
    would = "se habría escrito" if report.written == 1 else "se habrían escrito"
    done = f"{would} {counted(report.written, 'registro', 'registros')}"
    again = (
        "Corrija antes el sistema de coordenadas."
        if report.is_misplaced
        else "Repita con --commit."
    )
    return f"{_validity(report)}ENSAYO: {done} y no se guardó nada. {again}"


def _validity(report: ParcelReport) -> str:
    has_new = report.statuses["NEW"] + report.statuses["CONDOMINIUM"]
    return validity_told(report.valid_from) if has_new else ""
