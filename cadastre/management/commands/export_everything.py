"""`export_everything --municipality M --out FOLDER`: all data of a municipality, for whoever comes after."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from gis_project.territory.operations.export_everything import export_everything


class Command(BaseCommand):
    help = "Escribe todos los datos del municipio en una carpeta que otro sistema puede cargar."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--out", required=True, type=Path, help="carpeta nueva")
        parser.add_argument(
            "--with-personal-data",
            action="store_true",
            help="nombres, cédulas y documentos escaneados; sin esto, seudónimos. Pide --by",
        )
        parser.add_argument("--by", help=BY)

    def handle(self, **options: Any) -> None:
        with refusals():
            package = export_everything(
                municipality=town_of(options["municipality"]),
                folder=options["out"],
                by=actor_of(options["by"]),
                with_personal_data=options["with_personal_data"],
            )
        rows = sum(table.rows for table in package.tables.values())
        self.stdout.write(
            f"{len(package.tables)} tablas, {rows} filas, {package.files} documentos en {options['out']}."
        )
        self.stdout.write(f"Huella del manifiesto: {package.manifest_sha256}")
        if not options["with_personal_data"]:
            self.stdout.write("Los datos personales van como seudónimos (--with-personal-data).")
