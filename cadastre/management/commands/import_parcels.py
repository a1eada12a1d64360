"""`import_parcels FILE --municipality M`: a dry run with its report; `--commit` writes."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.findings_files import write_files
from cadastre.imports.parcel_map import parcel_map
from cadastre.imports.parcel_report import told_in_spanish
from cadastre.imports.reading import read_file
from cadastre.management.import_options import (
    actor_of,
    add_common_options,
    refusals,
    report_folder,
    source_file,
    town_of,
)
from cadastre.management.progress_bar import ProgressBar
from cadastre.operations.import_parcels import ParcelImport, import_parcels


class Command(BaseCommand):
    help = (
        "Carga predios de un archivo de mapas (o de una hoja con WKT o X/Y). Sin --commit, ensaya."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_common_options(parser)
        parser.add_argument("--layer", help="capa del archivo, u hoja del libro")
        for name, meaning in (
            ("id", "identificador de origen"),
            ("key", "clave catastral"),
            ("number", "número de predio"),
            ("parish", "parroquia (código o nombre)"),
            ("address", "dirección"),
            ("land-use", "uso del suelo"),
            ("block", "manzana o polígono"),
            ("titled-area", "área según título"),
        ):
            parser.add_argument(f"--{name}-field", help=f"columna con: {meaning}")
        parser.add_argument("--crs", type=int, help="EPSG de un archivo que no lo dice")
        parser.add_argument("--accept-psad56", action="store_true", help="acepta su exactitud")
        parser.add_argument("--kind", choices=["urban", "rural", "auto"], default="auto")
        parser.add_argument("--update", action="store_true", help="escribe también lo cambiado")
        parser.add_argument(
            "--correction",
            action="store_true",
            help="lo cambiado estaba mal desde el principio: rige desde la misma fecha que lo anterior",
        )

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals(), ProgressBar(self.stderr) as phase:
            path = Path(options["file"])
            municipality = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            wanted = ParcelImport(
                map=parcel_map(
                    Path(options["map"]) if options["map"] else None,
                    **{
                        name: options[f"{name}_field"]
                        for name in (
                            "id",
                            "key",
                            "number",
                            "parish",
                            "address",
                            "land_use",
                            "block",
                        )
                    },
                    titled_area=options["titled_area_field"],
                ),
                srid=options["crs"],
                accepts_psad56=options["accept_psad56"],
                kind=options["kind"].upper(),
                update=options["update"],
                is_correction=options["correction"],
                valid_from=options["valid_from"],
            )
            phase("leer el archivo")
            columns = wanted.map.columns
            layer = read_file(
                path,
                layer=options["layer"],
                table=wanted.map.table | {"key": columns.key or columns.id},
            )
            report = import_parcels(
                layer=layer,
                source=source_file(path),
                wanted=wanted,
                municipality=municipality,
                by=by,
                commit=options["commit"],
                phase=phase,
            )
            folder = report_folder(options["report"], path.name, is_committed=options["commit"])
            written = write_files(report, folder)
        self.stdout.write(told_in_spanish(report))
        self.stdout.write(f"Informe y hallazgos en {folder}: {', '.join(p.name for p in written)}")
