"""export_ordinance FILE: a stored ordinance as XLSX or GPKG, to be loaded again; --template writes the template."""

import tomllib
from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

import fixtures
from cadastre.imports.ordinance_book import SUFFIXES
from cadastre.imports.ordinance_to_sheets import to_sheets
from cadastre.imports.write_ordinance_book import Shapes, write_gpkg, write_xlsx
from cadastre.management.import_options import refusals, town_of
from cadastre.queries.ordinance_members import ordinance_members, ordinance_shapes
from cadastre.queries.ordinances import NoOrdinance
from gis_project.territory.models import Municipality, Ordinance

_TEMPLATE = Path(fixtures.__path__[0]) / "ordinances" / "template.toml"


class Command(BaseCommand):
    help = "Escribe una ordenanza guardada, o la plantilla, como XLSX o GeoPackage."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="archivo nuevo, .xlsx o .gpkg")
        parser.add_argument("--template", action="store_true", help="la plantilla con su ejemplo")
        parser.add_argument("--municipality", help="nombre en la web o código DPA")
        parser.add_argument("--number", help="número de la ordenanza")
        parser.add_argument("--content-hash", default="", help="huella, si hay varias del número")

    def handle(self, **options: Any) -> None:
        path: Path = options["file"]
        if path.suffix.lower() not in SUFFIXES:
            raise CommandError("El archivo termina en .xlsx o .gpkg.")
        if path.exists():
            raise CommandError(f"Ya existe {path}: dé otro nombre.")
        zones: Shapes = []
        axes: Shapes = []
        if options["template"]:
            told = tomllib.loads(_TEMPLATE.read_text(encoding="utf-8"), parse_float=Decimal)
        elif not (options["municipality"] and options["number"]):
            raise CommandError("Diga --municipality y --number, o --template.")
        else:
            with refusals():
                found = _ordinance(town_of(options["municipality"]), options)
            told = ordinance_members(found)
            zones, axes = ordinance_shapes(found)
        if path.suffix.lower() == ".gpkg":
            write_gpkg(path, to_sheets(told), zones=zones, axes=axes)
        else:
            write_xlsx(path, to_sheets(told))
        self.stdout.write(f"{path}: {len(zones)} zonas, {len(axes)} ejes.")


def _ordinance(town: Municipality, options: dict[str, Any]) -> Ordinance:
    found = Ordinance.objects.filter(
        municipality=town,
        subject="PROPERTY_TAX",
        number=options["number"],
        content_hash__startswith=options["content_hash"],
    ).exclude(state=Ordinance.State.WITHDRAWN)
    ordinance = found.order_by("state", "pk").first()
    if ordinance is None:
        raise NoOrdinance(f"{town.name} no tiene una ordenanza {options['number']}.")
    return ordinance
