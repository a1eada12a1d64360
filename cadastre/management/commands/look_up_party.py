"""`look_up_party DOCUMENT --municipality M --purpose WHY`: what the registries outside say, as a draft."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.look_up_party import look_up_party


class Command(BaseCommand):
    help = "Consulta una cédula en el Registro Civil o un RUC en el SRI. No registra a nadie."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("document", help="cédula o RUC")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--purpose", default="", help="motivo de la consulta; queda registrado")
        parser.add_argument("--procedure", default="", help="número del trámite abierto")
        parser.add_argument("--ask-again", action="store_true", help="no usa la respuesta guardada")
        parser.add_argument("--by", help=BY)

    def handle(self, *_: Any, **options: Any) -> None:
        with refusals():
            found = look_up_party(
                document=options["document"],
                municipality=town_of(options["municipality"]),
                by=actor_of(options["by"], is_committed=False),
                purpose=options["purpose"],
                procedure=options["procedure"],
                ask_again=options["ask_again"],
            )
        for note in found.notes:
            self.stdout.write(note)
        self.stdout.write(json.dumps(found.draft, ensure_ascii=False, indent=2))
