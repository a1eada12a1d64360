"""What settles one title on a date, whatever its year and whatever was paid of it before.

In the title's year: the discount of the day (Art. 512; rural instalments, Art. 523), given to the payment that
settles the title whole, or the surcharge of the second half. From the next year: that surcharge stays, and interest
runs on the unpaid principal by month or part of one (Código Tributario Art. 21). `worked_through` is the last day
through which surcharge and interest were already charged, so that nothing is charged twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from cadastre.taxation.amount_due import NotYetPayable, last_day_at_this_amount
from cadastre.taxation.debt_parts import PRINCIPAL, DebtPart
from cadastre.taxation.discounts import early_payment_discount
from cadastre.taxation.interest import (
    MonthlyRate,
    accrues_from,
    interest,
    monthly_rate,
    months_of_delay,
)
from cadastre.taxation.national_law import NationalLaw, national_law
from cadastre.taxation.remission import Relief, Remission, last_day_of_remission, remission
from cadastre.taxation.rural_instalments import rural_instalments
from cadastre.taxation.surcharges import late_payment_surcharge, surcharge_percent
from cadastre.valuation.facts import UnitKind
from gis_project.core.assessment import Line
from gis_project.core.money import ZERO, to_cents

_HUNDRED = Decimal(100)
RateOf = Callable[[date], MonthlyRate]


@dataclass(frozen=True, slots=True, kw_only=True)
class Debt:
    """One title as the books have it, USD. ``issued_tax`` is the property tax before any payment; ``ref`` its id.

    ``is_taken_over``: a former system's title, whose surcharges came with it and are not worked out again.
    """

    ref: str
    number: str
    year: int
    kind: UnitKind
    unpaid: Mapping[DebtPart, Decimal]
    issued_tax: Decimal
    rural_follows_art_512: bool = False
    worked_through: date | None = None
    is_taken_over: bool = False

    @property
    def principal(self) -> Decimal:
        """What interest runs on."""
        return sum((self.unpaid.get(part, ZERO) for part in PRINCIPAL), ZERO)


@dataclass(frozen=True, slots=True)
class DebtDue:
    """What settles ``debt`` on ``on``: ``unpaid`` with the new surcharge and interest in it, less ``reliefs``.

    The reliefs (discount, remission) are negative and hold only if the title is settled whole.
    ``valid_through`` is the last day, inclusive, at this amount.
    """

    debt: Debt
    on: date
    unpaid: Mapping[DebtPart, Decimal]
    reliefs: tuple[Relief, ...]
    surcharge: Line | None
    interest: Line | None
    valid_through: date

    @property
    def gross(self) -> Decimal:
        """Without the reliefs."""
        return sum(self.unpaid.values(), ZERO)

    @property
    def relief(self) -> Decimal:
        """The sum of the reliefs, zero or negative."""
        return sum((relief.line.amount for relief in self.reliefs), ZERO)

    @property
    def total(self) -> Decimal:
        """What settles it."""
        return self.gross + self.relief

    @property
    def new_lines(self) -> tuple[Line, ...]:
        """What this date adds or takes off, explained."""
        found = (self.surcharge, self.interest, *(relief.line for relief in self.reliefs))
        return tuple(line for line in found if line is not None)


def debt_due(
    debt: Debt,
    *,
    on: date,
    rate_of: RateOf = monthly_rate,
    law_of: Callable[[int], NationalLaw] = national_law,
    campaigns: Sequence[Remission] = (),
) -> DebtDue:
    """What is due on ``on``, a civil date of the municipality.

    Raises ``NotYetPayable`` before the title's year, ``LawNotInForce`` where a month's rate or the law of its year
    is not known.
    """
    if on.year < debt.year:
        raise NotYetPayable(
            f"El impuesto de {debt.year} se recauda desde el 1 de enero de {debt.year}."
        )
    follows = debt.kind is UnitKind.URBAN or debt.rural_follows_art_512
    law = law_of(debt.year) if follows and not debt.is_taken_over else None
    surcharge = _new_surcharge(debt, on, law) if law else None
    accrued = _new_interest(debt, on, rate_of)
    unpaid = {part: amount for part, amount in debt.unpaid.items() if amount}
    for part, line in ((DebtPart.SURCHARGE, surcharge), (DebtPart.INTEREST, accrued)):
        if line is not None:
            unpaid[part] = unpaid.get(part, ZERO) + line.amount
    discounts: tuple[Line, ...] = ()
    if not debt.is_taken_over and on.year == debt.year:
        discounts = _discounts(debt, on, law)
    reliefs = (
        *(Relief(DebtPart.TAX, line) for line in discounts),
        *remission(unpaid=unpaid, year=debt.year, on=on, campaigns=campaigns),
    )
    through = _valid_through(debt, on, law)
    remitted_through = last_day_of_remission(year=debt.year, on=on, campaigns=campaigns)
    if remitted_through is not None:
        through = min(through, remitted_through)
    return DebtDue(debt, on, unpaid, reliefs, surcharge, accrued, through)


def _new_surcharge(debt: Debt, on: date, law: NationalLaw) -> Line | None:
    tax, year_end = debt.unpaid.get(DebtPart.TAX, ZERO), date(debt.year, 12, 31)
    day = min(on, year_end)
    line = late_payment_surcharge(tax=tax, paid_on=day, law=law) if tax else None
    if line is None or debt.worked_through is None:
        return line
    charged = surcharge_percent(min(debt.worked_through, year_end), law=law)
    left = line.rate - charged
    if left <= 0:
        return None
    return line._replace(rate=left, amount=to_cents(tax * left / _HUNDRED))


def _new_interest(debt: Debt, on: date, rate_of: RateOf) -> Line | None:
    if not debt.principal or on.year <= debt.year:
        return None
    months = [
        month
        for month in months_of_delay(accrues_from(debt.year), on)
        if debt.worked_through is None or month > debt.worked_through
    ]
    if not months:
        return None
    return interest(amount=debt.principal, start=months[0], paid_on=on, rate_of=rate_of)


def _discounts(debt: Debt, on: date, law: NationalLaw | None) -> tuple[Line, ...]:
    tax = debt.unpaid.get(DebtPart.TAX, ZERO)
    if not tax:
        return ()
    if law is not None:
        line = early_payment_discount(tax=tax, paid_on=on, law=law)
        return () if line is None else (line,)
    left_of_paid, found = debt.issued_tax - tax, []
    for instalment in rural_instalments(tax=debt.issued_tax, year=debt.year):
        covered = min(left_of_paid, instalment.amount)
        left_of_paid -= covered
        open_part = replace(instalment, amount=instalment.amount - covered)
        line = open_part.discount(on) if open_part.amount else None
        if line is not None:
            found.append(line)
    return tuple(found)


def _valid_through(debt: Debt, on: date, law: NationalLaw | None) -> date:
    if on.year > debt.year:
        *_, begun = months_of_delay(accrues_from(debt.year), on)
        return _month_after(begun) - timedelta(days=1)
    if law is not None:
        return last_day_at_this_amount(on, law)
    if debt.is_taken_over:
        return date(on.year, 12, 31)
    ends = (one.discount_through for one in rural_instalments(tax=debt.issued_tax, year=debt.year))
    return min((day for day in ends if day >= on), default=date(on.year, 12, 31))


def _month_after(begun: date) -> date:
    """The first day of the month of delay that follows; interest begins on a month's first day."""
    return date(begun.year + begun.month // 12, begun.month % 12 + 1, begun.day)
