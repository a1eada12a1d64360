"""`import_arrears FILE --municipality M`: the former system's titles, by year and concept; `--commit` keeps them."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.arrears_map import arrears_map
from cadastre.imports.arrears_report import arrears_told_in_spanish, write_arrears_files
from cadastre.imports.reading import read_file
from cadastre.management.import_options import (
    BY,
    actor_of,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.operations.collection.import_arrears import import_arrears


class Command(BaseCommand):
    help = "Carga los títulos de años anteriores del sistema antiguo. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV o XLSX, una fila por título y rubro")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument(
            "--map", default="plain", help="archivo TOML que dice qué columna y qué palabra es qué"
        )
        parser.add_argument("--sheet", help="hoja del libro")
        parser.add_argument("--report", help="carpeta del informe; por defecto, una en var/reports")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            path = Path(options["file"])
            municipality = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            layer = read_file(path, layer=options["sheet"], table={"has_geometry": False})
            report = import_arrears(
                layer=layer,
                source=source_file(path),
                told=arrears_map(options["map"]),
                municipality=municipality,
                by=by,
                commit=options["commit"],
            )
            folder = report_folder(options["report"], path.name, is_committed=options["commit"])
            written = write_arrears_files(report, folder)
        self.stdout.write(arrears_told_in_spanish(report))
        self.stdout.write(f"Informe en {folder}: {', '.join(p.name for p in written)}")
