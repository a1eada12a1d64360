"""`import_transfer_list FILE --municipality M`: the crossing with the register; `--commit` keeps the notices."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.reading import read_file
from cadastre.imports.transfer_map import transfer_map
from cadastre.imports.transfer_report import transfers_told_in_spanish, write_transfer_files
from cadastre.management.import_options import (
    BY,
    actor_of,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.operations.import_transfer_list import import_transfer_list


class Command(BaseCommand):
    help = "Cruza la lista mensual de una notaría o del Registro con el catastro. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV o XLSX")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument(
            "--map", default="plain", help="archivo TOML que dice qué columna es qué"
        )
        parser.add_argument("--sheet", help="hoja del libro")
        parser.add_argument("--report", help="carpeta del informe; por defecto, una en var/reports")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda los avisos")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            path = Path(options["file"])
            municipality = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            layer = read_file(path, layer=options["sheet"], table={"has_geometry": False})
            report = import_transfer_list(
                layer=layer,
                source=source_file(path),
                told=transfer_map(options["map"]),
                municipality=municipality,
                by=by,
                commit=options["commit"],
            )
            folder = report_folder(options["report"], path.name, is_committed=options["commit"])
            written = write_transfer_files(report, folder)
        self.stdout.write(transfers_told_in_spanish(report))
        self.stdout.write(f"Informe en {folder}: {', '.join(p.name for p in written)}")
