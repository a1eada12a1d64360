"""approve_tax_roll: Dirección Financiera approves an emission, another person than who generated it."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import refusals
from cadastre.management.roll_options import add_roll_options, take_step
from cadastre.operations.advance_tax_roll import approve_tax_roll


class Command(BaseCommand):
    help = "Aprueba la emisión de un año (ensayo, salvo con --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_roll_options(parser)

    def handle(self, **options: Any) -> None:
        with refusals():
            for line in take_step(approve_tax_roll, options):
                self.stdout.write(line)
