"""What is owed on a predio: the one question behind no-debt papers, transfers and subdivisions."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from cadastre.models import PropertyUnit, TaxTitle
from gis_project.territory.scope import check_within


@dataclass(frozen=True, slots=True)
class OpenDebt:
    """A title that is still owed; `amount` is USD as issued, without discount, surcharge or interest."""

    title_id: UUID
    number: str
    year: int
    kind: str
    amount: Decimal


def open_debts(unit: PropertyUnit, on: date) -> tuple[OpenDebt, ...]:
    """The titles of a predio owed on a civil date, oldest first; empty when nothing is.

    A title is owed from 1 January of its year (COOTAD 512). No payments are recorded yet, so each
    issued title of more than zero counts as owed.
    """
    check_within(unit.municipality_id)  # seeing no titles must not read as owing nothing
    rows = (
        TaxTitle.objects.filter(
            unit=unit, state=TaxTitle.State.ISSUED, roll__year__lte=on.year, total__gt=0
        )
        .order_by("roll__year", "number")
        .values_list("pk", "number", "roll__year", "roll__kind", "total")
    )
    return tuple(OpenDebt(*row) for row in rows)
