"""load_paper_rules FILE.toml: what each paper costs and who signs it, from the ordinance; --commit writes it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from gis_project.core.errors import DomainError
from gis_project.territory.models import PaperKind
from gis_project.territory.operations.load_paper_rules import load_paper_rules, read_paper_rules
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.named_municipality import named_municipality


class Command(BaseCommand):
    help = "Carga tasas y firmas de los documentos de un municipio (ensayo, salvo con --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="TOML; hay un ejemplo en fixtures/papers/sample.toml")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        try:
            rules = read_paper_rules(Path(options["file"]))
            town = named_municipality(options["municipality"])
            with transaction.atomic():
                load_paper_rules(rules, municipality=town, by=CONSOLE)
                transaction.set_rollback(not options["commit"])
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        for rule in rules.rules:
            self.stdout.write(
                f"{PaperKind(rule.kind).label}: $ {rule.fee}, {rule.validity_days} días, "
                f"firman {', '.join(rule.roles)}"
            )
        self.stdout.write(
            f"Rige desde {rules.since}."
            if options["commit"]
            else "Ensayo: no se escribió nada. Repita con --commit."
        )
