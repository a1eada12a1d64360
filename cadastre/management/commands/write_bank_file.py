"""`write_bank_file --municipality M --layout L --out FILE`: what is owed tonight, for a collecting bank."""

from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.collection.bank_layout import bank_layout
from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.collection.bank_files import write_bank_file
from gis_project.core.money import format_usd
from gis_project.territory.clock import today_in
from gis_project.territory.scope import within


class Command(BaseCommand):
    help = (
        "Escribe el archivo de lo que se debe en un día, sin nombres, para una entidad recaudadora."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--layout", default="separated", help="separated, fixed o un TOML")
        parser.add_argument("--on", type=date.fromisoformat, help="AAAA-MM-DD; por defecto, hoy")
        parser.add_argument("--out", required=True, help="archivo que se escribe")
        parser.add_argument("--by", help=BY)

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            town = town_of(options["municipality"])
            path = Path(options["out"])
            with within(town):
                made = write_bank_file(
                    municipality=town,
                    layout=bank_layout(options["layout"]),
                    on=options["on"] or today_in(town),
                    path=path,
                    by=actor_of(options["by"]),
                )
        self.stdout.write(
            f"{path}: {made.titles} títulos, {format_usd(made.total)} USD. SHA-256 {made.sha256}"
        )
        for number, reason in made.left_out:
            self.stdout.write(f"  sin monto: {number}: {reason}")
