"""How an ordinance makes the unit value of land: its prices by level, and its factors combined.

    {"article": "10", "combine": "PRODUCT|SUM|MEAN", "factors": [ … ], "lowest": "0.5", "highest": "1.5",
     "factor_decimals": 6, "unit_value_decimals": 2,
     "order": ["UNIT", "AXIS", "BLOCK", "ZONE"], "axis_reach_m": "15",
     "prices": {"BLOCK": {"023": {"value": "85.00", "typical": {"typical_front_m": "12"}}},
                "ZONE": {"Z1": {"typical": {"typical_front_m": "10"}}}},
     "classes": {"R1": {"I": "12000", "IV": "6000"}}, "class_tolerance_pct": "1"}

Prices of zones are the land values of the ordinance's map. A predio takes the first level of ``order``
that has a price for it: an exception for the predio, its road axis, its block, its zone, its sector.
``axis_reach_m`` is how far from its ground a road axis may lie to be the one that the predio faces.
``classes`` (rural) gives dollars per hectare by homogeneous zone and agrological class.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cadastre.valuation import told_parameters as told
from cadastre.valuation.factors import Factor, clamped, factor_value, read_factor
from cadastre.valuation.told_parameters import InvalidOrdinance
from cadastre.valuation.traits import Traits
from gis_project.core.quantity import Operation, Quantity, derived


class Combination(StrEnum):
    """What is made of the factors."""

    PRODUCT = "PRODUCT"
    SUM = "SUM"
    MEAN = "MEAN"


class PriceLevel(StrEnum):
    """To what a unit value is tied."""

    UNIT = "UNIT"
    AXIS = "AXIS"
    BLOCK = "BLOCK"
    ZONE = "ZONE"
    SECTOR = "SECTOR"


@dataclass(frozen=True, slots=True)
class LevelPrice:
    """A unit value (None: the map's) and the typical lot that factors compare with."""

    value: Decimal | None
    typical: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class LandMethod:
    """One declared method; without factors the price is the unit value."""

    combination: Combination
    factors: tuple[Factor, ...]
    lowest: Decimal | None
    highest: Decimal | None
    factor_decimals: int
    unit_value_decimals: int | None
    order: tuple[PriceLevel, ...]
    prices: Mapping[PriceLevel, Mapping[str, LevelPrice]]
    classes: Mapping[str, Mapping[str, Decimal]]
    class_tolerance_pct: Decimal
    citation: str
    axis_reach_m: Decimal | None = None


PLAIN = LandMethod(
    Combination.PRODUCT, (), None, None, 6, None, (PriceLevel.ZONE,), {}, {}, Decimal(0), ""
)


def total_factor(method: LandMethod, traits: Traits) -> Quantity:
    """All factors combined, rounded and clamped; raises ``MissingInput``."""
    parts = [factor_value(factor, traits) for factor in method.factors]
    found = derived(
        "FACTOR",
        _LABELS[method.combination],
        Operation(method.combination),
        parts,
        decimals=method.factor_decimals,
        citation=method.citation,
    )
    if method.lowest is None and method.highest is None:
        return found
    return clamped(found, method.lowest, method.highest, method.citation)


def read_land_method(row: Mapping[str, Any], ordinance: str) -> LandMethod:
    """The method that ``row`` declares; raises ``InvalidOrdinance``."""
    try:
        method = LandMethod(
            combination=Combination(row.get("combine", "PRODUCT")),
            factors=tuple(read_factor(factor, ordinance) for factor in row.get("factors", ())),
            lowest=told.optional_number(row, "lowest"),
            highest=told.optional_number(row, "highest"),
            factor_decimals=told.whole(row.get("factor_decimals", 6)),
            unit_value_decimals=_places(row.get("unit_value_decimals")),
            order=tuple(PriceLevel(level) for level in row.get("order", ["ZONE"])),
            prices=_prices(row.get("prices", {})),
            classes={
                zone: {name: _price(value) for name, value in told.members(classes).items()}
                for zone, classes in told.members(row.get("classes", {})).items()
            },
            class_tolerance_pct=told.number(row.get("class_tolerance_pct", "0")),
            citation=told.citation(ordinance, row.get("article")),
            axis_reach_m=told.optional_number(row, "axis_reach_m"),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidOrdinance(f"método del suelo: falta o está mal {error}.") from error
    if method.factor_decimals < 4:
        raise InvalidOrdinance("el factor total lleva al menos cuatro decimales.")
    if not method.order or len(set(method.order)) != len(method.order):
        raise InvalidOrdinance("«order» nombra cada nivel de precio una sola vez.")
    if method.lowest is not None and method.highest is not None and method.lowest > method.highest:
        raise InvalidOrdinance("el mínimo del factor total pasa del máximo.")
    return method


_LABELS = {
    Combination.PRODUCT: "Producto de los factores",
    Combination.SUM: "Suma de los coeficientes",
    Combination.MEAN: "Promedio de los factores",
}


def _prices(row: object) -> Mapping[PriceLevel, Mapping[str, LevelPrice]]:
    found: dict[PriceLevel, Mapping[str, LevelPrice]] = {}
    for level, prices in told.members(row).items():
        found[PriceLevel(level)] = {
            code: LevelPrice(
                _price(price["value"]) if "value" in price else None,
                {
                    name: told.number(value)
                    for name, value in told.members(price.get("typical", {})).items()
                },
            )
            for code, price in told.members(prices).items()
        }
    for level, levels in found.items():
        if level is not PriceLevel.ZONE and any(price.value is None for price in levels.values()):
            raise InvalidOrdinance(f"a un precio del nivel {level} le falta «value».")
    return found


def _price(value: object) -> Decimal:
    found = told.number(value)
    if not found:
        raise InvalidOrdinance("un valor unitario debe ser mayor que 0.")
    return found


def _places(value: object) -> int | None:
    return None if value is None else told.whole(value)
