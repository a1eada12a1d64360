"""What a deed of the treasury writes into the ledger: postings that sum to zero, debits positive.

A posting that names a debt is of a receivable account and changes what is unpaid of it. What is collected for the
fire brigade moves at the same time from what is still to be collected to what must be handed over.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from cadastre.collection.chart import earned, receivable
from cadastre.taxation.debt_parts import DebtPart
from cadastre.taxation.imputation import Imputation, Settlement
from cadastre.taxation.remission import CONCEPT as REMISSION
from gis_project.core.errors import DomainError
from gis_project.core.money import ZERO

_RELIEF_ACCOUNT = {REMISSION: "REMISSION"}


class UnbalancedPostings(DomainError):
    """The postings of a deed do not sum to zero: nothing was written; report it."""

    code = "unbalanced_postings"


@dataclass(frozen=True, slots=True)
class Posting:
    """``amount`` in USD, a debit positive. ``debt`` is the ``ref`` of the title whose receivable it is."""

    account: str
    amount: Decimal
    debt: str = ""


def check_balance(postings: Sequence[Posting]) -> None:
    """Raise ``UnbalancedPostings`` unless there are two at least and they sum to zero."""
    if len(postings) < 2 or sum((one.amount for one in postings), ZERO) != 0:
        raise UnbalancedPostings("El asiento no cuadra: no se registró nada. Avise a soporte.")


def charge_postings(amounts: Mapping[DebtPart, Decimal], *, against: str = "") -> list[Posting]:
    """What is charged in all, by part: owed on one side, earned on the other.

    ``against`` takes the other side of all but the fire brigade's levy, which is handed over whoever billed it.
    """
    found = []
    for part, amount in amounts.items():
        other = earned(part) if part is DebtPart.FIRE_LEVY or not against else against
        if amount:
            found += [Posting(receivable(part), amount), Posting(other, -amount)]
    return list(_together(found))


def payment_postings(made: Imputation, *, into: str, leftover: str = "CREDIT") -> list[Posting]:
    """A payment into the account ``into``; what no title takes goes to ``leftover``."""
    found: list[Posting] = []
    for settlement in made.settlements:
        found += _settled(settlement)
    amount = sum((one.amount for one in made.settlements), ZERO) + made.left
    found += [Posting(into, amount), Posting(leftover, -made.left)]
    return [one for one in _together(found) if one.amount]


def _settled(settlement: Settlement) -> Iterator[Posting]:
    due, debt = settlement.due, settlement.due.debt.ref
    for part, line in ((DebtPart.SURCHARGE, due.surcharge), (DebtPart.INTEREST, due.interest)):
        if line is not None:
            yield Posting(receivable(part), line.amount, debt)
            yield Posting(earned(part), -line.amount)
    for relief in due.reliefs if settlement.is_whole else ():
        account = _RELIEF_ACCOUNT.get(relief.line.concept, "DISCOUNT")
        yield Posting(account, -relief.line.amount)
        yield Posting(receivable(relief.part), relief.line.amount, debt)
    for part, amount in settlement.paid.items():
        yield Posting(receivable(part), -amount, debt)
        if part is DebtPart.FIRE_LEVY:
            yield Posting("FIRE_UNCOLLECTED", amount)
            yield Posting("FIRE_PAYABLE", -amount)


def _together(postings: Iterable[Posting]) -> Iterator[Posting]:
    """One posting for each account, debt and side: what is charged and paid at once still names its debt."""
    sums: dict[tuple[str, str, bool], Decimal] = {}
    for one in postings:
        side = (one.account, one.debt, one.amount > 0)
        sums[side] = sums.get(side, ZERO) + one.amount
    for (account, debt, _), amount in sums.items():
        yield Posting(account, amount, debt)
