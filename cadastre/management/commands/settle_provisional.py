"""`settle_provisional --municipality M --year Y`: what was paid before the emission, laid on its titles."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.collection.take_provisional import settle_provisional
from gis_project.territory.scope import within


class Command(BaseCommand):
    help = "Liquida los recibos provisionales con los títulos ya emitidos. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="guarda; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            with within(town):
                entries = settle_provisional(town, year=options["year"], by=by)
            transaction.set_rollback(not options["commit"])
        for entry in entries:
            self.stdout.write(entry.reason)
        told = "" if options["commit"] else " Ensayo: no se guardó nada."
        self.stdout.write(f"{len(entries)} recibos provisionales liquidados.{told}")
