"""A sale that a ratio study looks at, and why one is left out of it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Exclusion(StrEnum):
    """Why a sale does not tell the market's price; stable words, kept with the sale."""

    NO_PRICE = "NO_PRICE"
    TOKEN_PRICE = "TOKEN_PRICE"
    NO_VALUE = "NO_VALUE"
    NO_PREDIO = "NO_PREDIO"
    OUTSIDE_PERIOD = "OUTSIDE_PERIOD"
    RELATIVES = "RELATIVES"
    FORCED = "FORCED"
    PART_ONLY = "PART_ONLY"
    SEVERAL_PREDIOS = "SEVERAL_PREDIOS"
    PUBLIC_BODY = "PUBLIC_BODY"
    CHANGED_SINCE = "CHANGED_SINCE"
    NOT_MARKET = "NOT_MARKET"
    OUTLIER = "OUTLIER"

    @property
    def label_es(self) -> str:
        """The reason as the study prints it."""
        return _LABELS[self]


_LABELS: Mapping[Exclusion, str] = {
    Exclusion.NO_PRICE: "sin precio o con precio en cero",
    Exclusion.TOKEN_PRICE: "precio simbólico",
    Exclusion.NO_VALUE: "el predio no tiene avalúo",
    Exclusion.NO_PREDIO: "no se encontró el predio",
    Exclusion.OUTSIDE_PERIOD: "fuera del período del estudio",
    Exclusion.RELATIVES: "entre familiares",
    Exclusion.FORCED: "remate, embargo o venta forzada",
    Exclusion.PART_ONLY: "se vendió solo una cuota",
    Exclusion.SEVERAL_PREDIOS: "un precio por varios predios",
    Exclusion.PUBLIC_BODY: "una de las partes es una entidad pública",
    Exclusion.CHANGED_SINCE: "el predio cambió después de la venta",
    Exclusion.NOT_MARKET: "no fue una venta de mercado",
    Exclusion.OUTLIER: "razón extrema (más de 3 rangos intercuartiles)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Sale:
    """One sale: price in dollars, appraised value in dollars (None: has none), stratum as the study groups.

    ``told`` is the reason for which a person or the source left it out.
    """

    name: str
    price: Decimal | None
    value: Decimal | None
    sold_on: date | None = None
    stratum: str = ""
    told: Exclusion | None = None
