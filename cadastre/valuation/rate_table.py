"""A council's rate: one number, a rate by bracket, or a marginal table; in per mille.

``FLAT`` one rate. ``BRACKET`` the rate of the bracket in which the accumulated value lies applies
to all of it. ``MARGINAL`` each slice of the value pays the rate of its band.
"""

from bisect import bisect_right
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise

from gis_project.core.errors import InvalidInput


class InvalidRateTable(InvalidInput):
    """The table has a gap, or a rate that falls as value rises: correct the ordinance's table."""

    code = "invalid_rate_table"


class RateMode(StrEnum):
    """How the bands are applied."""

    FLAT = "FLAT"
    BRACKET = "BRACKET"
    MARGINAL = "MARGINAL"


@dataclass(frozen=True, slots=True)
class RateTable:
    """Bands by their first value in dollars (the first is 0), and the rate of each in per mille."""

    mode: RateMode
    starts: tuple[Decimal, ...]
    rates_per_mille: tuple[Decimal, ...]
    article: str = ""

    def __post_init__(self) -> None:
        if not self.starts or len(self.starts) != len(self.rates_per_mille) or self.starts[0] != 0:
            raise InvalidRateTable(
                "La tabla de tarifas debe empezar en 0 y tener una tarifa por rango."
            )
        if any(later <= earlier for earlier, later in pairwise(self.starts)):
            raise InvalidRateTable("Los rangos de la tabla de tarifas deben ir en orden creciente.")
        if any(later < earlier for earlier, later in pairwise(self.rates_per_mille)):
            raise InvalidRateTable("Una tarifa progresiva no puede bajar al subir el valor.")
        if self.mode is RateMode.FLAT and len(self.starts) != 1:
            raise InvalidRateTable("Una tarifa única tiene un solo rango.")

    @property
    def lowest(self) -> Decimal:
        """The rate of the first band."""
        return self.rates_per_mille[0]

    @property
    def highest(self) -> Decimal:
        """The rate of the last band."""
        return self.rates_per_mille[-1]

    def band_of(self, value: Decimal) -> int:
        """The number of the band that holds ``value`` (a band's first value belongs to it)."""
        return bisect_right(self.starts, value) - 1
