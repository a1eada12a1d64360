"""`declare_holiday DATE --municipality M --name … --source …`: a local day of rest; `--withdraw` takes it back."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.declare_holiday import declare_holiday, withdraw_holiday
from gis_project.territory.queries.days_off import holidays_of


class Command(BaseCommand):
    help = "Declara o retira un feriado local y alarga los plazos de trámites que pasan por él. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("day", type=date.fromisoformat, help="AAAA-MM-DD")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--name", default="", help="qué se conmemora")
        parser.add_argument("--source", default="", help="resolución u ordenanza que lo dispone")
        parser.add_argument("--withdraw", action="store_true", help="retira el feriado de ese día")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        with refusals():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            with transaction.atomic():
                if options["withdraw"]:
                    withdraw_holiday(options["day"], municipality=town, by=by)
                else:
                    declare_holiday(
                        options["day"],
                        municipality=town,
                        name=options["name"],
                        source=options["source"],
                        by=by,
                    )
                listed = [
                    f"  {one.day:%d/%m/%Y}  {one.name} ({one.source})" for one in holidays_of(town)
                ]
                transaction.set_rollback(not options["commit"])
        self.stdout.write(f"Feriados locales de {town.name}:")
        self.stdout.write("\n".join(listed) or "  ninguno")
        if not options["commit"]:
            self.stdout.write("Ensayo: nada quedó guardado; repita con --commit.")
