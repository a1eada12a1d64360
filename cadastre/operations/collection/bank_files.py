"""The night's exchange with a collecting bank: what is owed goes out, what was paid comes in, each line judged.

The amount is never the bank's: a line counts if it is exactly what settled the title on the day it was paid. The same
line again, in the same file or another, is told as repeated and pays nothing.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from uuid import UUID

from cadastre.collection.bank_layout import BankLayout, BankLine, read_lines, written
from cadastre.models import CashDesk, Payment
from cadastre.operations.collection.take_payment import (
    AmountChanged,
    KeyReused,
    NothingOwed,
    PaymentAsked,
    take_payment,
)
from cadastre.queries.collection_reports import unpaid_titles
from cadastre.queries.debts import debts_by_id, debts_numbered, title_due
from cadastre.queries.numbered_title import TitleNotFound
from cadastre.queries.published_rates import InterestRateMissing, rates_and_remissions
from cadastre.taxation.amount_due import NotYetPayable
from cadastre.taxation.debt_due import DebtDue
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, check_can

_OLDEST = timedelta(days=31)
_PAGE = 2_000


class NotABank(InvalidInput):
    """The desk is a window: a bank's file belongs to a collecting bank, added with `add_cash_desk --bank`."""

    code = "not_a_bank"


@dataclass(frozen=True, slots=True)
class BankFileOut:
    """What went out: titles and dollars, and the titles that no amount could be told of."""

    titles: int
    total: Decimal
    left_out: tuple[tuple[str, str], ...]
    sha256: str


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """A line of the bank's and what became of it: PAID, REPEATED or REJECTED with the reason."""

    line: BankLine
    outcome: str
    reason: str = ""
    receipt: Payment | None = None


def write_bank_file(
    *, municipality: Municipality, layout: BankLayout, on: date, path: Path, by: Actor
) -> BankFileOut:
    """Writes what settles each unpaid title on the day; the same books give the same bytes."""
    check_can(by, "supervise_collection", municipality=municipality, on=today_in(municipality))
    left_out: list[tuple[str, str]] = []
    totals: list[Decimal] = []
    digest = hashlib.sha256()

    def dues() -> Iterator[tuple[str, DebtDue]]:
        law = rates_and_remissions(municipality)
        for page in _pages([one.id for one in unpaid_titles(municipality)]):
            for title in debts_by_id(municipality, page):
                try:
                    due = title_due(title, on=on, law=law)
                except (InterestRateMissing, NotYetPayable) as refusal:
                    left_out.append((title.debt.number, refusal.message))
                    continue
                totals.append(due.total)
                yield title.key, due

    with path.open("wb") as file:
        for line in written(dues(), layout):
            told = line.encode(layout.encoding)
            digest.update(told)
            file.write(told)
    return BankFileOut(len(totals), sum(totals, ZERO), tuple(left_out), digest.hexdigest())


def take_bank_file(
    *, desk: CashDesk, layout: BankLayout, content: bytes, by: Actor
) -> list[JudgedLine]:
    """Each line judged, in the file's order; payments of good lines are taken at once, each by itself.

    Raises NotABank, InvalidInput for a file in another encoding.
    """
    if desk.kind != CashDesk.Kind.BANK:
        raise NotABank("La caja no es de una entidad recaudadora: use add_cash_desk --bank.")
    check_can(
        by, "supervise_collection", municipality=desk.municipality, on=today_in(desk.municipality)
    )
    try:
        text = content.decode(layout.encoding)
    except UnicodeDecodeError as error:
        raise InvalidInput(
            f"El archivo no está en {layout.encoding}, como dice el formato."
        ) from error
    return [take_bank_line(line, desk=desk, by=by) for line in read_lines(text, layout)]


def take_bank_line(line: BankLine, *, desk: CashDesk, by: Actor) -> JudgedLine:
    """The payment that one line tells of, taken once; or why not."""
    place, today = desk.municipality, today_in(desk.municipality)
    if line.flaw or line.paid_on is None:
        return JudgedLine(line, "REJECTED", line.flaw)
    if not today - _OLDEST <= line.paid_on <= today:
        return JudgedLine(line, "REJECTED", "La fecha de pago es futura, o de hace más de un mes.")
    try:
        (title,) = debts_numbered(place, [line.title])
    except TitleNotFound as unknown:
        return JudgedLine(line, "REJECTED", unknown.message)
    except ValueError:
        return JudgedLine(
            line, "REJECTED", "Hay más de un título con ese número: resuélvalo en ventanilla."
        )
    try:
        made = take_payment(
            PaymentAsked(
                titles=[title.id],
                expected=line.amount,
                means=Payment.Means.BANK,
                reference=line.reference,
                paid_on=line.paid_on,
            ),
            desk=desk,
            session=None,
            key=f"bank {desk.code} {line.reference}",
            by=by,
        )
    except (NothingOwed, AmountChanged, KeyReused, InterestRateMissing, NotYetPayable) as refusal:
        return JudgedLine(line, "REJECTED", refusal.message)
    return JudgedLine(line, "PAID" if made.is_new else "REPEATED", receipt=made.payment)


def _pages(ids: list[UUID]) -> Iterator[tuple[UUID, ...]]:
    for start in range(0, len(ids), _PAGE):
        yield tuple(ids[start : start + _PAGE])
