"""receive_tax_roll: Tesorería receives an approved emission; its titles are owed from then on."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import refusals
from cadastre.management.roll_options import add_roll_options, take_step
from cadastre.operations.advance_tax_roll import receive_tax_roll


class Command(BaseCommand):
    help = "Recibe en Tesorería la emisión aprobada (ensayo, salvo con --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_roll_options(parser)

    def handle(self, **options: Any) -> None:
        with refusals():
            for line in take_step(receive_tax_roll, options):
                self.stdout.write(line)
