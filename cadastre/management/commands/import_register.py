"""`import_register FILE --municipality M --map MAP`: a dry run with its report; `--commit` writes.

Instead of a file, the address of a PostgreSQL database with the restored tables of the old system.
"""

from argparse import ArgumentParser
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.formats import FileFormat
from cadastre.imports.other_databases import refuse_other_databases
from cadastre.imports.raw_layer import RawLayer
from cadastre.imports.reading import read_file
from cadastre.imports.register_map import ready_maps, register_map
from cadastre.imports.register_report import register_told_in_spanish, write_register_files
from cadastre.management.import_options import (
    actor_of,
    add_common_options,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.management.progress_bar import ProgressBar
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_register import RegisterImport, import_register
from cadastre.queries.old_database import SCHEMES, read_old_table


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
        with refusals(), ProgressBar(self.stderr) as phase:
            given = options["file"]
            municipality = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            phase("leer los datos")
            layer, source = _read(given, options["table"])
            report = import_register(
                layer=layer,
                source=source,
                wanted=RegisterImport(
                    map=register_map(options["map"] or "plain"),
                    update=options["update"],
                    valid_from=options["valid_from"],
                    year=options["year"],
                ),
                municipality=municipality,
                by=by,
                commit=options["commit"],
                phase=phase,
            )
            folder = report_folder(options["report"], source.name, is_committed=options["commit"])
            written = write_register_files(report, folder)
        self.stdout.write(register_told_in_spanish(report))
        self.stdout.write(f"Informe en {folder}: {', '.join(p.name for p in written)}")


def _read(given: str, table: str | None) -> tuple[RawLayer, SourceFile]:
    """The rows, and what they came from without user or password."""
    refuse_other_databases(given)
    if given.startswith(SCHEMES):
        old = read_old_table(given, table=table)
        return old.layer, SourceFile(old.name, old.sha256)
    path = Path(given)
    layer = read_file(path, layer=table, table={"has_geometry": False})
    source = source_file(path)
    if layer.format == FileFormat.ACCESS:  # one file, several tables: the report says which
        source = replace(source, name=f"{source.name}/{layer.layer}")
    return layer, source
