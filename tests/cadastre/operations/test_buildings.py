"""Buildings enter floor by floor with their plan, and leave without being forgotten.

┌──────────┐
│  ┌────┐  │   a lot of 20 m × 20 m, a house of 8 m × 8 m in it
│  └────┘  │
└──────────┘
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest
import shapely

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.replace import ReplacementNotUsable
from cadastre.models import BuildingCost, BuildingFloor, BuildingVersion, PropertyUnit
from cadastre.operations.add_building import add_building
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.correct_attributes import FichaFlawed
from cadastre.operations.deed.buildings import (
    BuildingElsewhere,
    BuildingNotFound,
    BuildingUnfit,
    NewBuilding,
    NewFloor,
)
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.locks import PredioObserved, PredioRetired
from cadastre.operations.deed.rows import OutOfOrder
from cadastre.operations.demolish_building import demolish_building
from cadastre.operations.split_parcel import ByLines, split_parcel
from gis_project.core.errors import NotFound
from tests import filings, register
from tests.cadastre.operations.ground_scenes import assert_lawful, key, tolerance_ordinance
from tests.shapes import at, bow_tie, rectangle, square

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 1)
FLOORS = (
    NewFloor(
        number=1, area_m2=Decimal("64.00"), use="DWELLING", components={"floor_finish": "WOOD"}
    ),
    NewFloor(number=-1, area_m2=Decimal("20.50"), conservation="FAIR"),
)
HOUSE = NewBuilding(
    structure="CONCRETE",
    floors=FLOORS,
    footprint=rectangle(6, 6, 8, 8),
    built_in=2019,
    components={"roof": "SLAB", "walls": "BLOCK"},
)


@pytest.fixture
def scene():
    town = register.town()
    act = register.operation(town)
    lots = [register.predio(act, square(20 * n), key(n + 1)) for n in range(2)]
    return town, act, lots


def add(town, unit, building=HOUSE, **fields):
    filing = filings.complete(town, "add_building", **fields)
    return add_building(unit=unit, building=building, filing=filing)


def demolish(town, unit, outcome, **fields):
    filing = filings.complete(town, "demolish_building", **({"on": LATER} | fields))
    return demolish_building(unit=unit, building=UUID(outcome.facts["building"]), filing=filing)


def test_a_house_enters_with_its_floors(scene):
    town, _, (lot, _) = scene
    outcome = add(town, lot)
    house = BuildingVersion.objects.known().get()
    assert (house.parcel_id, house.unit_id, house.floors) == (lot.parcel_id, lot.pk, 2)
    assert house.floor_area_m2 == Decimal("84.50")
    assert house.valid.lower == filings.INSCRIBED_ON
    assert [(f.number, f.floor_area_m2) for f in house.floor_rows.all()] == [
        (-1, Decimal("20.50")),
        (1, Decimal("64.00")),
    ]
    assert (outcome.notes, outcome.facts["completeness"]) == ((), "1.0000")
    assert_lawful(outcome)


@pytest.mark.parametrize(
    ("changes", "note"),
    [
        ({"footprint": rectangle(16, 6, 8, 8)}, "sale del predio en 32,00"),
        ({"footprint": None}, "sin planta"),
        ({"built_in": None}, "Sin año"),
        ({"footprint": rectangle(10, 10, 8, 8)}, "se monta"),
    ],
)
def test_doubts_are_told(scene, changes, note):
    town, _, (lot, _) = scene
    add(town, lot)
    notes = " ".join(add(town, lot, replace(HOUSE, **changes)).notes)
    assert note in notes


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"footprint": square(100, 100)}, BuildingElsewhere),
        ({"footprint": bow_tie()}, ReplacementNotUsable),
        ({"floors": ()}, BuildingUnfit),
        ({"floors": (FLOORS[0], FLOORS[0])}, BuildingUnfit),
        ({"floors": (replace(FLOORS[0], number=0),)}, BuildingUnfit),
        ({"floors": (replace(FLOORS[0], area_m2=Decimal("0.005")),)}, BuildingUnfit),
        ({"floors": (replace(FLOORS[0], conservation="NUEVO"),)}, BuildingUnfit),
        ({"floors": (replace(FLOORS[0], components={"techo": 1}),)}, FichaFlawed),
        ({"structure": "CARTON"}, BuildingUnfit),
        ({"conservation": "NUEVO"}, BuildingUnfit),
        ({"built_in": 2030}, BuildingUnfit),
        ({"restored_in": 2018}, BuildingUnfit),
        ({"stage_pct": Decimal(101)}, BuildingUnfit),
        ({"components": {"roof": "ORO"}}, FichaFlawed),
    ],
)
def test_what_cannot_be_is_refused(scene, changes, refusal):
    town, _, (lot, _) = scene
    with pytest.raises(refusal):
        add(town, lot, replace(HOUSE, **changes))


def test_structures_of_the_ordinance_count(scene):
    town, _, (lot, _) = scene
    BuildingCost.objects.create(
        ordinance=tolerance_ordinance(town),
        structure="GUADUA",
        cost_per_m2=90,
        useful_life_years=20,
    )
    assert add(town, lot, replace(HOUSE, structure="GUADUA")).notes == ()
    assert "no se podrá valorar" in add(town, lot).notes[0]


def test_on_a_matrix_it_is_common_and_of_a_unit_it_is_its_own(scene):
    town, act, (lot, _) = scene
    PropertyUnit.objects.filter(pk=lot.pk).update(is_taxable=False)
    flat = PropertyUnit.objects.create(
        municipality=town, parcel=lot.parcel, kind="CONDOMINIUM", aliquot="0.5", opened_by=act
    )
    common, own = add(town, lot), add(town, flat)
    units = dict(BuildingVersion.objects.values_list("building_id", "unit_id"))
    assert units[UUID(common.facts["building"])] is None
    assert units[UUID(own.facts["building"])] == flat.pk
    with pytest.raises(BuildingNotFound):
        demolish(town, flat, common)
    with pytest.raises(BuildingNotFound):
        demolish(town, lot, own)
    assert demolish(town, flat, own)


def test_it_leaves_and_is_not_forgotten(scene):
    town, _, (lot, _) = scene
    outcome = add(town, lot)
    gone = demolish(town, lot, outcome)
    (past,) = BuildingVersion.objects.known()
    assert (past.valid.lower, past.valid.upper) == (filings.INSCRIBED_ON, LATER)
    assert [floor.number for floor in past.floor_rows.all()] == [-1, 1]
    assert gone.notes == ("El predio queda sin edificaciones: revise si paga por no edificado.",)
    assert_lawful(gone)
    with pytest.raises(BuildingNotFound):
        demolish(town, lot, outcome)


def test_a_split_keeps_the_floors_of_the_past_too(scene):
    town, _, (lot, _) = scene
    add(town, lot)
    line = shapely.LineString([at(-1, 3), at(21, 3)])
    filing = filings.complete(town, "split_parcel", on=LATER)
    split_parcel(unit=lot, cut=ByLines((line,)), filing=filing)
    rows = BuildingVersion.objects.known().order_by("valid")
    assert [row.valid.lower for row in rows] == [filings.INSCRIBED_ON, LATER]
    assert [[f.number for f in row.floor_rows.all()] for row in rows] == [[-1, 1], [-1, 1]]


def test_states_documents_order_and_town(scene):
    town, act, (lot, neighbour) = scene
    with pytest.raises(SourcesMissing, match="permiso de construcción"):
        add(town, lot, sources=[])
    outcome = add(town, lot)
    with pytest.raises(SourcesMissing, match="permiso de demolición"):
        demolish(town, lot, outcome, sources=[])
    with pytest.raises(OutOfOrder):
        demolish(town, lot, outcome, on=date(2026, 1, 1))
    with pytest.raises(BuildingNotFound):
        demolish(town, neighbour, outcome)
    with pytest.raises(NoGround):
        add(town, PropertyUnit.objects.create(municipality=town, opened_by=act))
    celica = register.town("celica", "1104")
    with pytest.raises(NotFound):
        carry_out_act(
            "demolish_building",
            {"unit": str(lot.pk), "building": outcome.facts["building"]},
            municipality=celica,
            filing=filings.complete(celica, "demolish_building"),
        )
    for state, refusal in (("OBSERVED", PredioObserved), ("RETIRED", PredioRetired)):
        PropertyUnit.objects.filter(pk=lot.pk).update(state=state)
        with pytest.raises(refusal):
            add(town, lot)


def test_dry_runs_through_the_doors_leave_nothing(scene):
    town, *_ = scene
    told = {
        "unit": key(1),
        "structure": "CONCRETE",
        "built_in": 2019,
        "floors": [{"number": 1, "area_m2": "64.00", "components": {"bathrooms": 1}}],
        "footprint": shapely.to_wkt(rectangle(6, 6, 8, 8)),
    }
    for dry_run in (True, False):
        filing = filings.complete(town, "add_building", dry_run=dry_run)
        outcome = carry_out_act("add_building", told, municipality=town, filing=filing)
        assert outcome.facts["floor_area_m2"] == "64.00"
        assert BuildingFloor.objects.count() == (0 if dry_run else 1)
    gone = {"unit": key(1), "building": outcome.facts["building"]}
    filing = filings.complete(town, "demolish_building", on=LATER, dry_run=True)
    carry_out_act("demolish_building", gone, municipality=town, filing=filing)
    assert BuildingVersion.objects.known().get().valid.upper is None
    with pytest.raises(BuildingNotFound):
        carry_out_act(
            "demolish_building", gone | {"building": str(uuid4())}, municipality=town, filing=filing
        )
