"""record_holder_fact DOCUMENT: what a holder proved of himself for his tax. Its answer repeats no amount."""

from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.models import HolderFact
from cadastre.operations.erase_person import person_of
from cadastre.operations.record_holder_fact import record_holder_fact
from cadastre.queries.properties import find_property


class Command(BaseCommand):
    help = "Registra ingreso, patrimonio, discapacidad o hipoteca que un titular probó."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", help="cédula o RUC del titular")
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--kind", required=True, choices=HolderFact.Kind.values)
        parser.add_argument("--amount", required=True, type=Decimal, help="dólares, o por ciento")
        parser.add_argument("--unit", help="clave del predio (discapacidad, hipoteca)")
        parser.add_argument("--proof", required=True, help="documento que lo prueba")
        parser.add_argument("--requested-on", type=date.fromisoformat, required=True)
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            fact = record_holder_fact(
                party=person_of(options["document"], municipality=town),
                kind=HolderFact.Kind(options["kind"]),
                amount=options["amount"],
                document=options["proof"],
                requested_on=options["requested_on"],
                unit=find_property(municipality=town, text=options["unit"])
                if options["unit"]
                else None,
                by=actor_of(options["by"], is_committed=options["commit"]),
            )
            transaction.set_rollback(not options["commit"])
        self.stdout.write(f"Registrado: {fact.get_kind_display()}.")
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió nada. Repita con --commit.")
