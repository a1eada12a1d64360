"""approve_ordinance: another person than who loaded it approves a draft, by the hash of its content."""

from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.operations.approve_ordinance import approve_ordinance, draft_of


class Command(BaseCommand):
    help = "Aprueba el borrador de una ordenanza por la huella de su contenido."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--number", required=True, help="número de la ordenanza")
        parser.add_argument("--content-hash", required=True, help="huella, o sus primeros 8 signos")
        parser.add_argument("--approval", default="", help="acto del concejo que la aprobó")
        parser.add_argument(
            "--replaces-from",
            type=date.fromisoformat,
            help="AAAA-MM-DD: desde ese día deja de regir la ordenanza anterior",
        )
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        with refusals(), transaction.atomic():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            draft = draft_of(
                municipality=town, number=options["number"], content_hash=options["content_hash"]
            )
            replaced = approve_ordinance(
                draft,
                by=by,
                approval=options["approval"],
                replaces_from=options["replaces_from"],
            )
            transaction.set_rollback(not options["commit"])
        for line in replaced:
            self.stdout.write(line)
        self.stdout.write(
            f"Ordenanza {draft.number}: aprobada, rige desde {draft.valid.lower}. "
            f"Huella {draft.content_hash}."
        )
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió nada. Repita con --commit.")
