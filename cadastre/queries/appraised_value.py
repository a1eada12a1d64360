"""The value of a predio that its papers certify: the last bill's, or the migrated one of the last year."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cadastre.models import MigratedValue, PropertyUnit
from cadastre.queries.roll_state import titles_that_count


@dataclass(frozen=True, slots=True)
class AppraisedValue:
    """USD by component (label in Spanish, amount), their total, the year, and where it comes from."""

    year: int
    parts: tuple[tuple[str, Decimal], ...]
    total: Decimal
    source: str


def appraised_value(unit: PropertyUnit, *, on: date) -> AppraisedValue | None:
    """The value in force on a civil date; None when the predio has never been valued."""
    title = (
        titles_that_count()
        .filter(unit=unit, roll__year__lte=on.year)
        .select_related("roll")
        .order_by("-roll__year", "-roll__supplement")
        .first()
    )
    migrated = MigratedValue.objects.filter(unit=unit, year__lte=on.year).order_by("-year").first()
    if title and (migrated is None or migrated.year <= title.roll.year):
        told = title.explanation["value"]
        parts = tuple((line["label_es"], Decimal(line["amount"])) for line in told["lines"])
        source = f"emisión {title.roll.year}"
        return AppraisedValue(title.roll.year, parts, Decimal(told["total"]), source)
    if migrated is None:
        return None
    rest = migrated.total_value - migrated.land_value - migrated.building_value
    parts = (
        ("Valor del suelo", migrated.land_value),
        ("Valor de la construcción", migrated.building_value),
    )
    if rest:
        parts += (("Otros componentes", rest),)
    return AppraisedValue(migrated.year, parts, migrated.total_value, "sistema anterior")
