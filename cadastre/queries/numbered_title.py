"""One tax title by its number, for officials; the public asks the schema `lookup`."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from cadastre.models import PropertyUnit, TaxTitle
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality


class TitleNotFound(NotFound):
    """No title of this municipality that may be shown has that number: check it on the bill."""

    code = "title_not_found"


@dataclass(frozen=True, slots=True)
class NumberedTitle:
    """A title as stored; `portfolio` tells of the owner's other predios, so only who views taxes sees it."""

    unit: PropertyUnit
    year: int
    kind: str
    number: str
    key: str
    base: Decimal
    total: Decimal
    explanation: dict[str, Any]
    portfolio: dict[str, Any]
    taxpayer_id: UUID | None


def numbered_title(*, municipality: Municipality, number: str) -> NumberedTitle:
    """The title of that number in the municipality; TitleNotFound otherwise."""
    title = (
        TaxTitle.objects.filter(municipality=municipality, number=number)
        .select_related("roll", "unit")
        .first()
    )
    if title is None:
        raise TitleNotFound("No hay un título con ese número en este municipio.")
    return NumberedTitle(
        unit=title.unit,
        year=title.roll.year,
        kind=title.roll.kind,
        number=title.number,
        key=title.key_text,
        base=title.base,
        total=title.total,
        explanation=title.explanation,
        portfolio=title.portfolio,
        taxpayer_id=title.taxpayer_id,
    )
