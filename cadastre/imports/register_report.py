"""What an import of the register tells: rows that add up, predios with and without map, sums to the cent."""

import json
from collections import Counter
from dataclasses import dataclass, field, fields
from decimal import Decimal
from pathlib import Path
from typing import Any

from cadastre.imports.findings_files import write_sheet
from cadastre.imports.parcel_records import Reason
from cadastre.imports.parcel_report import validity_told
from cadastre.imports.reason_words import counted, counted_reasons, reason_words
from cadastre.imports.register_rows import RejectedRow
from gis_project.core.money import format_usd


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterReport:
    """The result of one import or dry run; rows: read = admitted + observed + rejected."""

    municipality: str
    made_by: str
    made_on: str
    file_name: str
    file_sha256: str
    map_title: str
    columns: dict[str, str]
    encoding: str
    samples: list[str]
    is_committed: bool
    with_update: bool
    read: int
    admitted: int
    observed: int
    rejected: int
    unchanged: int
    units: int
    new_units: int
    changed_units: int
    with_map: int
    without_map: int
    map_without_unit: list[str]
    units_without_map: list[str]
    parties_new: int
    written: int
    value_before: Decimal
    value_after: Decimal
    value_conflicts: list[tuple[str, int, Decimal, Decimal]]
    reasons: Counter[str]
    warnings: Counter[str]
    rejections: list[RejectedRow]
    office: str = ""
    operation: str = ""
    valid_from: str = ""
    observations: list[tuple[tuple[int, ...], str, Reason]] = field(default_factory=list)
    still_open: list[tuple[str, str, str]] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The report as JSON values, without the content of rejected rows (personal data)."""
        told = {part.name: getattr(self, part.name) for part in fields(self)}
        told |= {"reasons": dict(self.reasons), "warnings": dict(self.warnings)}
        told["rejections"] = [
            {"position": row.position, "code": row.reason.code, "message": row.reason.message}
            for row in self.rejections
        ]
        told["observations"] = [
            {"positions": list(rows), "key": key, "code": reason.code, "message": reason.message}
            for rows, key, reason in self.observations
        ]
        told["value_conflicts"] = [
            [key, year, str(a), str(b)] for key, year, a, b in self.value_conflicts
        ]
        told |= {"value_before": str(self.value_before), "value_after": str(self.value_after)}
        return told


def register_told_in_spanish(report: RegisterReport) -> str:
    """The summary that a technician reads first."""
    difference = report.value_before - report.value_after
    lines = [
        f"Carga del catastro alfanumérico en {report.municipality}: {report.file_name} (mapeo «{report.map_title}»)",
        f"Hecha por {report.made_by} el {report.made_on}"
        + (f"; texto {report.encoding}" if report.encoding else ""),
        "",
        f"  Filas leídas {report.read:>9}",
        f"  Admitidas    {report.admitted:>9}",
        f"  Observadas   {report.observed:>9}",
        f"  Rechazadas   {report.rejected:>9}",
        f"  Suma         {report.admitted + report.observed + report.rejected:>9}",
        "",
        f"  Predios: {report.units} (nuevos {report.new_units}, con cambios {report.changed_units}); "
        f"filas sin cambio: {report.unchanged}; titulares nuevos: {report.parties_new}",
        f"  Con mapa y ficha: {report.with_map}; ficha sin mapa: {report.without_map}; "
        f"mapa sin ficha: {len(report.map_without_unit)}",
        f"  Avalúos en el archivo:   {format_usd(report.value_before, symbol=True):>22}",
        f"  Avalúos en el registro:  {format_usd(report.value_after, symbol=True):>22}",
        f"  Diferencia:              {format_usd(difference, symbol=True):>22}",
    ]
    if report.value_conflicts:
        lines.append(
            f"  {counted(len(report.value_conflicts), 'predio tiene', 'predios tienen')} ya otro avalúo "
            "migrado de ese año: no se cambió."
        )
    if report.changed_units and not report.with_update:
        lines.append("  Lo que cambia no se escribió: repita con --update para registrarlo.")
    lines += counted_reasons("Motivos de observación y rechazo", report.reasons)
    lines += counted_reasons(
        "Observaciones que siguen abiertas en los predios que ya estaban",
        Counter(code for _, code, _ in report.still_open),
    )
    if report.warnings:
        lines.append("  Avisos:")
        lines += [f"    {count:>7}  {name}" for name, count in report.warnings.most_common(15)]
    lines += ["", "  Columnas reconocidas:"]
    lines += [f"    {meaning}: «{column}»" for meaning, column in report.columns.items()]
    if report.samples:
        lines += ["", "  Muestra de textos (¿se leen bien las ñ y las tildes?):"]
        lines += [f"    {sample}" for sample in report.samples]
    return "\n".join([*lines, "", _ending(report), *_statement(report)])


def write_register_files(report: RegisterReport, folder: Path) -> list[Path]:
    """`informe.txt`, `informe.json`, and a sheet for each list of work (rejected, observed, without map…)."""
    folder.mkdir(parents=True, exist_ok=True)
    text, data = folder / "informe.txt", folder / "informe.json"
    text.write_text(register_told_in_spanish(report) + "\n", encoding="utf-8")
    data.write_text(json.dumps(report.as_dict(), ensure_ascii=False, indent=1), encoding="utf-8")
    names = sorted({name for row in report.rejections for name in row.attributes})
    sheets: dict[str, tuple[list[str], list[list[Any]]]] = {
        "rechazadas.csv": (
            ["fila", "motivo", "que_hacer", *names],
            [
                [row.position, reason_words(row.reason.code), row.reason.message]
                + [row.attributes.get(name) for name in names]
                for row in report.rejections
            ],
        ),
        "observadas.csv": (
            ["filas", "clave", "motivo", "que_hacer"],
            [
                [", ".join(map(str, rows)), key, reason_words(reason.code), reason.message]
                for rows, key, reason in report.observations
            ],
        ),
        "observaciones_abiertas.csv": (
            ["clave", "motivo", "que_hacer"],
            [[key, reason_words(code), message] for key, code, message in report.still_open],
        ),
        "fichas_sin_mapa.csv": (["clave"], [[key] for key in report.units_without_map]),
        "mapa_sin_ficha.csv": (["clave"], [[key] for key in report.map_without_unit]),
        "avaluos_en_conflicto.csv": (
            ["clave", "anio", "en_el_archivo", "en_el_registro"],
            [list(row) for row in report.value_conflicts],
        ),
    }
    written = [text, data]
    for name, (header, rows) in sheets.items():
        write_sheet(folder / name, header, rows)
        written.append(folder / name)
    return written


def _statement(report: RegisterReport) -> list[str]:
    """What the responsible person signs, once something is saved."""
    if not (report.is_committed and report.written):
        return []
    who = report.made_by + (f", {report.office}" if report.office else "")
    difference = report.value_before - report.value_after
    return [
        "",
        f"CONSTANCIA DE MIGRACIÓN — {report.municipality}, {report.made_on}",
        f"  Archivo: {report.file_name}",
        f"  SHA-256: {report.file_sha256}",
        f"  Filas: {report.read} leídas = {report.admitted} admitidas + {report.observed} observadas + "
        f"{report.rejected} rechazadas",
        f"  Avalúos antes, en las filas admitidas y observadas: {format_usd(report.value_before, symbol=True)}",
        f"  Avalúos después, en el registro:                    {format_usd(report.value_after, symbol=True)}",
        f"  Diferencia:                                         {format_usd(difference, symbol=True)}",
        f"  Responsable: {who}",
        "",
        "  Firma: ______________________________",
    ]


def _ending(report: RegisterReport) -> str:
    if not report.written:
        if report.changed_units and not report.with_update:
            waiting = counted(
                report.changed_units, "predio cambiado espera", "predios cambiados esperan"
            )
            return f"No se escribió nada: {waiting} --update."
        if report.read and report.rejected == report.read:
            return "No se escribió nada: se rechazaron todas las filas."
        return "Nada que escribir: el registro ya dice lo mismo. Sin cambio."
    if report.is_committed:
        done = counted(report.written, "predio escrito", "predios escritos")
        return f"{_validity(report)}Guardado: {done} (acto {report.operation})."
    would = "se habría escrito" if report.written == 1 else "se habrían escrito"
    return (
        f"{_validity(report)}ENSAYO: {would} {counted(report.written, 'predio', 'predios')} y no se guardó "
        "nada. Repita con --commit."
    )


def _validity(report: RegisterReport) -> str:
    return validity_told(report.valid_from) if report.new_units and report.valid_from else ""
