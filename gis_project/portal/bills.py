"""Bills as pages show them, whether they came through a public look-up or an official's query."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from gis_project.core.assessment import Line, line_from_dict


@dataclass(frozen=True, slots=True)
class ShownTitle:
    """The last bill of a property with the lines that explain its value and its tax."""

    year: int
    kind: str
    number: str
    base: Decimal
    value_lines: tuple[Line, ...]
    value_total: Decimal
    lines: tuple[Line, ...]
    total: Decimal


@dataclass(frozen=True, slots=True)
class OpenTitle:
    """A bill that is still to be paid, before discount, surcharge and interest."""

    year: int
    kind: str
    number: str
    property_tax: Decimal
    fire_levy: Decimal
    others: Decimal
    total: Decimal


def shown_title(
    *,
    year: int,
    kind: str,
    number: str,
    base: Decimal,
    total: Decimal,
    explanation: Mapping[str, Any],
) -> ShownTitle:
    """The bill with its stored explanation read back into lines."""
    value, tax = explanation["value"], explanation["tax"]
    return ShownTitle(
        year=year,
        kind=kind,
        number=number,
        base=base,
        value_lines=tuple(line_from_dict(line) for line in value["lines"]),
        value_total=Decimal(value["total"]),
        lines=tuple(line_from_dict(line) for line in tax["lines"]),
        total=total,
    )
