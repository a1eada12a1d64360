"""grant_exemption KEY: an exemption, deduction or circumstance that a resolution grants to a predio, or its end."""

from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.models import PropertyUnit, TaxGrant
from cadastre.operations.grant_exemption import GrantUnfounded, end_grant, grant_exemption
from cadastre.queries.properties import find_property
from gis_project.territory.policy import Actor


class Command(BaseCommand):
    help = "Registra una exoneración concedida a un predio por resolución, o su fin."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("key", help="clave o número del predio")
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--code", required=True, help="el de la ley, la ordenanza o el solar")
        parser.add_argument("--from-year", type=int, help="primer año que vale")
        parser.add_argument("--until-year", type=int, help="último año que vale")
        parser.add_argument("--part", type=Decimal, help="fracción, de 0 a 1")
        parser.add_argument("--amount", type=Decimal, help="dólares")
        parser.add_argument("--act", required=True, help="resolución")
        parser.add_argument("--decided-on", type=date.fromisoformat, required=True)
        parser.add_argument("--end-year", type=int, help="termina en este año la que ya consta")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            unit = find_property(municipality=town, text=options["key"])
            grant = (_ended if options["end_year"] else _granted)(unit, by, options)
            transaction.set_rollback(not options["commit"])
        until = f" hasta {grant.until_year}" if grant.until_year else ""
        self.stdout.write(f"{grant.code} desde {grant.from_year}{until}: {grant.act}.")
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió nada. Repita con --commit.")


def _granted(unit: PropertyUnit, by: Actor, options: dict[str, Any]) -> TaxGrant:
    if options["from_year"] is None:
        raise GrantUnfounded("Diga con --from-year desde qué año vale.")
    return grant_exemption(
        unit=unit,
        code=options["code"],
        from_year=options["from_year"],
        until_year=options["until_year"],
        part=options["part"],
        amount=options["amount"],
        act=options["act"],
        decided_on=options["decided_on"],
        by=by,
    )


def _ended(unit: PropertyUnit, by: Actor, options: dict[str, Any]) -> TaxGrant:
    known = TaxGrant.objects.known().filter(unit=unit, code=options["code"])
    grant = known.order_by("-from_year").first()
    if grant is None:
        raise GrantUnfounded(f"Al predio no le consta «{options['code']}».")
    return end_grant(
        grant,
        last_year=options["end_year"],
        act=options["act"],
        decided_on=options["decided_on"],
        by=by,
    )
