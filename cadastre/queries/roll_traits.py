"""Facts of the ground that an ordinance's tables look at, as the register has them on a civil date.

Traits come from the ficha (a trait without an entry below is the ficha's variable of the same code), services and
soil classes from it too; blocks, sectors and axes from the map. What nobody answered is not there.
"""

import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from cadastre.ficha.variables import Subject, VariableType, variables_of
from cadastre.queries.roll_rows import roll_rows
from cadastre.valuation.asked_facts import AskedFacts
from cadastre.valuation.facts import WorkFacts
from cadastre.valuation.ordinance import OrdinanceFacts

FICHA_OF_TRAIT: dict[str, str] = {
    "front_m": "front_1_m",
    "depth_m": "depth_1_m",
    "distance_km": "town_distance_km",
    "location": "block_location",
    "shape": "lot_shape",
    "road": "road_surface",
}
# Which answer says that a basic service is there (COOTAD 507): the public network.
SERVICE_OF_FICHA: dict[str, tuple[str, str]] = {
    "WATER": ("water_source", "PUBLIC"),
    "SEWER": ("sanitary_sewer", "PUBLIC"),
    "ELECTRICITY": ("electricity", "PUBLIC"),
}
_M2_PER_HA = Decimal(10_000)


@dataclass(frozen=True, slots=True)
class TraitRows:
    """By predio what its ficha answers; by parcel what stands on it and where it lies."""

    traits: Mapping[UUID, Mapping[str, Decimal | str]] = field(default_factory=dict)
    services: Mapping[UUID, frozenset[str]] = field(default_factory=dict)
    soil: Mapping[UUID, tuple[tuple[str, Decimal], ...]] = field(default_factory=dict)
    works: Mapping[UUID, tuple[WorkFacts, ...]] = field(default_factory=dict)
    places: Mapping[UUID, Mapping[str, str]] = field(default_factory=dict)


def trait_rows(
    parameters: Mapping[str, Any], asked: AskedFacts, ordinance: OrdinanceFacts
) -> TraitRows:
    """Only what ``asked`` names is read; the parameters name town, day and ordinance."""
    traits: dict[UUID, Mapping[str, Decimal | str]] = {}
    services: dict[UUID, frozenset[str]] = {}
    soil: dict[UUID, tuple[tuple[str, Decimal], ...]] = {}
    named = _ficha_names(asked)
    if named or asked.soil_classes:
        codes = sorted(set(named.values()) | _service_codes(asked))
        known = variables_of(Subject.PREDIO)
        numbers = {code for code in codes if known[code].type is VariableType.NUMBER}
        rows = roll_rows("roll_fichas.sql", {**parameters, "names": codes})
        for unit_id, answers, classes in rows:
            told = dict(zip(codes, answers, strict=True))
            found: dict[str, Decimal | str] = {
                name: Decimal(told[code]) if code in numbers else told[code]
                for name, code in named.items()
                if told[code]
            }
            there = _services(told) if asked.services else None
            if there is not None:
                services[unit_id] = there
                found["services"] = "+".join(sorted(there)) or "NONE"
            traits[unit_id] = found
            if asked.soil_classes and classes:
                soil[unit_id] = _soil_classes(classes)
    return TraitRows(
        traits=traits,
        services=services,
        soil=soil,
        works=_works(parameters) if asked.works else {},
        places=_places(parameters, asked, ordinance),
    )


def _ficha_names(asked: AskedFacts) -> dict[str, str]:
    """The ficha's variable of each asked trait that the ficha has; services stand for their three."""
    known = variables_of(Subject.PREDIO)
    named = {name: FICHA_OF_TRAIT.get(name, name) for name in asked.traits}
    found = {name: code for name, code in named.items() if code in known}
    if asked.services:
        found |= {code: code for code in _service_codes(asked)}
    return found


def _service_codes(asked: AskedFacts) -> set[str]:
    return {code for code, _ in SERVICE_OF_FICHA.values()} if asked.services else set()


def _services(told: Mapping[str, str | None]) -> frozenset[str] | None:
    """The basic services that are there; None where one of them was not answered."""
    if any(told[code] is None for code, _ in SERVICE_OF_FICHA.values()):
        return None
    return frozenset(
        name for name, (code, there) in SERVICE_OF_FICHA.items() if told[code] == there
    )


def _soil_classes(rows: Any) -> tuple[tuple[str, Decimal], ...]:
    """The m² of each agrological class, in the order of the classes."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in json.loads(rows) if isinstance(rows, str) else rows:
        found[row["agrological_class"]] += Decimal(str(row["area_ha"])) * _M2_PER_HA
    return tuple(sorted(found.items()))


def _works(parameters: Mapping[str, Any]) -> dict[UUID, tuple[WorkFacts, ...]]:
    found: dict[UUID, tuple[WorkFacts, ...]] = defaultdict(tuple)
    for parcel_id, work_id, kind, quantity, built_in, conservation in roll_rows(
        "roll_works.sql", parameters
    ):
        found[parcel_id] += (
            WorkFacts(str(work_id), kind, quantity, built_in, conservation or None),
        )
    return found


def _places(
    parameters: Mapping[str, Any], asked: AskedFacts, ordinance: OrdinanceFacts
) -> dict[UUID, dict[str, str]]:
    found: dict[UUID, dict[str, str]] = defaultdict(dict)
    methods = ordinance.methods
    reach = {
        kind: str(land.axis_reach_m)
        for kind, land in (("URBAN", methods.urban_land), ("RURAL", methods.rural_land))
        if land is not None and land.axis_reach_m is not None
    }
    questions = (
        ("block_code", asked.blocks, "roll_blocks.sql"),
        ("sector_code", asked.sectors, "roll_sectors.sql"),
        ("axis_code", asked.axes and bool(reach), "roll_axes.sql"),
    )
    for name, is_asked, question in questions:
        if is_asked:
            for parcel_id, code in roll_rows(question, {**parameters, "reach": json.dumps(reach)}):
                found[parcel_id][name] = code
    return found
