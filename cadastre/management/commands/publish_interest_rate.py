"""`publish_interest_rate --from AAAA-MM --percent P --source S`: enters the SRI's rate; `--confirm` by another."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.models import InterestRate
from cadastre.operations.collection.publish_rates import confirm_rate, enter_rate
from gis_project.core.money import parse_decimal


class Command(BaseCommand):
    help = "Registra la tasa mensual de mora que publicó el SRI; otra persona la confirma. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--from", dest="first", required=True, help="primer mes, AAAA-MM")
        parser.add_argument("--months", type=int, default=3, help="cuántos meses; un trimestre")
        parser.add_argument("--percent", help="por ciento de un mes, p. ej. 1,143")
        parser.add_argument("--source", default="", help="resolución o página, y su fecha")
        parser.add_argument(
            "--confirm", action="store_true", help="confirma la que otra persona registró"
        )
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            first = date.fromisoformat(f"{options['first']}-01")
            if options["confirm"]:
                rate = _waiting(town.pk, first)
                confirm_rate(rate, by=by)
            else:
                if not options["percent"]:
                    raise CommandError("Diga la tasa: --percent 1,143.")
                rate = enter_rate(
                    municipality=town,
                    first_month=first,
                    months=options["months"],
                    percent=parse_decimal(options["percent"], decimal_sign=","),
                    source=options["source"],
                    by=by,
                )
            transaction.set_rollback(not options["commit"])
        state = (
            "confirmada" if options["confirm"] else "registrada; falta que otra persona la confirme"
        )
        told = "" if options["commit"] else " Ensayo: no se guardó nada."
        self.stdout.write(
            f"Tasa de {rate.percent} % mensual, {rate.months} meses desde {first:%m/%Y}: {state}.{told}"
        )


def _waiting(town: int, first: date) -> InterestRate:
    rate = InterestRate.objects.filter(
        municipality_id=town, first_month=first, confirmed_at__isnull=True
    ).last()
    if rate is None:
        raise CommandError(f"No hay una tasa por confirmar desde {first:%m/%Y}.")
    return rate
