"""Amounts that explain themselves: lines with base, rate, article; a total that is their sum.

Two laws hold for every line, and ``check_line`` proves them:
a leaf's amount is ``to_cents(base × rate / divisor)``; a line with children is their sum.
The total is the sum of the (rounded) top lines. So a bill can be recomputed by anybody.
A base or rate that was itself worked out (factors, depreciation, shares) carries its tree of
``Quantity``, whose root must be that very number.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from gis_project.core.canonical import canonical_json, decimal_text
from gis_project.core.errors import DomainError
from gis_project.core.money import ZERO, to_cents
from gis_project.core.quantity import Quantity, is_consistent, quantity_as_dict, quantity_from_dict


class RateUnit(StrEnum):
    """What ``base × rate`` is divided by, in words; ``DIVISOR`` has the numbers."""

    PER_MILLE = "PER_MILLE"
    PERCENT = "PERCENT"
    FACTOR = "FACTOR"
    USD = "USD"
    USD_PER_M2 = "USD_PER_M2"
    USD_PER_HA = "USD_PER_HA"
    USD_PER_UNIT = "USD_PER_UNIT"


DIVISOR: dict[str, Decimal] = {
    RateUnit.PER_MILLE: Decimal(1000),
    RateUnit.PERCENT: Decimal(100),
    RateUnit.FACTOR: Decimal(1),
    RateUnit.USD: Decimal(1),
    RateUnit.USD_PER_M2: Decimal(1),
    RateUnit.USD_PER_HA: Decimal(10_000),
    RateUnit.USD_PER_UNIT: Decimal(1),
}


class LineDoesNotAddUp(DomainError):
    """An explained amount is not what its own base, rate or children give: report it."""

    code = "line_does_not_add_up"


class Line(NamedTuple):
    """One explained amount (a light tuple: a roll has half a million of them).

    ``base`` in dollars or m² as the unit says. ``citation`` names article and verification status.
    ``base_from`` and ``rate_from`` tell how a base or rate that is not simply read came about.
    """

    concept: str
    label_es: str
    base: Decimal
    rate: Decimal
    rate_unit: str
    amount: Decimal
    citation: str
    note: str = ""
    children: tuple["Line", ...] = ()
    base_from: Quantity | None = None
    rate_from: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Assessment:
    """Lines and their sum."""

    lines: tuple[Line, ...]
    total: Decimal

    def amount_of(self, concept: str) -> Decimal:
        """The sum of the top lines of ``concept`` (0.00 when there is none)."""
        return sum((line.amount for line in self.lines if line.concept == concept), ZERO)

    def as_dict(self) -> dict[str, Any]:
        """The assessment as JSON values, amounts as strings."""
        return {"lines": [line_as_dict(line) for line in self.lines], "total": str(self.total)}

    def to_json(self) -> str:
        """Canonical JSON: equal assessments give equal bytes."""
        return canonical_json(self.as_dict()).decode()


def assessment_of(lines: Iterable[Line]) -> Assessment:
    """The assessment made of ``lines``, in their order."""
    kept = tuple(lines)
    return Assessment(kept, sum((line.amount for line in kept), ZERO))


def line_as_dict(line: Line) -> dict[str, Any]:
    """The line as JSON values; what is empty is left out."""
    told: dict[str, Any] = {
        "concept": line.concept,
        "label_es": line.label_es,
        "base": decimal_text(line.base),
        "rate": decimal_text(line.rate),
        "rate_unit": str(line.rate_unit),
        "amount": decimal_text(line.amount),
        "citation": line.citation,
    }
    if line.note:
        told["note"] = line.note
    if line.children:
        told["children"] = [line_as_dict(child) for child in line.children]
    if line.base_from is not None:
        told["base_from"] = quantity_as_dict(line.base_from)
    if line.rate_from is not None:
        told["rate_from"] = quantity_as_dict(line.rate_from)
    return told


def line_from_dict(told: dict[str, Any]) -> Line:
    """The line that ``line_as_dict`` told; what a stored bill is read with."""
    return Line(
        concept=told["concept"],
        label_es=told["label_es"],
        base=Decimal(told["base"]),
        rate=Decimal(told["rate"]),
        rate_unit=told["rate_unit"],
        amount=Decimal(told["amount"]),
        citation=told["citation"],
        note=told.get("note", ""),
        children=tuple(line_from_dict(child) for child in told.get("children", ())),
        base_from=_quantity(told.get("base_from")),
        rate_from=_quantity(told.get("rate_from")),
    )


def check_line(line: Line) -> None:
    """Raise ``LineDoesNotAddUp`` unless the line and all below it keep the two laws."""
    if line.children:
        for child in line.children:
            check_line(child)
        expected = sum((child.amount for child in line.children), ZERO)
    else:
        expected = to_cents(line.base * line.rate / DIVISOR[line.rate_unit])
    if line.amount != expected or line.amount != to_cents(line.amount):
        raise LineDoesNotAddUp(
            f"La línea {line.concept} dice {line.amount} y sus datos dan {expected}.",
            details={"concept": line.concept},
        )
    for number, tree in ((line.base, line.base_from), (line.rate, line.rate_from)):
        if tree is not None and (tree.value != number or not is_consistent(tree)):
            raise LineDoesNotAddUp(
                f"La línea {line.concept} dice {number} y sus pasos dan {tree.value}.",
                details={"concept": line.concept, "step": tree.concept},
            )


def check_assessment(assessment: Assessment) -> None:
    """Raise ``LineDoesNotAddUp`` unless every line and the total add up."""
    for line in assessment.lines:
        check_line(line)
    if assessment.total != sum((line.amount for line in assessment.lines), ZERO):
        raise LineDoesNotAddUp("El total no es la suma de las líneas.")


def _quantity(told: dict[str, Any] | None) -> Quantity | None:
    return None if told is None else quantity_from_dict(told)
