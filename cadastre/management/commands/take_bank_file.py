"""`take_bank_file FILE --municipality M --desk CODE`: what the bank collected, line by line; `--commit` takes it."""

from argparse import ArgumentParser
from collections import Counter
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.db.models import Sum

from cadastre.collection.bank_layout import bank_layout
from cadastre.imports.findings_files import write_sheet
from cadastre.management.import_options import BY, actor_of, refusals, report_folder, town_of
from cadastre.models import CashDesk, Payment
from cadastre.operations.collection.bank_files import JudgedLine, take_bank_file
from cadastre.queries.receipts import receipt_number
from gis_project.core.money import ZERO, format_usd
from gis_project.territory.scope import within

_TOLD = {"PAID": "cobradas", "REPEATED": "repetidas", "REJECTED": "rechazadas"}
_HEAD = ["linea", "resultado", "motivo", "referencia", "titulo", "fecha", "valor", "comprobante"]


class Command(BaseCommand):
    help = "Recibe lo que cobró una entidad recaudadora y lo concilia con el libro. Sin --commit, ensaya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", help="archivo de la entidad")
        parser.add_argument("--municipality", required=True, help="nombre en la web o código DPA")
        parser.add_argument("--desk", required=True, help="código de la entidad recaudadora")
        parser.add_argument("--layout", default="separated", help="separated, fixed o un TOML")
        parser.add_argument("--report", help="carpeta del informe; por defecto, una en var/reports")
        parser.add_argument("--by", help=BY)
        parser.add_argument("--commit", action="store_true", help="cobra; sin esto es un ensayo")

    def handle(self, *_: Any, **options: Any) -> None:
        path = Path(options["file"])
        with refusals():
            town = town_of(options["municipality"])
            by = actor_of(options["by"], is_committed=options["commit"])
            layout = bank_layout(options["layout"])
            with within(town):
                desk = CashDesk.objects.filter(
                    municipality=town, code=options["desk"].upper()
                ).first()
                if desk is None:
                    raise CommandError(
                        f"No hay una entidad {options['desk']}: use add_cash_desk --bank."
                    )
                if options["commit"]:
                    lines = take_bank_file(
                        desk=desk, layout=layout, content=path.read_bytes(), by=by
                    )
                else:
                    with transaction.atomic():
                        lines = take_bank_file(
                            desk=desk, layout=layout, content=path.read_bytes(), by=by
                        )
                        transaction.set_rollback(True)
                booked = _booked(desk, {one.line.paid_on for one in lines if one.line.paid_on})
        folder = report_folder(options["report"], path.name, is_committed=options["commit"])
        folder.mkdir(parents=True, exist_ok=True)
        sheet = folder / "conciliacion.csv"
        write_sheet(sheet, _HEAD, [_row(one) for one in lines])
        self._tell(lines, booked, committed=options["commit"])
        self.stdout.write(f"Informe en {sheet}")

    def _tell(
        self, lines: Sequence[JudgedLine], booked: dict[date, Decimal], *, committed: bool
    ) -> None:
        counts = Counter(one.outcome for one in lines)
        for outcome, told in _TOLD.items():
            total = sum((one.line.amount for one in lines if one.outcome == outcome), ZERO)
            self.stdout.write(f"  {told:<11} {counts[outcome]:>7} {format_usd(total):>15}")
        for one in lines:
            if one.outcome == "REJECTED":
                self.stdout.write(f"  línea {one.line.position}: {one.reason}")
        if committed:
            for day, amount in sorted(booked.items()):
                told_there = sum(
                    (
                        one.line.amount
                        for one in {line.line.reference: line for line in lines}.values()
                        if one.line.paid_on == day and one.outcome != "REJECTED"
                    ),
                    ZERO,
                )
                same = (
                    "coincide"
                    if told_there == amount
                    else "NO coincide: mire los otros archivos del día"
                )
                self.stdout.write(
                    f"  {day:%d/%m/%Y}: archivo {format_usd(told_there)}, libro {format_usd(amount)}: {same}"
                )
        else:
            self.stdout.write("Ensayo: no se cobró nada. Repita con --commit y --by.")


def _booked(desk: CashDesk, days: set[date]) -> dict[date, Decimal]:
    rows = Payment.objects.filter(desk=desk, paid_on__in=days).values_list("paid_on")
    return dict(rows.annotate(total=Sum("amount")))


def _row(one: JudgedLine) -> list[Any]:
    line = one.line
    return [
        line.position,
        _TOLD[one.outcome],
        one.reason,
        line.reference,
        line.title,
        line.paid_on,
        line.amount,
        receipt_number(one.receipt) if one.receipt else "",
    ]
