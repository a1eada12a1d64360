"""import_service_uses FILE: how much predios use of the services charged by use; refused rows go to a file."""

import csv
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.reading import read_file
from cadastre.management.import_options import (
    BY,
    actor_of,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.operations.import_service_uses import (
    COLUMNS,
    ServiceUseReport,
    import_service_uses,
)
from gis_project.core.sheets import safe_cell


class Command(BaseCommand):
    help = "Carga los usos de servicios que se cobran por unidad (ensayo, salvo con --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="CSV o XLSX con las columnas clave, tasa y cantidad")
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--since", type=date.fromisoformat, required=True, help="desde qué día")
        parser.add_argument("--report", help="carpeta de lo que no entró")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        path = Path(options["file"])
        with refusals():
            report = import_service_uses(
                [row.attributes for row in read_file(path, table={"has_geometry": False}).records],
                municipality=town_of(options["municipality"]),
                source=source_file(path),
                since=options["since"],
                by=actor_of(options["by"], is_committed=options["commit"]),
                commit=options["commit"],
            )
        self.stdout.write(
            f"{report.read} filas: {report.written} nuevas, {report.unchanged} sin cambio, "
            f"{len(report.refused)} rechazadas."
        )
        if report.refused:
            folder = report_folder(options["report"], path.name, is_committed=options["commit"])
            self.stdout.write(f"  {_write_refused(folder / 'rechazados.csv', report)}")
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió nada. Repita con --commit.")


def _write_refused(path: Path, report: ServiceUseReport) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("fila", *COLUMNS, "motivo"))
        for number, row, why in report.refused:
            cells = (safe_cell(str(row.get(name) or "")) for name in COLUMNS)
            writer.writerow((number, *cells, why))
    return path
