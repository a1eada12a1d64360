"""compare_ordinances: what changes from one ordinance to another, in plain Spanish or JSON; writes nothing."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import refusals, town_of
from cadastre.queries.ordinance_changes import ordinance_changes
from cadastre.queries.ordinance_list import ordinance_named


class Command(BaseCommand):
    help = (
        "Dice qué cambia entre dos ordenanzas (o entre una y la que regía antes). No escribe nada."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("ordinance", help="número o identificador de la nueva")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument(
            "--from", dest="against", help="la anterior; por defecto, la que regía hasta entonces"
        )
        parser.add_argument("--json", action="store_true", help="los cambios en JSON")

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            town = town_of(options["municipality"])
            after = ordinance_named(town, options["ordinance"])
            told = options["against"]
            found = ordinance_changes(after, ordinance_named(town, told) if told else None)
        if options["json"]:
            self.stdout.write(json.dumps(found.as_dict(), ensure_ascii=False, indent=2))
        else:
            self.stdout.write(found.as_text(), ending="")
