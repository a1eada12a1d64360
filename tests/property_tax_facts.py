"""A made-up ordinance and made-up predios for the rules' tests; every part can be overridden."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from cadastre.valuation.facts import Appraisal, AppraisedUnit, UnitFacts, UnitKind
from cadastre.valuation.ordinance import (
    BuildingCost,
    LandValue,
    OrdinanceFacts,
    ordinance_facts,
)

PARAMETERS: dict[str, Any] = {
    "taxed_area": "LEGAL",
    "area_tolerance_pct": None,
    "use_migrated_values": False,
    "urban_rates": {"mode": "FLAT", "article": "5", "bands": [["0", "2"]]},
    "rural_rates": {"mode": "FLAT", "article": "6", "bands": [["0", "0.9"]]},
    "emission_fee": {"amount": "2.00", "article": "9"},
    "sbu_year": "SAME",
    "rural_follows_art_512": False,
    "land_value_article": "3",
    "building_value_article": "4",
}
LAND_VALUES = {
    "Z1": LandValue(UnitKind.URBAN, Decimal("45.5")),
    "R1": LandValue(UnitKind.RURAL, Decimal("9000")),
}
BUILDING_COSTS = {"CONCRETE": BuildingCost(Decimal("310"), 50, Decimal("20"))}


def rates(mode: str, *bands: Sequence[str]) -> dict[str, Any]:
    """A rate table as an ordinance stores it."""
    told = [{"from": start, "rate_per_mille": rate} for start, rate in bands]
    return {"mode": mode, "article": "5", "bands": told}


def ordinance(
    *,
    year: int = 2026,
    land_values: dict[str, LandValue] | None = None,
    building_costs: dict[str, BuildingCost] | None = None,
    **parameters: Any,
) -> OrdinanceFacts:
    """The made-up ordinance 001-2025 with the given parameters changed."""
    told = PARAMETERS | parameters
    for name in ("urban_rates", "rural_rates"):
        if told[name]["bands"] and isinstance(told[name]["bands"][0], list):
            told[name] = rates(told[name]["mode"], *told[name]["bands"])
    return ordinance_facts(
        municipality="1703",
        year=year,
        number="001-2025",
        parameters=told,
        land_values=LAND_VALUES if land_values is None else land_values,
        building_costs=BUILDING_COSTS if building_costs is None else building_costs,
    )


def unit(unit_id: str = "a", kind: UnitKind = UnitKind.URBAN, **facts: Any) -> UnitFacts:
    """A made-up predio of 300 m² in the zone of its kind."""
    told: dict[str, Any] = {
        "unit_id": unit_id,
        "key": f"K-{unit_id}",
        "kind": kind,
        "zone_code": "Z1" if kind is UnitKind.URBAN else "R1",
        "legal_area_m2": Decimal(300),
    }
    return UnitFacts(**(told | facts))


def appraised(
    total: Decimal, unit_id: str = "a", kind: UnitKind = UnitKind.URBAN, **facts: Any
) -> AppraisedUnit:
    """A predio whose value is given, however it came about."""
    appraisal = Appraisal(unit_id, total, Decimal("0.00"), total, ())
    return AppraisedUnit(unit(unit_id, kind, **facts), appraisal)
