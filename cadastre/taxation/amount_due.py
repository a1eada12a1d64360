"""What is owed for one title on a date of its year: tax, discount or surcharge, the rest.

A quote, so it says until when it holds. From 1 January of the next year interest is due, and this
function refuses rather than quote too little.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from cadastre.taxation.discounts import early_payment_discount
from cadastre.taxation.national_law import NationalLaw, check_year
from cadastre.taxation.surcharges import late_payment_surcharge
from cadastre.valuation.facts import UnitKind
from gis_project.core.assessment import Line
from gis_project.core.errors import InvalidInput


class NotYetPayable(InvalidInput):
    """The tax of a year is collected from its 1 January: come back then."""

    code = "not_yet_payable"


class InterestIsDue(InvalidInput):
    """The title's year is over, so interest runs: the treasury works it out."""

    code = "interest_is_due"


@dataclass(frozen=True, slots=True)
class AmountDue:
    """``adjustment`` is the discount or surcharge; the quote holds to ``valid_through``, inclusive."""

    property_tax: Decimal
    other_charges: Decimal
    adjustment: Line | None
    total: Decimal
    valid_through: date


def amount_due(
    *,
    property_tax: Decimal,
    other_charges: Decimal,
    kind: UnitKind,
    rural_follows_art_512: bool,
    year: int,
    paid_on: date,
    law: NationalLaw,
) -> AmountDue:
    """The amount due on ``paid_on``, a civil date in the municipality's time zone.

    ``other_charges`` (fire levy, fees) are never discounted. Rural titles follow Art. 512 only
    where the ordinance says so. Raises ``NotYetPayable`` before the year, ``InterestIsDue`` after,
    ``YearMismatch`` with another year's law.
    """
    check_year(year, law_year=law.year)
    if paid_on.year < year:
        raise NotYetPayable(f"El impuesto de {year} se recauda desde el 1 de enero de {year}.")
    if paid_on.year > year:
        raise InterestIsDue(
            f"El título de {year} ya causa intereses: solicite la liquidación en Tesorería."
        )
    adjustment = None
    if kind is UnitKind.URBAN or rural_follows_art_512:
        adjustment = early_payment_discount(
            tax=property_tax, paid_on=paid_on, law=law
        ) or late_payment_surcharge(tax=property_tax, paid_on=paid_on, law=law)
        valid_through = last_day_at_this_amount(paid_on, law)
    else:
        valid_through = date(year, 12, 31)
    total = property_tax + other_charges
    if adjustment is not None:
        total += adjustment.amount
    return AmountDue(property_tax, other_charges, adjustment, total, valid_through)


def last_day_at_this_amount(day: date, law: NationalLaw) -> date:
    """The day, inclusive, through which the discount or surcharge of ``day`` stays as it is in its year."""
    year_end = date(day.year, 12, 31)
    borders = (window.start for window in (*law.discounts, *law.surcharges))
    ahead = (date(day.year, *border) for border in borders if border > (day.month, day.day))
    return min(ahead, default=year_end + timedelta(days=1)) - timedelta(days=1)
