"""What is to be paid today for a property: its open bills with the discount, surcharge and interest of the day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.queries.published_rates import rates_and_remissions
from cadastre.taxation.debt_due import DebtDue, debt_due
from gis_project.core.assessment import Line
from gis_project.core.errors import DomainError
from gis_project.core.money import ZERO
from gis_project.portal.bills import OpenTitle
from gis_project.territory.models import Municipality


@dataclass(frozen=True, slots=True)
class DueTitle:
    """One open bill and what settles it today."""

    title: OpenTitle
    amount: DebtDue

    @property
    def adjustment(self) -> Line | None:
        """The discount or surcharge of the day; a remission comes with the interest."""
        lines = (*(relief.line for relief in self.amount.reliefs), self.amount.surcharge)
        return next((line for line in lines if line is not None), None)

    @property
    def adjustment_size(self) -> Decimal:
        return abs(self.adjustment.amount) if self.adjustment else ZERO


@dataclass(frozen=True, slots=True)
class Due:
    """Open bills on a day: this year's, those of years before with their interest, and later ones (not yet payable).

    `pending` are earlier bills whose interest cannot be told because a month's rate is missing.
    """

    on: date
    payable: tuple[DueTitle, ...]
    overdue: tuple[DueTitle, ...]
    pending: tuple[OpenTitle, ...]
    coming: tuple[OpenTitle, ...]
    total: Decimal

    @property
    def whole(self) -> Decimal:
        """What settles this year's and the earlier ones that can be told."""
        return self.total + sum((due.amount.total for due in self.overdue), ZERO)


def due_today(titles: Sequence[OpenTitle], *, municipality: Municipality, on: date) -> Due:
    """What the open bills come to on a civil date; `total` is of the running year's alone."""
    law = rates_and_remissions(municipality)
    payable: list[DueTitle] = []
    overdue: list[DueTitle] = []
    pending: list[OpenTitle] = []
    for title in titles:
        if title.year > on.year:
            continue
        try:
            amount = debt_due(title.debt, on=on, rate_of=law.rate_of, campaigns=law.campaigns)
        except DomainError:
            if title.year == on.year:
                raise
            pending.append(title)
            continue
        (payable if title.year == on.year else overdue).append(DueTitle(title, amount))
    return Due(
        on=on,
        payable=tuple(payable),
        overdue=tuple(overdue),
        pending=tuple(pending),
        coming=tuple(title for title in titles if title.year > on.year),
        total=sum((due.amount.total for due in payable), ZERO),
    )
