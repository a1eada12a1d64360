"""`import_register FILE --municipality M --map MAP`: a dry run with its report; `--commit` writes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.reading import read_file
from cadastre.imports.register_map import ready_maps, register_map
from cadastre.imports.register_report import register_told_in_spanish, write_register_files
from cadastre.management.import_options import (
    Phases,
    actor_of,
    add_common_options,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.operations.import_register import RegisterImport, import_register


class Command(BaseCommand):
    help = "Carga titulares, tenencia, ficha y avalúos del sistema anterior. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_common_options(
            parser, maps=f"; o uno listo: {', '.join(ready_maps())} (sin la opción: plain)"
        )
        parser.add_argument(
            "--table",
            "--layer",
            "--sheet",
            dest="table",
            help="tabla de Access o de la base, u hoja del libro",
        )
        parser.add_argument(
            "--year", type=int, help="año de los avalúos si ninguna columna lo dice"
        )
        parser.add_argument("--update", action="store_true", help="escribe también lo cambiado")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            path = Path(options["file"])
            municipality = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            phases = Phases(self.stderr)
            phases("leer el archivo")
            layer = read_file(path, layer=options["table"], table={"has_geometry": False})
            report = import_register(
                layer=layer,
                source=source_file(path),
                wanted=RegisterImport(
                    map=register_map(options["map"] or "plain"),
                    update=options["update"],
                    valid_from=options["valid_from"],
                    year=options["year"],
                ),
                municipality=municipality,
                by=by,
                commit=options["commit"],
                phase=phases,
            )
            folder = report_folder(options["report"], path, is_committed=options["commit"])
            written = write_register_files(report, folder)
            phases.end()
        self.stdout.write(register_told_in_spanish(report))
        self.stdout.write(f"Informe en {folder}: {', '.join(p.name for p in written)}")
