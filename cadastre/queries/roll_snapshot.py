"""The register as an emission sees it: predios with their facts and taxpayers on one civil date."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from cadastre.models import MigratedValue as MigratedValueRow
from cadastre.valuation.facts import BuildingFacts, MigratedValue, UnitFacts, UnitKind
from gis_project.core.canonical import sha256_hex
from gis_project.territory.models import Municipality, Ordinance

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class RollUnit:
    """A taxable predio: what it is (None without ground and so without kind), where, and who is taxed."""

    unit_id: UUID
    key: str
    number: str
    parish_code: str
    facts: UnitFacts | None
    holders: tuple[UUID, ...]


def roll_units(
    *, municipality: Municipality, ordinance: Ordinance, year: int
) -> Iterator[RollUnit]:
    """The taxable predios as they stood on 31 December before ``year`` (COOTAD Art. 511), ordered by key."""
    parameters = {
        "town": municipality.pk,
        "day": date(year - 1, 12, 31),
        "ordinance": ordinance.pk,
    }
    own, common = _buildings(parameters)
    holders, classes = _holders(parameters)
    migrated = _migrated(municipality, year)
    for row in _rows("roll_units.sql", parameters):
        unit_id, key, number, kind, zone, legal, titled, aliquot, parcel_id, parish = row
        facts = None
        value = migrated.get(unit_id)
        if kind is not None:
            buildings = own.get(unit_id, ()) + tuple(
                _shared(building) if aliquot is not None else building
                for building in common.get(parcel_id, ())
            )
            facts = UnitFacts(
                unit_id=str(unit_id),
                key=key,
                kind=UnitKind(kind),
                zone_code=zone,
                legal_area_m2=legal,
                titled_area_m2=titled,
                aliquot=aliquot,
                buildings=buildings,
                migrated=value,
                holder_classes=classes.get(unit_id, ()),
            )
        yield RollUnit(unit_id, key, number or "", parish, facts, holders.get(unit_id, ()))


def snapshot_hash(units: Sequence[RollUnit]) -> str:
    """SHA-256 over the facts of all taxable predios in their order: the snapshot that was billed."""
    return sha256_hex(
        [
            [
                unit.unit_id,
                unit.key,
                sorted(unit.holders),
                None
                if unit.facts is None
                else [
                    unit.facts.kind,
                    unit.facts.zone_code,
                    unit.facts.legal_area_m2,
                    unit.facts.titled_area_m2,
                    unit.facts.aliquot,
                    sorted(unit.facts.holder_classes),
                    [
                        [b.building_id, b.structure, b.floor_area_m2, b.built_in, b.is_common]
                        for b in unit.facts.buildings
                    ],
                    unit.facts.migrated and [unit.facts.migrated.year, unit.facts.migrated.total],
                ],
            ]
            for unit in units
        ]
    )


def _rows(name: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute((_SQL / name).read_text(), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _buildings(
    parameters: Mapping[str, Any],
) -> tuple[dict[UUID, tuple[BuildingFacts, ...]], dict[UUID, tuple[BuildingFacts, ...]]]:
    own: dict[UUID, tuple[BuildingFacts, ...]] = defaultdict(tuple)
    common: dict[UUID, tuple[BuildingFacts, ...]] = defaultdict(tuple)
    for parcel_id, unit_id, building_id, structure, area, built_in in _rows(
        "roll_buildings.sql", parameters
    ):
        building = BuildingFacts(str(building_id), structure, area, built_in)
        if unit_id is not None:
            own[unit_id] += (building,)
        else:
            common[parcel_id] += (building,)
    return own, common


def _shared(building: BuildingFacts) -> BuildingFacts:
    return BuildingFacts(
        building.building_id,
        building.structure,
        building.floor_area_m2,
        building.built_in,
        is_common=True,
    )


def _holders(
    parameters: Mapping[str, Any],
) -> tuple[dict[UUID, tuple[UUID, ...]], dict[UUID, tuple[str, ...]]]:
    """The taxed holders of each predio, and their classes in the same order."""
    holders: dict[UUID, tuple[UUID, ...]] = defaultdict(tuple)
    classes: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    for unit_id, party_id, kind in _rows("roll_holders.sql", parameters):
        if party_id not in holders[unit_id]:
            holders[unit_id] += (party_id,)
            classes[unit_id] += (kind,)
    return holders, classes


def _migrated(municipality: Municipality, year: int) -> dict[UUID, MigratedValue]:
    """The youngest migrated value of each predio that is not younger than the tax year."""
    rows = MigratedValueRow.objects.filter(municipality=municipality, year__lte=year).order_by(
        "year"
    )
    return {
        row.unit_id: MigratedValue(row.year, row.land_value, row.building_value, row.total_value)
        for row in rows
    }
