"""Surcharge on property tax paid in the second half of its year (COOTAD Art. 512).

From 1 July, that day included: a comparison with "after July" has forgiven it elsewhere.
"""

from datetime import date
from decimal import Decimal

from cadastre.taxation.national_law import NationalLaw
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "LATE_PAYMENT_SURCHARGE"
_HUNDRED = Decimal(100)


def surcharge_percent(day: date, *, law: NationalLaw) -> Decimal:
    """The surcharge in per cent of the tax on ``day`` of the tax year; zero where there is none."""
    return next((window.percent for window in law.surcharges if window.holds(day)), Decimal(0))


def late_payment_surcharge(*, tax: Decimal, paid_on: date, law: NationalLaw) -> Line | None:
    """The surcharge's line on ``paid_on``, a civil date of the tax year; or ``None``."""
    for window in law.surcharges:
        if window.holds(paid_on):
            return Line(
                CONCEPT,
                f"Recargo {window.percent} %",
                tax,
                window.percent,
                RateUnit.PERCENT,
                to_cents(tax * window.percent / _HUNDRED),
                law.surcharges_citation,
                f"pago el {paid_on:%d/%m/%Y}",
            )
    return None
