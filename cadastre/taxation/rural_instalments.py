"""The rural tax in two instalments, 1 March and 1 September (COOTAD Art. 523), a discount on each paid early.

Where the ordinance says that rural titles follow Art. 512, this does not apply.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cadastre.taxation.national_law import check_year, law_parameter
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "RURAL_INSTALMENT_DISCOUNT"
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Instalment:
    """One of the two: what it is, until when it is due, and through which day it has its discount."""

    number: int
    amount: Decimal
    due_on: date
    discount_through: date
    percent: Decimal
    citation: str

    def discount(self, paid_on: date) -> Line | None:
        """The (negative) discount's line on ``paid_on``, or None from the day after the last."""
        if paid_on > self.discount_through:
            return None
        return Line(
            CONCEPT,
            f"Descuento del dividendo {self.number}",
            self.amount,
            -self.percent,
            RateUnit.PERCENT,
            to_cents(-self.amount * self.percent / _HUNDRED),
            self.citation,
            f"pago el {paid_on:%d/%m/%Y}",
        )


def rural_instalments(*, tax: Decimal, year: int) -> tuple[Instalment, ...]:
    """The instalments of the ``tax`` of ``year``; they sum to it, an odd cent on the first."""
    check_year(year, law_year=year)
    parameter = law_parameter("rural_instalments")
    value = parameter.on(date(year, 1, 1))
    dues = [tuple(map(int, text.split("-"))) for text in value.words("due")]
    percent = value.number("discount_percent")
    before = timedelta(days=int(value.number("discount_days_before")))
    left, found = tax, []
    for number, (month, day) in enumerate(dues, start=1):
        amount = to_cents(left / (len(dues) - number + 1))
        left -= amount
        due = date(year, month, day)
        found.append(Instalment(number, amount, due, due - before, percent, parameter.citation))
    return tuple(found)
