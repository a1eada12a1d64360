"""The tax titles of one predio, for officials; the public asks the schema `lookup`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cadastre.models import PropertyUnit
from cadastre.queries.roll_state import titles_that_count


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """One title with its explanation as it was stored (cadastre.taxation.assess_taxpayer.bill_explanation)."""

    year: int
    kind: str
    number: str
    base: Decimal
    property_tax: Decimal
    fire_levy: Decimal
    others: Decimal
    total: Decimal
    state: str
    explanation: dict[str, Any]


def titles_of(unit: PropertyUnit) -> tuple[TitleFacts, ...]:
    """The titles of a predio that are owed or were paid, oldest first: none voided, none still to be received."""
    rows = (
        titles_that_count()
        .filter(unit=unit)
        .select_related("roll")
        .order_by("roll__year", "number")
    )
    return tuple(
        TitleFacts(
            year=title.roll.year,
            kind=title.roll.kind,
            number=title.number,
            base=title.base,
            property_tax=title.property_tax,
            fire_levy=title.fire_levy,
            others=title.others,
            total=title.total,
            state=title.state,
            explanation=title.explanation,
        )
        for title in rows
    )
