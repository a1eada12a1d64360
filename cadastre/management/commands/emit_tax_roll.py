"""emit_tax_roll: a dry run prints what would be emitted; --commit emits, once."""

from argparse import ArgumentParser
from collections import Counter
from decimal import Decimal
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from cadastre.management.import_options import BY, actor_of
from cadastre.management.progress_bar import ProgressBar
from cadastre.operations.emit_tax_roll import (
    EmissionResult,
    alone_in,
    emit_tax_roll,
    one_snapshot,
)
from cadastre.taxation.concepts import CONCEPT_NAMES, DOUBT_NAMES, MISSING_NAMES
from cadastre.valuation.facts import UnitKind
from gis_project.core.errors import DomainError
from gis_project.core.money import format_usd
from gis_project.territory.queries.named_municipality import named_municipality


class Command(BaseCommand):
    help = "Emite los títulos de crédito de un año (ensayo, salvo con --commit)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--municipality", required=True, help="nombre corto o código DPA")
        parser.add_argument("--year", required=True, type=int)
        parser.add_argument("--kind", choices=["urban", "rural"], help="por omisión, las dos")
        parser.add_argument(
            "--supplement",
            action="store_true",
            help="emisión complementaria: los predios que aún no tienen título de ese año",
        )
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="escribe; sin esto es un ensayo")

    def handle(self, **options: Any) -> None:
        kinds = [UnitKind(options["kind"].upper())] if options["kind"] else list(UnitKind)
        try:
            by = actor_of(options["by"], is_committed=options["commit"])
            municipality = named_municipality(options["municipality"], console=True)
            with ProgressBar(self.stderr) as phase, alone_in(municipality), one_snapshot():
                for kind in kinds:
                    result = emit_tax_roll(
                        municipality=municipality,
                        year=options["year"],
                        kind=kind,
                        by=by,
                        phase=phase,
                        is_supplement=options["supplement"],
                    )
                    self._report(result, committed=options["commit"])
                transaction.set_rollback(not options["commit"])
        except DomainError as refusal:
            raise CommandError(refusal.message) from refusal
        if not options["commit"]:
            self.stdout.write("Ensayo: no se escribió nada. Repita con --commit para emitir.")

    def _report(self, result: EmissionResult, *, committed: bool) -> None:
        roll = result.roll
        verb = "ya existía"
        if result.is_new:
            verb = "emitida" if committed else "se emitiría"
        name = f"{roll.get_kind_display()} {roll.year}"
        if roll.supplement:
            name += f", complementaria {roll.supplement}"
        self.stdout.write(
            f"Emisión {name}: {verb}. {roll.titles_count} títulos, "
            f"{format_usd(roll.total)} USD, {roll.exceptions_count} predios sin título."
        )
        for concept, amount in sorted(roll.control_totals["by_concept"].items()):
            name = CONCEPT_NAMES.get(concept, concept)
            self.stdout.write(f"  {name:<44} {format_usd(Decimal(amount)):>14}")
        reasons = Counter(roll.exceptions.values_list("code", flat=True))
        for code, count in sorted(reasons.items()):
            name = MISSING_NAMES.get(code, code)
            self.stdout.write(f"  sin título: {name:<32} {count:>14}")
        doubts = Counter(roll.doubts.values_list("code", flat=True))
        for code, count in sorted(doubts.items()):
            self.stdout.write(f"  duda: {DOUBT_NAMES.get(code, code)} {count:>8}")
        if result.is_new and roll.needs_approval and committed:
            self.stdout.write(
                "  Sus títulos se deben cuando la Dirección Financiera la apruebe (approve_tax_roll) y "
                "Tesorería la reciba (receive_tax_roll)."
            )
