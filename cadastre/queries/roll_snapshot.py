"""The register as an emission sees it: predios with their facts and taxpayers on one civil date."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from cadastre.models import MigratedValue as MigratedValueRow
from cadastre.queries.ordinances import facts_of
from cadastre.queries.roll_rows import roll_rows
from cadastre.queries.roll_standing import StandingRows, standing_of, standing_rows
from cadastre.queries.roll_traits import TraitRows, trait_rows
from cadastre.taxation.national_law import national_law
from cadastre.valuation.aliquot import part_of_area
from cadastre.valuation.asked_facts import AskedFacts, asked_facts
from cadastre.valuation.facts import BuildingFacts, MigratedValue, UnitFacts, UnitKind, WorkFacts
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.tax_standing import NOTHING_KNOWN, TaxStanding
from gis_project.territory.models import Municipality, Ordinance


@dataclass(frozen=True, slots=True)
class RollUnit:
    """A taxable predio: what it is (None without ground and so without kind), where, and who is taxed.

    ``standing`` is what its tax looks at beside the value; it tells of persons and stays with the emission.
    """

    unit_id: UUID
    key: str
    number: str
    parish_code: str
    facts: UnitFacts | None
    holders: tuple[UUID, ...]
    standing: TaxStanding = NOTHING_KNOWN


def roll_units(
    *,
    municipality: Municipality,
    ordinance: Ordinance,
    year: int,
    facts: OrdinanceFacts | None = None,
) -> Iterator[RollUnit]:
    """The taxable predios as they stood on 31 December before ``year`` (COOTAD Art. 511), ordered by key.

    ``facts`` are the ordinance's, where the caller has read them; they say which facts are looked at.
    """
    rules = facts_of(ordinance, year=year) if facts is None else facts
    asked = asked_facts(rules)
    parameters = {
        "town": municipality.pk,
        "day": date(year - 1, 12, 31),
        "year": year,
        "ordinance": ordinance.pk,
    }
    own, common = _buildings(parameters, _has_traits(rules))
    standing = standing_rows(parameters, asked)
    traits = trait_rows(parameters, asked, rules)
    migrated = _migrated(municipality, year)
    free_codes = frozenset(code for code, _ in national_law(year).unbuilt_land.free)
    for row in roll_rows("roll_units.sql", parameters):
        unit_id, key, number, kind, zone, legal, titled, aliquot, parcel_id, parish = row
        holders = standing.holders.get(unit_id, ())
        unit = None
        if kind is not None:
            buildings = own.get(unit_id, ()) + tuple(
                replace(building, is_common=True) if aliquot is not None else building
                for building in common.get(parcel_id, ())
            )
            unit = UnitFacts(
                unit_id=str(unit_id),
                key=key,
                kind=UnitKind(kind),
                zone_code=zone,
                legal_area_m2=legal,
                titled_area_m2=titled,
                aliquot=aliquot,
                buildings=buildings,
                migrated=migrated.get(unit_id),
                holder_classes=tuple(holder.kind for holder in holders),
                traits=_traits(unit_id, parcel_id, traits, asked),
                soil_classes=traits.soil.get(unit_id, ()),
                works=tuple(_work(work, aliquot) for work in traits.works.get(parcel_id, ())),
            )
        yield RollUnit(
            unit_id,
            key,
            number or "",
            parish,
            unit,
            tuple(holder.party_id for holder in holders),
            _standing(unit_id, standing, traits, year=year, free_codes=free_codes),
        )


def snapshot_hash(units: Sequence[RollUnit]) -> str:
    """SHA-256 over the facts of all taxable predios in their order: the snapshot that was billed.

    One line of JSON a predio; numbers as the database writes them, days and ids as text.
    """
    digest = hashlib.sha256()
    for unit in units:
        told = [*_identity(unit), *_told(unit), *_stands(unit.standing)]
        line = json.dumps(told, default=str, ensure_ascii=False, sort_keys=True)
        digest.update(line.encode() + b"\n")
    return digest.hexdigest()


def _identity(unit: RollUnit) -> list[Any]:
    return [unit.unit_id, unit.key, sorted(unit.holders)]


def _told(unit: RollUnit) -> list[Any]:
    facts = unit.facts
    if facts is None:
        return [None]
    told: list[Any] = [
        facts.kind,
        facts.zone_code,
        facts.legal_area_m2,
        facts.titled_area_m2,
        facts.aliquot,
        sorted(facts.holder_classes),
        [
            [b.building_id, b.structure, b.floor_area_m2, b.built_in, b.is_common, b.condition]
            + ([dict(b.traits)] if b.traits else [])
            for b in facts.buildings
        ],
        facts.migrated and [facts.migrated.year, facts.migrated.total],
    ]
    if facts.traits or facts.soil_classes or facts.works:
        works = [[w.work_id, w.code, w.quantity, w.built_in, w.condition] for w in facts.works]
        told.append([dict(facts.traits), [list(part) for part in facts.soil_classes], works])
    return [told]


def _stands(standing: TaxStanding) -> list[Any]:
    holders = [
        [h.taxpayer_id, str(h.share), h.born_on, h.income, h.patrimony, h.disability_pct]
        for h in standing.holders
    ]
    lot, mortgage = standing.lot, standing.mortgage
    others = [
        [[g.code, g.from_year, g.until_year, g.part, g.amount, g.act] for g in standing.grants],
        mortgage and [mortgage.balance, mortgage.requested_on],
        None if lot.services is None else sorted(lot.services),
        [lot.transferred_in, lot.disaster_in, lot.free_code],
        [lot.promotion_declared_on, lot.obsolete_notified_on],
        dict(standing.quantities),
    ]
    return [holders, others] if others != _NO_OTHERS else [holders]


_NO_OTHERS: list[Any] = [[], None, None, [None, None, ""], [None, None], {}]


def _standing(
    unit_id: UUID,
    rows: StandingRows,
    traits: TraitRows,
    *,
    year: int,
    free_codes: frozenset[str],
) -> TaxStanding:
    services = traits.services.get(unit_id)
    return standing_of(unit_id, rows, year=year, free_codes=free_codes, services=services)


def _traits(
    unit_id: UUID, parcel_id: UUID | None, rows: TraitRows, asked: AskedFacts
) -> Mapping[str, Decimal | str]:
    if not (rows.traits or rows.places):
        return {}
    answered = rows.traits.get(unit_id, {})
    named = {name: told for name, told in answered.items() if name in asked.traits}
    return {**named, **(rows.places.get(parcel_id, {}) if parcel_id else {})}


def _work(work: WorkFacts, aliquot: Decimal | None) -> WorkFacts:
    """Works stand on the lot: of a condominium each unit has its aliquot of them."""
    if aliquot is None:
        return work
    return replace(work, quantity=part_of_area(work.quantity, aliquot)[0])


def _has_traits(rules: OrdinanceFacts) -> bool:
    return bool(rules.methods.building_factors)


def _buildings(
    parameters: Mapping[str, Any], with_traits: bool
) -> tuple[dict[UUID, tuple[BuildingFacts, ...]], dict[UUID, tuple[BuildingFacts, ...]]]:
    own: dict[UUID, tuple[BuildingFacts, ...]] = defaultdict(tuple)
    common: dict[UUID, tuple[BuildingFacts, ...]] = defaultdict(tuple)
    for row in roll_rows("roll_buildings.sql", parameters):
        parcel_id, unit_id, building_id, structure, area, built_in, condition, *rest = row
        told: dict[str, Decimal | str] = {}
        if with_traits:
            told = {
                name: value
                for name, value in zip(("use", "stage", "finishes"), rest, strict=True)
                if value not in (None, "")
            }
        building = BuildingFacts(
            str(building_id), structure, area, built_in, condition=condition or None, traits=told
        )
        if unit_id is not None:
            own[unit_id] += (building,)
        else:
            common[parcel_id] += (building,)
    return own, common


def _migrated(municipality: Municipality, year: int) -> dict[UUID, MigratedValue]:
    """The youngest migrated value of each predio that is not younger than the tax year."""
    rows = MigratedValueRow.objects.filter(municipality=municipality, year__lte=year).order_by(
        "year"
    )
    return {
        row.unit_id: MigratedValue(row.year, row.land_value, row.building_value, row.total_value)
        for row in rows
    }
