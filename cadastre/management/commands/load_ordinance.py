"""load_ordinance FILE (TOML, XLSX or GPKG): what the ordinance would write and what it lacks; --commit writes it.

The file's ``subject`` tells which: property tax (without one), or area tolerances.
"""

from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.ordinance_book import SUFFIXES, RowsRefused, ordinance_book, write_refused
from cadastre.imports.ordinance_file import InvalidOrdinanceFile, OrdinanceFile, ordinance_file
from cadastre.imports.reading import FileNotThere, read_file
from cadastre.imports.tolerance_file import ToleranceFile, is_tolerance_file, tolerance_file
from cadastre.imports.value_zones import ZoneColumns
from cadastre.imports.write_ordinance_book import AXES, ZONES
from cadastre.management.import_options import (
    actor_of,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.operations.judge_ordinance import AxesAsked, ZonesAsked
from cadastre.operations.load_area_tolerance import load_area_tolerance
from cadastre.operations.load_ordinance import OrdinanceReport, first_of, load_ordinance
from gis_project.core.errors import InvalidInput
from gis_project.core.money import format_decimal

_MOST_BYTES = 1024 * 1024
_SAVED = "Guardada y aprobada."
_DRAFTED = (
    "Guardada como borrador. Otra persona la aprueba por su huella: approve_ordinance --number {number} "
    "--content-hash {hash}."
)
_REHEARSED = "Ensayo: no se escribió nada. Repita con --commit."
_UNITS = {"pct": "%", "m2": "m²"}
_REASONS = {
    "ZONE": "sin zona de valor en su punto interior",
    "GROUND": "sin polígono",
    "AREA": "sin el área con la que se valora",
    "BUILDING_COST": "con una estructura que la tabla de costos no tiene",
    "LAND_VALUE": "con una zona sin valor de su clase",
    "BUILT_AFTER_CUTOFF": "con una construcción posterior al corte",
    "BUILT_IN": "con una construcción sin año",
}


class Command(BaseCommand):
    help = "Carga la ordenanza de avalúos y tarifas y su plano de valores. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            help="la ordenanza en TOML, XLSX o GPKG; la plantilla: export_ordinance --template",
        )
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--zones", help="mapa de las zonas de valor del suelo")
        parser.add_argument("--layer", help="capa de ese mapa, si tiene varias")
        parser.add_argument("--code-field", help="columna con el código de la zona")
        parser.add_argument("--value-field", help="columna con el valor: USD/m² o USD/ha")
        parser.add_argument("--kind-field", help="columna que dice si la zona es urbana o rural")
        parser.add_argument("--axes", help="mapa de los ejes viales con precio (codigo, clase)")
        parser.add_argument("--report", help="carpeta de las filas que no entran")
        parser.add_argument("--crs", type=int, help="EPSG de un mapa que no lo dice")
        parser.add_argument("--accept-psad56", action="store_true", help="acepta su exactitud")
        parser.add_argument(
            "--replaces-from",
            type=date.fromisoformat,
            help="AAAA-MM-DD: desde ese día deja de regir la ordenanza anterior",
        )
        parser.add_argument("--by", help="quien la carga: cédula, teléfono o correo")
        parser.add_argument("--approved-by", help="otra persona, que la aprueba en el mismo acto")
        parser.add_argument("--approval", default="", help="acto del concejo que la aprobó")
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            path = Path(options["file"])
            municipality = town_of(options["municipality"])
            is_book = path.suffix.lower() in SUFFIXES
            text = "" if is_book else _read(path)
            common = {
                "source": source_file(path),
                "municipality": municipality,
                "by": actor_of(options["by"]),
                "commit": options["commit"],
                "replaces_from": options["replaces_from"],
            }
            if not is_book and is_tolerance_file(text):
                lines = _tolerance_loaded(tolerance_file(text, name=path.name), options, common)
            else:
                approver = options["approved_by"]
                report = load_ordinance(
                    file=self._book(path, options)
                    if is_book
                    else ordinance_file(text, name=path.name),
                    zones=_zones(options),
                    axes=_axes(options),
                    approved_by=actor_of(approver) if approver else None,
                    approval=options["approval"],
                    **common,
                )
                lines = told(report, is_committed=options["commit"])
        for line in lines:
            self.stdout.write(line)

    def _book(self, path: Path, options: dict[str, Any]) -> OrdinanceFile:
        try:
            return ordinance_book(path)
        except RowsRefused as refusal:
            folder = report_folder(options["report"], path.name, is_committed=options["commit"])
            self.stderr.write(str(write_refused(folder / "rechazados.csv", refusal.rows)))
            raise


def _tolerance_loaded(
    file: ToleranceFile, options: dict[str, Any], common: dict[str, Any]
) -> list[str]:
    """The report of an ordinance of area tolerances, which has no map."""
    if options["zones"]:
        raise InvalidInput("La ordenanza de tolerancias de área no lleva plano: quite --zones.")
    report = load_area_tolerance(file=file, **common)
    lines = [f"Ordenanza {report.ordinance.number}: {report.ordinance.title}"]
    if not report.is_new:
        return [*lines, "Ya estaba cargada con este mismo contenido: no cambia nada."]
    lines.append(f"  vigencia desde {report.ordinance.valid.lower}")
    for kind, name in (("URBAN", "urbano"), ("RURAL", "rural")):
        lines += [
            f"  {name}, títulos {row.told()}: {_plain(row.tolerance)} {_UNITS[row.unit]}"
            for row in report.table.ranges[kind]
        ]
    lines += [f"  {line}" for line in report.replaced]
    return [*lines, _SAVED if options["commit"] else _REHEARSED]


def told(report: OrdinanceReport, *, is_committed: bool) -> list[str]:
    """The report in Spanish, line by line."""
    ordinance, judged = report.ordinance, report.judged
    until = ordinance.valid.upper
    lines = [
        f"Ordenanza {ordinance.number}: {ordinance.title}",
        f"  vigencia desde {ordinance.valid.lower}"
        + (f", hasta antes del {until}" if until else ", sin fecha final")
        + f"; primera emisión: {judged.facts.year}",
        f"  huella del contenido (SHA-256): {report.content_hash}",
    ]
    if report.coverage is None:
        there = "cargada" if report.is_approved else "como borrador"
        return [*lines, f"Ya estaba {there} con este mismo contenido: no cambia nada."]
    for kind, name, unit in (("URBAN", "urbanas", "USD/m²"), ("RURAL", "rurales", "USD/ha")):
        values = [zone.value for zone in judged.zones if zone.kind == kind]
        span = f", de {_plain(min(values))} a {_plain(max(values))} {unit}" if values else ""
        lines.append(f"  zonas {name}: {len(values)}{span}")
    lines.append(f"  costos de construcción: {len(judged.file.building_costs)}")
    lines += [f"  {line}" for line in report.replaced]
    lines += [f"  AVISO: {line}" for line in report.notices]
    lines.append(f"  predios con avalúo: {report.coverage.valued}")
    for what, keys in sorted(report.coverage.unvalued.items()):
        reason = _REASONS.get(what, what)
        lines.append(f"  AVISO: {len(keys)} predios {reason}: {first_of(keys)}.")
    saved = _SAVED if report.is_approved else _DRAFTED
    saved = saved.format(number=ordinance.number, hash=report.content_hash[:12])
    lines.append(saved if is_committed else _REHEARSED)
    return lines


def _plain(value: Decimal) -> str:
    return format_decimal(value.normalize())


def _read(path: Path) -> str:
    if not path.is_file():
        raise FileNotThere(f"No existe el archivo «{path.name}».")
    if path.stat().st_size > _MOST_BYTES:
        raise InvalidOrdinanceFile(f"{path.name} pesa más de 1 MiB: no es una ordenanza en TOML.")
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidOrdinanceFile(f"{path.name} no está en UTF-8: guárdelo así.") from error


def _axes(options: dict[str, Any]) -> AxesAsked | None:
    """The axes' own file, or the layer of the GeoPackage that the ordinance came in."""
    path = Path(options["axes"] or options["file"])
    if not options["axes"] and path.suffix.lower() != ".gpkg":
        return None
    layer = AXES if path.suffix.lower() == ".gpkg" else None
    return AxesAsked(
        layer=read_file(path, layer=layer, table={"lines": True}), source=source_file(path)
    )


def _zones(options: dict[str, Any]) -> ZonesAsked | None:
    if not options["zones"]:
        if Path(options["file"]).suffix.lower() != ".gpkg":
            return None
        own = {"zones": options["file"], "layer": ZONES, "code_field": "codigo"}
        zones = _zones(options | own | {"value_field": "valor", "kind_field": "clase"})
        return zones if zones and zones.layer.records else None
    if not options["code_field"]:
        raise InvalidInput("Diga con --code-field qué columna del mapa trae el código de la zona.")
    path = Path(options["zones"])
    return ZonesAsked(
        layer=read_file(path, layer=options["layer"], table={"key": options["code_field"]}),
        source=source_file(path),
        columns=ZoneColumns(
            code=options["code_field"],
            value=options["value_field"] or "",
            kind=options["kind_field"] or "",
        ),
        srid=options["crs"],
        accepts_psad56=options["accept_psad56"],
    )
