"""The price that the value plan gives a predio: the first level, in the ordinance's order, that has one."""

from decimal import Decimal
from typing import NamedTuple

from cadastre.valuation.facts import MissingInput, UnitFacts, UnitKind
from cadastre.valuation.land_method import LandMethod, LevelPrice, PriceLevel
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.traits import Traits

_NO_TYPICAL = LevelPrice(None, {})


class LandPrice(NamedTuple):
    """A unit value before factors, what kind of land it is of, and the traits with the typical lot."""

    kind: UnitKind
    value: Decimal
    note: str
    traits: Traits


def land_price(
    unit: UnitFacts, area_m2: Decimal, method: LandMethod, ordinance: OrdinanceFacts
) -> LandPrice:
    """The price of ``unit``; raises ``MissingInput`` (ZONE, LAND_VALUE) when no level has one."""
    for level in method.order:
        code = _code(unit, level)
        row = method.prices.get(level, {}).get(code or "", _NO_TYPICAL)
        kind, value = unit.kind, row.value
        zone = ordinance.land_values.get(code or "") if level is PriceLevel.ZONE else None
        if zone is not None:
            kind, value = zone.kind, zone.value
        if code and value is not None:
            known = {**unit.traits, **row.typical, "area_m2": area_m2}
            traits = Traits(unit.unit_id, unit.key, known)
            return LandPrice(kind, value, f"{PRICE_LEVELS_ES[level]} {code}", traits)
    if not unit.zone_code:
        raise MissingInput(
            f"El predio {unit.key} no está en ninguna zona de valor: complete el plano de valor.",
            unit_id=unit.unit_id,
            what="ZONE",
        )
    raise MissingInput(
        f"La ordenanza {ordinance.number} no da valor a la zona {unit.zone_code}.",
        unit_id=unit.unit_id,
        what="LAND_VALUE",
    )


PRICE_LEVELS_ES = {
    PriceLevel.UNIT: "excepción del predio",
    PriceLevel.AXIS: "eje vial",
    PriceLevel.BLOCK: "manzana",
    PriceLevel.ZONE: "zona",
    PriceLevel.SECTOR: "sector",
}
_TRAIT = {
    PriceLevel.AXIS: "axis_code",
    PriceLevel.BLOCK: "block_code",
    PriceLevel.SECTOR: "sector_code",
}


def _code(unit: UnitFacts, level: PriceLevel) -> str | None:
    if level is PriceLevel.UNIT:
        return unit.key
    if level is PriceLevel.ZONE:
        return unit.zone_code
    found = unit.traits.get(_TRAIT[level])
    return found if isinstance(found, str) else None
