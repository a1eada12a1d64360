"""Where a payment goes: the oldest title first, and in each interest, then tax, then surcharge and fines (Art. 47).

A title whose whole amount the payment reaches is settled with its discount and remissions; one that it does not reach
takes what is left as a part payment, without discount.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cadastre.taxation.debt_due import DebtDue
from cadastre.taxation.debt_parts import IMPUTATION_ORDER, DebtPart
from gis_project.core.money import ZERO


@dataclass(frozen=True, slots=True)
class Settlement:
    """What one title takes of a payment, by part; a title that is not settled whole has no relief."""

    due: DebtDue
    paid: Mapping[DebtPart, Decimal]
    is_whole: bool

    @property
    def amount(self) -> Decimal:
        """The money that the title takes."""
        return sum(self.paid.values(), ZERO)


@dataclass(frozen=True, slots=True)
class Imputation:
    """The titles that a payment touches, oldest first, and what is left over."""

    settlements: tuple[Settlement, ...]
    left: Decimal


def impute(dues: Sequence[DebtDue], amount: Decimal) -> Imputation:
    """``amount`` (USD) laid on the titles; titles that owe nothing are passed by."""
    left, found = amount, []
    for due in sorted(dues, key=lambda one: (one.debt.year, one.debt.number)):
        if left <= 0:
            break
        if due.gross <= 0:
            continue
        settlement = _whole(due) if left >= due.total else _in_part(due, left)
        left -= settlement.amount
        found.append(settlement)
    return Imputation(tuple(found), left)


def _whole(due: DebtDue) -> Settlement:
    paid = dict(due.unpaid)
    for relief in due.reliefs:
        paid[relief.part] += relief.line.amount
    return Settlement(due, {part: paid[part] for part in paid if paid[part]}, is_whole=True)


def _in_part(due: DebtDue, amount: Decimal) -> Settlement:
    left, paid = amount, {}
    for part in IMPUTATION_ORDER:
        taken = min(left, due.unpaid.get(part, ZERO))
        if taken > 0:
            paid[part] = taken
            left -= taken
    return Settlement(due, paid, is_whole=False)
