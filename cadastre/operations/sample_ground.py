"""The ground of a sample municipality: blocks, streets, limits, ordinance, land values, unit costs."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.acts.area_tolerance import SUBJECT as AREA_TOLERANCE
from cadastre.models import Block, BuildingCost, LandValueZone, Neighbourhood, Road, UrbanLimit
from cadastre.operations.sample_rows import SampleAct, insert, stored_area, stored_line
from fixtures.samples.records import SampleArea, SampleBlock, SampleTown
from gis_project.territory.models import Ordinance

RESIDUAL_PCT = Decimal("10")
PARAMETERS: dict[str, Any] = {
    "taxed_area": "LEGAL",
    "area_tolerance_pct": None,
    "use_migrated_values": False,
    "urban_rates": {
        "mode": "BRACKET",
        "article": "5",
        "bands": [
            {"from": "0", "rate_per_mille": "0.6"},
            {"from": "25000", "rate_per_mille": "0.8"},
            {"from": "75000", "rate_per_mille": "1.1"},
            {"from": "200000", "rate_per_mille": "1.5"},
        ],
    },
    "rural_rates": {
        "mode": "FLAT",
        "article": "6",
        "bands": [{"from": "0", "rate_per_mille": "0.7"}],
    },
    "emission_fee": {"amount": "2.00", "article": "9"},
    "sbu_year": "SAME",
    "rural_follows_art_512": True,
    "land_value_article": "3",
    "building_value_article": "4",
}


TOLERANCE: dict[str, Any] = {
    "urban": [
        {"from_m2": "0", "to_m2": "200", "tolerance_pct": "8"},
        {"from_m2": "200", "to_m2": "1000", "tolerance_pct": "6"},
        {"from_m2": "1000", "tolerance_pct": "4"},
    ],
    "rural": [
        {"from_m2": "0", "to_m2": "10000", "tolerance_pct": "10"},
        {"from_m2": "10000", "tolerance_pct": "7"},
    ],
    "article": "3",
}


def block_code(parish_code: str, zone: str, sector: str, block: str) -> str:
    """How a block is called within its municipality: parish, zone, sector, block."""
    return f"{parish_code[-2:]}-{zone}-{sector}-{block}"


def load_ground(act: SampleAct, town: SampleTown) -> None:
    """Blocks, neighbourhoods, roads and urban limits of the town, as rows of the register."""
    insert(Block, [_block(act, row, town.label) for row in town.blocks])
    insert(
        Neighbourhood,
        [
            Neighbourhood(**_area(act, "barrio", row), origin=town.label)
            for row in town.neighbourhoods
        ],
    )
    insert(
        UrbanLimit,
        [UrbanLimit(**_area(act, "limit", row), origin=town.label) for row in town.urban_limits],
    )
    insert(
        Road,
        [
            Road(
                **act.opened(),
                feature_id=act.identity("road", str(number)),
                name=row.name,
                origin=town.label,
                width_m=Decimal(str(row.width_m)),
                geom=stored_line(row.geometry),
            )
            for number, row in enumerate(town.streets)
        ],
    )


def load_ordinance(act: SampleAct, town: SampleTown) -> Ordinance:
    """An approved sample ordinance with the town's land values and unit costs."""
    ordinance = Ordinance.objects.create(
        id=act.identity("ordinance", "1"),
        municipality=act.municipality,
        number=f"MUESTRA-{town.dpa_code}-01",
        title="Ordenanza de muestra de avalúos e impuesto predial (inventada)",
        valid=DateRange(date(act.since.year, 1, 1), None),
        state=Ordinance.State.APPROVED,
        parameters=PARAMETERS,
        is_sample=True,
    )
    insert(
        LandValueZone,
        [
            LandValueZone(
                **act.opened(),
                feature_id=act.identity("zone", row.code),
                parish=act.parishes[row.parish_code],
                code=row.code,
                name=row.name,
                origin=town.label,
                ordinance=ordinance,
                kind=LandValueZone.Kind.URBAN if row.is_urban else LandValueZone.Kind.RURAL,
                value=row.value,
                geom=stored_area(row.geometry),
            )
            for row in town.value_zones
        ],
    )
    insert(
        BuildingCost,
        [
            BuildingCost(
                ordinance=ordinance,
                structure=row.structure,
                cost_per_m2=row.cost_per_m2,
                useful_life_years=row.useful_life_years,
                residual_pct=RESIDUAL_PCT,
            )
            for row in town.unit_costs
        ],
    )
    return ordinance


def load_area_tolerance(act: SampleAct, town: SampleTown) -> Ordinance:
    """An approved sample ordinance of excedentes y diferencias, all its numbers invented."""
    return Ordinance.objects.create(
        id=act.identity("ordinance", "area tolerance"),
        municipality=act.municipality,
        subject=AREA_TOLERANCE,
        number=f"MUESTRA-{town.dpa_code}-02",
        title="Ordenanza de muestra de excedentes y diferencias (inventada)",
        valid=DateRange(date(act.since.year, 1, 1), None),
        state=Ordinance.State.APPROVED,
        parameters=TOLERANCE,
        is_sample=True,
    )


def _block(act: SampleAct, row: SampleBlock, label: str) -> Block:
    code = block_code(row.parish_code, row.zone, row.sector, row.block)
    return Block(
        **act.opened(),
        feature_id=act.identity("block", code),
        parish=act.parishes[row.parish_code],
        code=code,
        zone=row.zone,
        sector=row.sector,
        origin=label,
        geom=stored_area(row.geometry),
    )


def _area(act: SampleAct, kind: str, row: SampleArea) -> dict[str, Any]:
    return {
        **act.opened(),
        "feature_id": act.identity(kind, f"{row.parish_code}/{row.name}"),
        "parish": act.parishes[row.parish_code],
        "name": row.name,
        "geom": stored_area(row.geometry),
    }
