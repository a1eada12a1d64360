"""export_tax_roll: a year's roll as CSV and XLSX with control totals and a manifest."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from cadastre.management.import_options import actor_of
from cadastre.operations.export_tax_roll import export_tax_roll
from gis_project.core.errors import DomainError
from gis_project.core.money import format_usd
from gis_project.territory.queries.named_municipality import named_municipality


class Command(BaseCommand):
    help = "Exporta la emisión de un año a CSV y XLSX; repetida, da los mismos bytes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument(
            "--folder", type=Path, help="carpeta de destino (por omisión, var/exports)"
        )
        parser.add_argument(
            "--with-documents", action="store_true", help="cédulas y RUC completos, no enmascarados"
        )
        parser.add_argument("--by", help="cédula, teléfono o correo de quien exporta")

    def handle(self, **options: Any) -> None:
        try:
            made = export_tax_roll(
                municipality=named_municipality(options["municipality"], console=True),
                year=options["year"],
                folder=options["folder"] or settings.VAR / "exports",
                by=actor_of(options["by"]),
                with_documents=options["with_documents"],
            )
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        self.stdout.write(f"{made.titles} títulos, {format_usd(made.total)} USD.")
        if set(made.kinds) != {"URBAN", "RURAL"}:
            self.stdout.write("Falta emitir la otra clase (urbana o rural) de este año.")
        for path in (made.csv, made.xlsx, made.manifest):
            self.stdout.write(f"  {path}")
