"""export_bulletin: a year's boletín de emisión for Contabilidad, and the list of what is left to do."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from cadastre.management.import_options import actor_of, refusals, town_of
from cadastre.operations.export_bulletin import export_bulletin
from gis_project.core.money import format_usd


class Command(BaseCommand):
    help = "Exporta el boletín de emisión por cuenta, rubro, parroquia y tarifa, y los pendientes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument(
            "--folder", type=Path, help="carpeta de destino (por omisión, var/exports)"
        )
        parser.add_argument("--by", help="cédula, teléfono o correo de quien exporta")

    def handle(self, **options: Any) -> None:
        with refusals():
            made = export_bulletin(
                municipality=town_of(options["municipality"]),
                year=options["year"],
                folder=options["folder"] or settings.VAR / "exports",
                by=actor_of(options["by"]),
            )
        self.stdout.write(
            f"{made.rows} filas, {format_usd(made.total)} USD; {made.work_rows} pendientes."
        )
        for path in (made.bulletin, made.work, made.manifest):
            self.stdout.write(f"  {path}")
