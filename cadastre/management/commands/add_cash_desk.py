"""`add_cash_desk --code C01 --name "Ventanilla 1"`: a desk with receipts of its own; `--bank` for a bank."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.models import CashDesk
from cadastre.operations.collection.cash_sessions import add_cash_desk


class Command(BaseCommand):
    help = "Crea una caja o registra una entidad recaudadora. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--code", required=True, help="hasta 6 letras o cifras: C01, PICH")
        parser.add_argument("--name", required=True)
        parser.add_argument("--bank", action="store_true", help="una entidad recaudadora")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals(), transaction.atomic():
            desk = add_cash_desk(
                municipality=town_of(options["municipality"]),
                code=options["code"],
                name=options["name"],
                kind=CashDesk.Kind.BANK if options["bank"] else CashDesk.Kind.WINDOW,
                by=actor_of(options["by"], is_committed=options["commit"]),
            )
            transaction.set_rollback(not options["commit"])
        told = "" if options["commit"] else " Ensayo: no se guardó nada."
        self.stdout.write(f"Caja {desk.code}, {desk.name} ({desk.get_kind_display()}).{told}")
