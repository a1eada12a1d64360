"""close_cadastre: Avalúos closes a year's cadastre, so that Rentas may emit the next year's titles."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.close_cadastre import close_cadastre


class Command(BaseCommand):
    help = "Cierra el catastro de un año para su emisión (ensayo, salvo con --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--year", required=True, type=int, help="el año que se cierra")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            closing = close_cadastre(municipality=town, year=options["year"], by=by)
            transaction.set_rollback(not options["commit"])
        self.stdout.write(
            f"Catastro de {closing.year} cerrado al 31 de diciembre. Rentas puede emitir {closing.year + 1}."
            if options["commit"]
            else "Ensayo: no se escribió nada. Repita con --commit para cerrar."
        )
