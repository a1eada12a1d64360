"""`issue_papers FILE --municipality M --kind APPRAISAL …`: the same paper on each predio of a list."""

from argparse import ArgumentParser
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from cadastre.management.import_options import BY, actor_of, refusals, town_of
from cadastre.management.progress_bar import ProgressBar
from cadastre.operations.deed.door import unit_named
from cadastre.operations.issue_certificate import ON_A_UNIT
from cadastre.operations.issue_papers import Issued, issue_papers
from gis_project.core.errors import NotFound
from gis_project.territory.operations.issue_paper import Payment


class Command(BaseCommand):
    help = "Emite el mismo documento para cada predio de una lista. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", type=Path, help="texto con una clave o número de predio por fila"
        )
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--kind", required=True, choices=[kind.value for kind in ON_A_UNIT])
        parser.add_argument("--receipt", default="", help="comprobante de pago de cada documento")
        parser.add_argument(
            "--amount", type=Decimal, default=Decimal("0.00"), help="USD de cada uno"
        )
        parser.add_argument(
            "--receipt-total",
            type=Decimal,
            help="USD de todo el comprobante, si pagó más documentos",
        )
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="emite; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        with refusals(), ProgressBar(self.stdout) as bar:
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            units, lost = [], []
            for name in options["file"].read_text(encoding="utf-8-sig").split("\n"):
                if not name.strip():
                    continue
                try:
                    units.append(str(unit_named(town, name.strip()).pk))
                except NotFound:
                    lost.append(name.strip())
            units = list(dict.fromkeys(units))
            bar("documentos", len(units))
            told: dict[str, Any] = {
                "municipality": town,
                "kind": options["kind"],
                "by": by,
                "payment": Payment(
                    receipt=options["receipt"],
                    amount=options["amount"],
                    total=options["receipt_total"],
                ),
                "since": timezone.now().replace(microsecond=0),
                "advance": lambda _done, _total: bar.advance(1),
            }
            if options["commit"]:
                issued = issue_papers(units, **told)
            else:
                with transaction.atomic():
                    issued = issue_papers(units, **told)
                    transaction.set_rollback(True)
        self._tell(issued, lost, is_committed=options["commit"])

    def _tell(self, issued: Issued, lost: list[str], *, is_committed: bool) -> None:
        for name in lost:
            self.stdout.write(f"  {name}: no consta en este municipio")
        for unit, why in issued.refused.items():
            self.stdout.write(f"  {unit}: {why}")
        verb = "Emitidos" if is_committed else "Ensayo: se emitirían"
        self.stdout.write(
            f"{verb} {issued.issued}; ya estaban {issued.already}; "
            f"sin documento {len(issued.refused) + len(lost)}."
        )
