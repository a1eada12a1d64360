"""One thing that differs between two ordinances: where, from what to what, and the sentence that says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cadastre.ordinances.words import change_pct
from gis_project.core.canonical import decimal_text

Told = Decimal | str | bool | int | None


class Part(StrEnum):
    """The part of an ordinance, in the order in which a council reads it."""

    LAND_PRICES = "LAND_PRICES"
    LAND_METHOD = "LAND_METHOD"
    BUILDINGS = "BUILDINGS"
    WORKS = "WORKS"
    RATES = "RATES"
    LOCAL = "LOCAL"
    PARAMETERS = "PARAMETERS"

    @property
    def label_es(self) -> str:
        """Its heading."""
        return _LABELS[self]


_LABELS: Mapping[Part, str] = {
    Part.LAND_PRICES: "Precios del suelo",
    Part.LAND_METHOD: "Factores del suelo",
    Part.BUILDINGS: "Edificaciones",
    Part.WORKS: "Obras complementarias",
    Part.RATES: "Tarifas",
    Part.LOCAL: "Exenciones y tasas locales",
    Part.PARAMETERS: "Reglas generales",
}


@dataclass(frozen=True, slots=True)
class Change:
    """``before`` is None for what is new, ``after`` for what is gone; ``text`` is a Spanish sentence."""

    part: Part
    where: str
    before: Told
    after: Told
    text: str

    @property
    def percent(self) -> Decimal | None:
        """By how much a number changed, in per cent; None for what is no number or was zero."""
        if isinstance(self.before, Decimal) and isinstance(self.after, Decimal) and self.before:
            return change_pct(self.before, self.after)
        return None

    def as_dict(self) -> dict[str, Any]:
        """The change as JSON values, numbers as texts."""
        found = self.percent
        return {
            "part": str(self.part),
            "where": self.where,
            "before": _json(self.before),
            "after": _json(self.after),
            "percent": None if found is None else str(round(found, 2)),
            "text": self.text,
        }


def _json(value: Told) -> Any:
    return decimal_text(value) if isinstance(value, Decimal) else value
