"""Interest on what is paid after its year (Código Tributario Art. 21): by month or part of one, simple.

Each month of delay pays the rate of its own quarter; a part of a month is a month; there is no daily
count and no interest on interest. A bill that the administration made pays the assessed rate. A month
whose rate the law file does not hold is refused, never taken from the quarter before.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.taxation.national_law import law_parameter
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO, to_cents

CONCEPT = "INTEREST"
_HUNDRED = Decimal(100)


class NotOverdue(InvalidInput):
    """The date lies before the interest begins: no interest is due yet."""

    code = "not_overdue"


@dataclass(frozen=True, slots=True)
class MonthlyRate:
    """The rate of one month of delay, in per cent."""

    month: date
    percent: Decimal
    citation: str


def accrues_from(tax_year: int) -> date:
    """The first day on which interest on the title of ``tax_year`` runs."""
    value = law_parameter("interest_regimes").on(date(tax_year, 12, 31))
    month, day = value.text("accrues_from").split("-")
    return date(tax_year + int(value.number("accrues_after_years")), int(month), int(day))


def months_of_delay(start: date, paid_on: date) -> Iterator[date]:
    """The first days of the months begun from ``start`` through ``paid_on``, both included."""
    year, month = start.year, start.month
    while (begun := _day_of(year, month, start.day)) <= paid_on:
        yield begun
        year, month = (year + 1, 1) if month == 12 else (year, month + 1)


def monthly_rate(month: date, *, is_self_assessed: bool = False) -> MonthlyRate:
    """The rate of the month that begins on ``month``; raises ``LawNotInForce`` when it is not known."""
    parameter = law_parameter("interest_rates")
    value = parameter.on(month)
    name = "self_assessed" if is_self_assessed else "assessed"
    return MonthlyRate(month, value.number(name), parameter.citation_of(value))


def interest(
    *,
    amount: Decimal,
    start: date,
    paid_on: date,
    is_self_assessed: bool = False,
    rate_of: Callable[[date], MonthlyRate] | None = None,
) -> Line:
    """The interest on ``amount`` for the delay from ``start`` to ``paid_on``, one child per rate.

    ``rate_of`` tells the rate of a month where it is published outside the law's files.
    Raises ``NotOverdue``, ``LawNotInForce``.
    """
    months = list(months_of_delay(start, paid_on))
    if not months:
        raise NotOverdue(f"Todavía no hay mora: el interés corre desde el {start:%d/%m/%Y}.")
    spans: list[list[MonthlyRate]] = []
    for month in months:
        rate = (
            rate_of(month)
            if rate_of is not None
            else monthly_rate(month, is_self_assessed=is_self_assessed)
        )
        if spans and spans[-1][0].percent == rate.percent:
            spans[-1].append(rate)
        else:
            spans.append([rate])
    children = tuple(_span_line(amount, span) for span in spans)
    total = sum((line.amount for line in children), ZERO)
    return Line(
        CONCEPT,
        "Interés por mora",
        amount,
        sum((line.rate for line in children), Decimal(0)),
        RateUnit.PERCENT,
        total,
        children[0].citation,
        f"{len(months)} meses o fracción",
        children,
    )


def _span_line(amount: Decimal, span: list[MonthlyRate]) -> Line:
    rate = span[0].percent * len(span)
    return Line(
        "INTEREST_SPAN",
        f"{len(span)} meses al {span[0].percent} %",
        amount,
        rate,
        RateUnit.PERCENT,
        to_cents(amount * rate / _HUNDRED),
        span[0].citation,
        f"desde {span[0].month:%m/%Y} hasta {span[-1].month:%m/%Y}",
    )


def _day_of(year: int, month: int, day: int) -> date:
    """That day of the month, or the month's last when it has fewer."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1
