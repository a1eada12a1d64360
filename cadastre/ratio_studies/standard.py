"""What the numbers mean: inside the standard's range, outside it, or not to be told from so few sales.

A number is outside only when its whole interval is: chance alone condemns nobody. The ranges are data
(``standard.toml``), with their source and whether anybody has read it.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from cadastre.ratio_studies.statistics import Interval, PriceRelatedBias

_FILE = Path(__file__).parent / "standard.toml"


STATISTIC_NAMES: Mapping[str, str] = {
    "median": "mediana",
    "mean": "media",
    "weighted_mean": "media ponderada",
    "cod": "COD",
    "prd": "PRD",
    "prb": "PRB",
}


class Outcome(StrEnum):
    """How a number stands to its range."""

    WITHIN = "WITHIN"
    DOUBTFUL = "DOUBTFUL"
    OUTSIDE = "OUTSIDE"


@dataclass(frozen=True, slots=True)
class Verdict:
    """One statistic, how it stands, its range, and a Spanish sentence that says what to do."""

    statistic: str
    outcome: Outcome
    lowest: float
    highest: float
    text: str

    @property
    def name_es(self) -> str:
        """The statistic's name."""
        return STATISTIC_NAMES[self.statistic]

    def as_dict(self) -> dict[str, Any]:
        """The verdict as JSON values."""
        return {
            "statistic": self.statistic,
            "outcome": str(self.outcome),
            "range": [self.lowest, self.highest],
            "text": self.text,
        }


@dataclass(frozen=True, slots=True)
class Standard:
    """The ranges with their source."""

    source: str
    is_verified: bool
    ranges: Mapping[str, tuple[float, float]]


@cache
def standard() -> Standard:
    """The standard's ranges as the file says them."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))
    ranges = {name: (float(ends[0]), float(ends[1])) for name, ends in told["ranges"].items()}
    return Standard(told["source"], told["verified"], ranges)


def verdicts(
    found: Mapping[str, float], intervals: Mapping[str, Interval], bias: PriceRelatedBias | None
) -> tuple[Verdict, ...]:
    """A verdict on each statistic that has a range and an interval."""
    numbers = dict(found)
    ends = dict(intervals)
    if bias is not None:
        numbers["prb"], ends["prb"] = bias.slope, bias.interval
    return tuple(
        _verdict(name, numbers[name], ends[name], low, high)
        for name, (low, high) in standard().ranges.items()
        if name in ends
    )


def _verdict(name: str, value: float, interval: Interval, low: float, high: float) -> Verdict:
    if low <= value <= high:
        return Verdict(name, Outcome.WITHIN, low, high, _WITHIN[name])
    below = value < low
    is_sure = interval.highest < low if below else interval.lowest > high
    text = _BELOW[name] if below else _ABOVE[name]
    if is_sure:
        return Verdict(name, Outcome.OUTSIDE, low, high, text)
    return Verdict(name, Outcome.DOUBTFUL, low, high, f"{text} {_UNSURE}")


_UNSURE = "Con estas ventas puede ser azar: reúna más antes de decidir."
_WITHIN = {
    "median": "El nivel de los avalúos está en el rango.",
    "cod": "Predios parecidos tienen avalúos parecidos.",
    "prd": "Predios caros y baratos se avalúan por igual.",
    "prb": "La razón no cambia con el valor.",
}
_BELOW = {
    "median": "Los avalúos están por debajo del mercado: suba los precios del plano.",
    "cod": "Los avalúos siguen a los precios demasiado de cerca: compruebe que no se fijaron con ellos.",
    "prd": "Los predios baratos se avalúan por debajo de los caros (progresivo): revise las zonas más baratas.",
    "prb": "Al doblar el valor la razón baja: los predios caros se avalúan por debajo (regresivo).",
}
_ABOVE = {
    "median": "Los avalúos están por encima del mercado: baje los precios del plano.",
    "cod": "Predios parecidos tienen avalúos muy distintos: divida zonas o revise factores y fichas.",
    "prd": "Los predios caros se avalúan por debajo de los baratos (regresivo): revise las zonas más caras.",
    "prb": "Al doblar el valor la razón sube: los predios caros se avalúan por encima (progresivo).",
}
