"""A predio that came by its ficha alone gets its first ground; what the roll knew of it stays.

   0         20        40
20 ┌─────────┬┄┄┄┄┄┄┄┄┄┐
   │   lot   ┊ unmapped┊    title of the unmapped: 400 m², tolerance 5 %
 0 └─────────┴┄┄┄┄┄┄┄┄┄┘
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.overlap import OverlapsNeighbour
from cadastre.models import MigratedValue, Observation, PropertyUnit
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.perform import SecondPersonNeeded
from cadastre.operations.deed.survey import SurveyMissing
from cadastre.operations.deed.title_seen import TitledAreaKnown
from cadastre.operations.map_parcel import AlreadyMapped, map_parcel
from cadastre.operations.rectify_area import rectify_area
from cadastre.operations.split_parcel import GroundShared, OnlyPlainPredio
from cadastre.queries.life_of_ground import life_of_ground
from gis_project.territory.clock import today_in
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import (
    assert_lawful,
    corners,
    key,
    ledger_kinds,
    observe,
    shape_now,
    survey,
    tolerance_ordinance,
    without_map,
)
from tests.shapes import at, rectangle, square

pytestmark = pytest.mark.django_db
GROUND = square(20, 0)


@pytest.fixture
def scene():
    town = register.town()
    tolerance_ordinance(town)
    act = register.operation(town)
    lot = register.predio(act, square(), key(1))
    return town, act, lot, without_map(act, key(2))


def mapped(town, unit, shape=GROUND, *, kinds=("SURVEY",), surveys=True, told=None, **fields):
    filing = replace(
        filings.complete(town, "map_parcel", **fields),
        sources=[filings.source(town, kind) for kind in kinds],
        spatial_sources=[survey(town)] if surveys else [],
    )
    return map_parcel(unit=unit, shape=shape, filing=filing, **(told or {}))


def test_the_predio_gets_its_ground_and_keeps_all_else(scene):
    town, act, _, unit = scene
    right = register.holder(act, unit, "Rosa Quishpe", "1700000001", share=Fraction(1))
    values = {"land_value": "900.00", "building_value": "0.00", "total_value": "900.00"}
    MigratedValue.objects.create(municipality=town, unit=unit, year=2025, operation=act, **values)
    outcome = mapped(town, unit)
    (after,) = outcome.after
    assert (after.key, after.state, after.is_observed) == (key(2), "ACTIVE", False)
    assert (after.legal_area_m2, after.titled_area_m2) == (Decimal(400), Decimal(400))
    assert after.rights == ((str(right.party_id), "OWNERSHIP", 1, 1),)
    assert after.parcel_id == unit.parcel_id
    assert MigratedValue.objects.get(unit=unit).total_value == Decimal("900.00")
    assert outcome.facts["verdict"]["finding"] == "INSIDE"
    assert ledger_kinds(outcome) == {"OPENED": Decimal(400), "ENTERED": Decimal(-400)}
    assert Observation.objects.get().resolved_by_id == outcome.operation_id
    assert_lawful(outcome)
    assert [s.legal_area_m2 for s in life_of_ground(unit).spans] == [None, Decimal("400.0000")]


def test_neighbours_share_its_vertices_and_none_is_covered(scene):
    town, act, lot, unit = scene
    mapped(town, unit, rectangle(20, 5, 20, 20))
    assert at(20, 5) in corners(shape_now(lot)) & corners(shape_now(unit))
    assert life_of_ground(lot).learnt[-1].is_of_neighbour
    with pytest.raises(OverlapsNeighbour):
        mapped(town, without_map(act, key(3)), rectangle(39, 0, 20, 20))


def test_beyond_the_tolerance_a_report_answers_and_the_title_stays(scene):
    town, _, _, unit = scene
    wide = rectangle(20, 0, 30, 20)
    with pytest.raises(SourcesMissing, match="explica por qué"):
        mapped(town, unit, wide)
    rehearsed = mapped(town, unit, wide, dry_run=True)
    assert [one.code for one in rehearsed.obstacles] == ["sources_missing"]
    outcome = mapped(town, unit, wide, kinds=("SURVEY", "TECHNICAL_REPORT"))
    assert outcome.after[0].titled_area_m2 == Decimal(400)
    assert "excedentes y diferencias" in outcome.notes[0]
    assert outcome.valid_from == filings.INSCRIBED_ON


def test_a_title_that_nobody_knew_may_be_told_and_a_known_one_must_be_seen(scene):
    town, act, _, unit = scene
    with pytest.raises(TitledAreaKnown):
        mapped(town, unit, told={"titled_area_m2": Decimal(395)})
    unknown = without_map(act, key(3), titled=None)
    rehearsed = mapped(town, unknown, dry_run=True)
    assert "no sabe qué área" in rehearsed.notes[0]
    assert "verdict" not in rehearsed.facts
    outcome = mapped(town, unknown, told={"titled_area_m2": Decimal(395)})
    assert outcome.after[0].titled_area_m2 == Decimal(395)


def test_what_else_is_observed_stays_observed(scene):
    town, act, _, unit = scene
    observe(act, "no_holder", unit=unit)
    (after,) = mapped(town, unit).after
    assert (after.state, after.is_observed) == ("OBSERVED", True)
    assert Observation.objects.filter(resolved_by__isnull=True).get().code == "no_holder"


def test_the_matrix_of_a_condominium_is_mapped_for_its_units(scene):
    town, act, _, matrix = scene
    PropertyUnit.objects.filter(pk=matrix.pk).update(is_taxable=False)
    flat = PropertyUnit.objects.create(
        municipality=town,
        parcel=matrix.parcel,
        kind="CONDOMINIUM",
        aliquot="0.5",
        state="OBSERVED",
        opened_by=act,
    )
    observe(act, "without_map", unit=flat)
    with pytest.raises(OnlyPlainPredio, match="matriz"):
        mapped(town, flat)
    mapped(town, matrix)
    flat.refresh_from_db()
    assert flat.state == "ACTIVE"


def test_what_has_ground_or_none_to_give_it_to_is_refused(scene):
    town, act, lot, unit = scene
    with pytest.raises(AlreadyMapped):
        mapped(town, lot, rectangle(60, 0, 9, 9))
    bare = PropertyUnit.objects.create(municipality=town, opened_by=act)
    with pytest.raises(NoGround):
        mapped(town, bare)
    with pytest.raises(SurveyMissing):
        mapped(town, unit, surveys=False)
    with pytest.raises(SourcesMissing, match="ubica el predio"):
        mapped(town, unit, kinds=())
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    with pytest.raises(SecondPersonNeeded):
        mapped(town, unit, by=rosa)
    PropertyUnit.objects.create(
        municipality=town, parcel=unit.parcel, state="OBSERVED", opened_by=act
    )
    with pytest.raises(GroundShared):
        mapped(town, unit)


def test_once_mapped_it_is_rectified_like_any_other(scene):
    town, _, _, unit = scene
    told = {"unit": key(2), "shape": GROUND.wkt, "survey": {"method": "DIGITISED"}}
    filing = filings.complete(town, "map_parcel", dry_run=True)
    rehearsed = carry_out_act("map_parcel", told, municipality=town, filing=filing)
    assert rehearsed.valid_from == today_in(town)
    mapped(town, unit, kinds=("TECHNICAL_REPORT",))
    filing = filings.complete(town, "rectify_area", spatial_sources=[survey(town)])
    (after,) = rectify_area(unit=unit, filing=filing, surveyed=rectangle(20, 0, 21, 20)).after
    assert after.legal_area_m2 == Decimal(420)
