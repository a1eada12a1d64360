"""`export_arrears --municipality M --purpose P`: who owes what and since when, as a CSV; names people."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.findings_files import write_sheet
from cadastre.management.import_options import BY, actor_of, refusals, report_folder, town_of
from cadastre.operations.collection.export_arrears import HEAD, export_arrears
from gis_project.core.money import format_usd
from gis_project.territory.clock import today_in
from gis_project.territory.scope import within


class Command(BaseCommand):
    help = "Lista quién debe qué y desde cuándo, con lo que suma hoy y cuándo prescribe. Nombra personas."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--purpose", required=True, help="para qué; queda registrado")
        parser.add_argument(
            "--through-year", type=int, help="títulos hasta ese año; por defecto, los vencidos"
        )
        parser.add_argument("--report", help="carpeta; por defecto, una nueva en var/reports")
        parser.add_argument("--by", help=BY)

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=True)  # it names people: somebody answers
            with within(town):
                found = export_arrears(
                    town,
                    through_year=options["through_year"] or today_in(town).year - 1,
                    purpose=options["purpose"],
                    by=by,
                )
            folder = report_folder(options["report"], f"cartera-{town.slug}", is_committed=True)
        path = folder / "cartera.csv"
        write_sheet(path, HEAD, found.rows)
        self.stdout.write(
            f"{path}: {len(found.rows)} títulos, saldo {format_usd(found.unpaid)} USD sin lo que añade el día."
        )
