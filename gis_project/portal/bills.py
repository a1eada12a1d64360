"""Bills as pages show them, whether they came through a public look-up or an official's query."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cadastre.taxation.debt_due import Debt
from cadastre.taxation.debt_parts import DebtPart
from gis_project.core.assessment import Line, line_from_dict
from gis_project.core.money import ZERO


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
    """A bill of which something is unpaid: by part as the books have it, before what the day adds or takes off."""

    year: int
    kind: str
    number: str
    property_tax: Decimal
    fire_levy: Decimal
    others: Decimal
    total: Decimal
    debt: Debt


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


def open_title(debt: Debt) -> OpenTitle:
    """The bill of that debt."""
    return OpenTitle(
        year=debt.year,
        kind=str(debt.kind),
        number=debt.number,
        property_tax=debt.unpaid.get(DebtPart.TAX, ZERO),
        fire_levy=debt.unpaid.get(DebtPart.FIRE_LEVY, ZERO),
        others=debt.unpaid.get(DebtPart.OTHERS, ZERO),
        total=sum(debt.unpaid.values(), ZERO),
        debt=debt,
    )
