"""`make_field_package --municipality M --block … --carrier … --purpose … --expires …`; `--commit` issues it."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

import shapely
from django.core.management.base import BaseCommand

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.deed.door import stored, unit_named
from cadastre.operations.make_field_package import Cut, make_field_package
from cadastre.queries.field_area import FieldArea
from gis_project.core.crs import STORAGE_SRID
from gis_project.core.errors import InvalidInput
from gis_project.territory.file_store import copy_file
from gis_project.territory.models import Municipality
from gis_project.territory.policy import person


class Command(BaseCommand):
    help = "Entrega un paquete de campo para QField. Sin --commit, ensaya y no guarda nada."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        area = parser.add_mutually_exclusive_group(required=True)
        area.add_argument("--block", default="", help="código de la manzana o polígono")
        area.add_argument("--sector", default="", help="código del sector")
        area.add_argument("--polygon", help="polígono en WKT, en el CRS de --srid")
        area.add_argument("--predio", action="append", default=[], help="clave o número; repetible")
        parser.add_argument("--srid", type=int, default=STORAGE_SRID, help="EPSG del polígono")
        parser.add_argument(
            "--carrier", required=True, help="cédula, teléfono o correo de quien lo lleva"
        )
        parser.add_argument("--purpose", required=True, help="para qué se entrega")
        parser.add_argument("--expires", required=True, type=date.fromisoformat, help="AAAA-MM-DD")
        parser.add_argument("--with-holders", action="store_true", help="con nombres de titulares")
        parser.add_argument("--output", help="archivo ZIP que se escribe, con --commit")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="entrega el paquete")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            town = town_of(options["municipality"])
            carrier = person(actor_of(options["carrier"]))
            if carrier is None:
                raise InvalidInput("Diga quién lleva el paquete.")
            cut = make_field_package(
                municipality=town,
                area=_area(town, options),
                carrier=carrier,
                purpose=options["purpose"],
                expires_on=options["expires"],
                by=actor_of(options["by"], is_committed=options["commit"]),
                with_holders=options["with_holders"],
                commit=options["commit"],
            )
            if cut.package is not None and options["output"]:
                copy_file(cut.package.file_id, Path(options["output"]))
        self.stdout.write(_told(cut))


def _area(town: Municipality, options: dict[str, Any]) -> FieldArea:
    units = tuple(unit_named(town, name).pk for name in options["predio"])
    polygon = None
    if options["polygon"]:
        try:
            polygon = stored(shapely.from_wkt(options["polygon"]), options["srid"])
        except shapely.errors.GEOSException as error:
            raise InvalidInput("El polígono se escribe en WKT.") from error
    return FieldArea(block=options["block"], sector=options["sector"], polygon=polygon, units=units)


def _told(cut: Cut) -> str:
    counts = ", ".join(f"{name} {count}" for name, count in cut.counts.items() if count)
    size = f"{cut.size_bytes / 1024:.0f} KiB"
    if cut.package is None:
        return f"Ensayo: {counts}; {size}. Repita con --commit y --by."
    package = cut.package
    return f"Paquete {package.number}: {counts}; {size}. Huella SHA-256 {package.file_id}"
