"""Discount for paying the property tax early in its year (COOTAD Art. 512).

On the property tax alone: the fire levy and the fees are never discounted.
"""

from datetime import date
from decimal import Decimal

from cadastre.taxation.national_law import NationalLaw
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "EARLY_PAYMENT_DISCOUNT"
_HUNDRED = Decimal(100)


def early_payment_discount(*, tax: Decimal, paid_on: date, law: NationalLaw) -> Line | None:
    """The discount's (negative) line on ``paid_on``, a civil date of the tax year; or ``None``."""
    for window in law.discounts:
        if window.holds(paid_on):
            rate = -window.percent
            return Line(
                CONCEPT,
                f"Descuento por pronto pago {window.percent} %",
                tax,
                rate,
                RateUnit.PERCENT,
                to_cents(tax * rate / _HUNDRED),
                law.discounts_citation,
                f"pago el {paid_on:%d/%m/%Y}",
            )
    return None
