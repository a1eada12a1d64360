"""What is to be paid today for a property: its open bills, each with the discount or surcharge of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.taxation.amount_due import AmountDue, amount_due
from cadastre.taxation.national_law import national_law
from cadastre.valuation.facts import UnitKind
from gis_project.core.assessment import Line
from gis_project.core.money import ZERO
from gis_project.portal.bills import OpenTitle
from gis_project.territory.models import Municipality, Ordinance


@dataclass(frozen=True, slots=True)
class DueTitle:
    """One open bill of the running year and what settles it today."""

    title: OpenTitle
    amount: AmountDue

    @property
    def adjustment(self) -> Line | None:
        return self.amount.adjustment

    @property
    def adjustment_size(self) -> Decimal:
        return abs(self.amount.adjustment.amount) if self.amount.adjustment else ZERO


@dataclass(frozen=True, slots=True)
class Due:
    """Open bills on a day: this year's with their amount, earlier (interest runs) and later ones (not yet payable)."""

    on: date
    payable: tuple[DueTitle, ...]
    overdue: tuple[OpenTitle, ...]
    coming: tuple[OpenTitle, ...]
    total: Decimal


def due_today(titles: Sequence[OpenTitle], *, municipality: Municipality, on: date) -> Due:
    """What the open bills come to on a civil date; `total` is of the running year's alone."""
    payable = tuple(
        DueTitle(title, _amount(title, municipality=municipality, on=on))
        for title in titles
        if title.year == on.year
    )
    return Due(
        on=on,
        payable=payable,
        overdue=tuple(title for title in titles if title.year < on.year),
        coming=tuple(title for title in titles if title.year > on.year),
        total=sum((due.amount.total for due in payable), ZERO),
    )


def _amount(title: OpenTitle, *, municipality: Municipality, on: date) -> AmountDue:
    return amount_due(
        property_tax=title.property_tax,
        other_charges=title.fire_levy + title.others,
        kind=UnitKind(title.kind),
        rural_follows_art_512=_rural_follows_art_512(municipality, title.year),
        year=title.year,
        paid_on=on,
        law=national_law(title.year),
    )


def _rural_follows_art_512(municipality: Municipality, year: int) -> bool:
    """Whether the ordinance of the bill's year gives rural bills the fortnights' discounts; none, no discount."""
    parameters = (
        Ordinance.objects.filter(
            municipality=municipality,
            subject="PROPERTY_TAX",
            state=Ordinance.State.APPROVED,
            valid__contains=date(year, 1, 1),
        )
        .values_list("parameters", flat=True)
        .first()
    )
    return parameters is not None and parameters.get("rural_follows_art_512") is True
