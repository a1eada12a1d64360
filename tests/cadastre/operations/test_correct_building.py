"""What was told wrong of a building, or has changed, is told anew; it stays the same building.

┌──────────┐
│  ┌────┐  │   the house of test_buildings: 8 m × 8 m on a lot of 20 m × 20 m
│  └────┘  │
└──────────┘
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID, uuid4

import pytest

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import BuildingVersion
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.correct_attributes import FichaFlawed, NothingToCorrect
from cadastre.operations.correct_building import correct_building
from cadastre.operations.deed.buildings import (
    BuildingElsewhere,
    BuildingNotFound,
    BuildingUnfit,
    NewFloor,
)
from cadastre.operations.deed.perform import SecondPersonNeeded
from cadastre.operations.deed.rows import OutOfOrder
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import assert_lawful, key, opened
from tests.cadastre.operations.test_buildings import HOUSE, add
from tests.shapes import rectangle, square

pytestmark = pytest.mark.django_db
LATER, LAST = date(2026, 6, 1), date(2026, 9, 1)
THIRD = NewFloor(number=2, area_m2=Decimal("40.00"), use="DWELLING", built_in=2025)


@pytest.fixture
def scene():
    """A lot with the house on it, known since the first of March."""
    town = register.town()
    lot = register.predio(register.operation(town), square(), key(1))
    return town, lot, UUID(add(town, lot).facts["building"])


def correct(town, lot, building, was_always_so=False, filing=None, on=LATER, **changes):
    filing = filing or filings.complete(town, "correct_building", on=on)
    return correct_building(
        unit=lot, building=building, changes=changes, was_always_so=was_always_so, filing=filing
    )


def rows():
    return list(BuildingVersion.objects.known().order_by("valid"))


def numbers(row):
    return [floor.number for floor in row.floor_rows.all()]


def said(outcome):
    return {one["what"]: (one["before"], one["after"]) for one in outcome.facts["changes"]}


def test_the_third_floor_that_nobody_declared_counts_from_the_inspection_on(scene):
    town, lot, house = scene
    outcome = correct(town, lot, house, floors=(*HOUSE.floors, THIRD))
    before, after = rows()
    assert {before.building_id, after.building_id} == {house}
    assert (before.valid.upper, after.valid.lower) == (LATER, LATER)
    assert (before.floor_area_m2, after.floor_area_m2) == (Decimal("84.50"), Decimal("124.50"))
    assert (before.floors, after.floors) == (2, 3)
    assert (numbers(before), numbers(after)) == ([-1, 1], [-1, 1, 2])
    assert outcome.facts["floor_area_m2"] == "124.50"
    assert said(outcome)["floors"] == (
        "-1: 20,50 m²; 1: 64,00 m²",
        "-1: 20,50 m²; 1: 64,00 m²; 2: 40,00 m²",
    )
    assert_lawful(outcome)


def test_what_was_never_so_is_mended_for_all_its_time(scene):
    town, lot, house = scene
    correct(town, lot, house, use="COMMERCE")
    outcome = correct(town, lot, house, True, on=LAST, structure="BRICK", built_in=2001)
    assert [(row.structure, row.built_in, row.use) for row in rows()] == [
        ("BRICK", 2001, ""),
        ("BRICK", 2001, "COMMERCE"),
    ]
    assert [row.valid.lower for row in rows()] == [filings.INSCRIBED_ON, LATER]
    assert [numbers(row) for row in rows()] == [[-1, 1], [-1, 1]]
    past = BuildingVersion.objects.filter(closed_by=outcome.operation_id)
    assert {row.structure for row in past} == {"CONCRETE"}
    assert said(outcome)["built_in"] == (2019, 2001)


def test_mending_stops_where_the_register_said_something_else(scene):
    town, lot, house = scene
    correct(town, lot, house, structure="BRICK")
    correct(town, lot, house, True, on=LAST, structure="WOOD")
    assert [row.structure for row in rows()] == ["CONCRETE", "WOOD"]


def test_answers_are_merged_and_may_be_taken_back(scene):
    town, lot, house = scene
    outcome = correct(town, lot, house, components={"bathrooms": 2, "walls": None})
    assert rows()[-1].components == {"roof": "SLAB", "bathrooms": 2}
    assert said(outcome) == {"ficha.bathrooms": (None, 2), "ficha.walls": ("BLOCK", None)}
    assert outcome.facts["completeness"] == "0.5000"


def test_the_plan_follows_the_survey(scene):
    town, lot, house = scene
    outcome = correct(town, lot, house, footprint=rectangle(6, 6, 8, 9))
    assert outcome.notes == ()
    assert said(outcome)["footprint"] == ("64,00 m²", "72,00 m²")
    assert to_shapely(rows()[-1].geom).area == pytest.approx(72)
    assert numbers(rows()[-1]) == [-1, 1]
    beyond = correct(town, lot, house, on=LAST, footprint=rectangle(16, 6, 8, 8))
    assert "sale del predio en 32,00" in beyond.notes[0]


@pytest.mark.parametrize(
    ("changes", "refusal"),
    [
        ({"structure": "CONCRETE", "use": ""}, NothingToCorrect),
        ({"floors": HOUSE.floors[::-1]}, NothingToCorrect),
        ({"components": {"roof": "SLAB"}}, NothingToCorrect),
        ({"structure": ""}, BuildingUnfit),
        ({"structure": "CARTON"}, BuildingUnfit),
        ({"footprint": None}, BuildingUnfit),
        ({"owner": "Rosa"}, BuildingUnfit),
        ({"floors": ()}, BuildingUnfit),
        ({"built_in": 2030}, BuildingUnfit),
        ({"restored_in": 2018}, BuildingUnfit),
        ({"stage_pct": Decimal(101)}, BuildingUnfit),
        ({"conservation": "NUEVO"}, BuildingUnfit),
        ({"footprint": square(100, 100)}, BuildingElsewhere),
        ({"components": {"roof": "ORO"}}, FichaFlawed),
    ],
)
def test_what_cannot_be_is_refused(scene, changes, refusal):
    with pytest.raises(refusal):
        correct(*scene, **changes)


def test_what_an_old_roll_said_otherwise_stands_until_it_is_told(scene):
    town, lot, _ = scene
    act = register.operation(town)
    told = {"structure": "MIXTA", "floors": 1, "floor_area_m2": Decimal("30.00")}
    house = BuildingVersion.objects.create(parcel=lot.parcel, unit=lot, **told, **opened(act))
    outcome = correct(town, lot, house.building_id, use="COMMERCE")
    after = BuildingVersion.objects.known().get(use="COMMERCE")
    assert {name: getattr(after, name) for name in told} == told
    assert outcome.facts["floor_area_m2"] == "30.00"


def test_papers_order_second_person_and_whose_it_is(scene):
    town, lot, house = scene
    with pytest.raises(SourcesMissing, match="declaración del propietario"):
        correct(
            town, lot, house, filing=filings.complete(town, "correct_building", sources=[]), use="X"
        )
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    with pytest.raises(SecondPersonNeeded):
        correct(
            town, lot, house, filing=filings.complete(town, "correct_building", by=rosa), use="X"
        )
    with pytest.raises(OutOfOrder):
        correct(town, lot, house, on=date(2026, 1, 1), use="X")
    with pytest.raises(BuildingNotFound):
        correct(town, lot, uuid4(), use="X")


def test_through_the_door(scene):
    town, _, house = scene
    told = {
        "unit": key(1),
        "building": str(house),
        "was_always_so": False,
        "changes": {
            "built_in": None,
            "floors": [{"number": 1, "area_m2": "70.00"}],
            "footprint": rectangle(6, 6, 8, 9).wkt,
        },
    }
    filing = filings.complete(town, "correct_building", on=LATER, dry_run=True)
    for filed in (filing, replace(filing, dry_run=False)):
        outcome = carry_out_act("correct_building", told, municipality=town, filing=filed)
        assert outcome.facts["floor_area_m2"] == "70.00"
        assert said(outcome)["built_in"] == (2019, None)
    assert (len(rows()), rows()[-1].built_in) == (2, None)
