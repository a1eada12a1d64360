"""Unificación: the parts end, one predio follows with all their ground, rights and burdens."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from shapely import Polygon

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.merge import BoundariesDiffer, NotContiguous
from cadastre.models import (
    BuildingVersion,
    Ficha,
    Lineage,
    ParcelVersion,
    PropertyUnit,
    Restriction,
    Right,
)
from cadastre.operations.deed.locks import PredioObserved, PredioRetired
from cadastre.operations.deed.obstacles import BurdenForbids
from cadastre.operations.merge_parcels import HoldersDiffer, merge_parcels
from gis_project.core.errors import NotFound
from tests import filings, register
from tests.cadastre.operations.ground_scenes import (
    assert_lawful,
    corners,
    key,
    opened,
    restriction,
    shape_now,
)
from tests.shapes import at, multi, rectangle, square, with_hole

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Two lots of Rosa's and a third to the north whose side has no vertex where they meet.

    +---------------------+   north (Luis)
    +----------+----------+
    |   west   |   east   |
    +----------+----------+
    """
    town = register.town()
    act = register.operation(town)
    west = register.predio(
        act, square(0, 0), key(1), number="1", titled_area_m2=Decimal("399.0000")
    )
    east = register.predio(
        act, rectangle(20, 0, 30, 20), key(2), number="2", titled_area_m2=Decimal("601.5000")
    )
    north = register.predio(act, rectangle(0, 20, 50, 20), key(3))
    rosa = register.holder(act, west, "Rosa Quishpe", "1700000001", share=Fraction(1))
    register.holder(act, east, "", share=Fraction(2, 2), party=rosa.party)
    register.holder(act, north, "Luis Quishpe", "1700000019", share=Fraction(1))
    return town, act, west, east, north


def merge(town, units, **fields):
    told = {"units": units, "filing": filings.complete(town, "merge_parcels")} | fields
    return merge_parcels(**told)


def test_one_predio_has_exactly_the_ground_and_the_holders_of_both(scene):
    town, _, west, east, _ = scene
    outcome = merge(town, [west, east])
    merged = outcome.after[-1]
    assert merged.legal_area_m2 == Decimal("1000.0000")
    assert merged.titled_area_m2 == Decimal("1000.5000")
    assert [right[1:] for right in merged.rights] == [("OWNERSHIP", 1, 1)]
    assert merged.key == key(4)
    assert [state.state for state in outcome.after] == ["RETIRED", "RETIRED", "ACTIVE"]
    edges = Lineage.objects.filter(child=merged.parcel_id).values_list("parent_id", flat=True)
    assert set(edges) == {west.parcel_id, east.parcel_id}
    assert_lawful(outcome)


def test_one_of_the_keys_may_stay(scene):
    town, _, west, east, _ = scene
    assert merge(town, [west, east], key=key(2)).after[-1].key == key(2)


def test_other_holders_or_shares_are_refused(scene):
    town, _, west, _, north = scene
    with pytest.raises(HoldersDiffer):
        merge(town, [west, north])


def test_what_is_seized_is_not_merged(scene):
    town, act, west, east, _ = scene
    restriction(act, east, kind="SEIZURE")
    with pytest.raises(BurdenForbids):
        merge(town, [west, east])


def test_each_burden_is_kept_and_says_where_it_lay(scene):
    town, act, west, east, _ = scene
    restriction(act, east, amount=Decimal("9000.00"), rank=1, description="Banco de prueba")
    outcome = merge(town, [west, east])
    (kept,) = Restriction.objects.known().filter(unit=outcome.after[-1].unit_id)
    assert kept.description == f"Banco de prueba [solo sobre lo que fue {key(2)}]"
    assert outcome.notes == (f"Hipoteca: solo sobre {key(2)}.",)
    assert outcome.facts["burdens_on_parts"][0]["parts"] == [str(east.pk)]


def test_a_burden_that_bound_all_parts_binds_the_whole_once(scene):
    town, act, west, east, _ = scene
    first = restriction(act, west, amount=Decimal("9000.00"), rank=1)
    restriction(act, east, amount=Decimal("9000.00"), rank=1, encumbrance_id=first.encumbrance_id)
    outcome = merge(town, [west, east])
    (kept,) = Restriction.objects.known().filter(unit=outcome.after[-1].unit_id)
    assert (kept.encumbrance_id, kept.description) == (first.encumbrance_id, "")
    assert outcome.notes == ()


def test_lots_that_do_not_touch_are_united_only_when_declared(scene):
    town, act, west, _, _ = scene
    far = register.predio(act, square(200, 0), key(9))
    register.holder(act, far, "", share=Fraction(1), party=Right.objects.get(unit=west).party)
    with pytest.raises(NotContiguous):
        merge(town, [west, far])
    outcome = merge(town, [west, far], allow_parts=True)
    assert outcome.after[-1].geom.geom_type == "MultiPolygon"
    assert len(outcome.after[-1].geom.geoms) == 2
    assert_lawful(outcome)


def test_a_multipart_lot_and_one_with_a_courtyard_keep_parts_and_hole(scene):
    """A lot in two parts, the one touching a lot whose courtyard is another's."""
    town, act, _, _, _ = scene
    pair = register.predio(act, multi(square(100, 0), square(100, 60)), key(20))
    ring = register.predio(act, with_hole(120, 0), key(21))
    yard = register.predio(act, Polygon(with_hole(120, 0).interiors[0].coords), key(22))
    for unit in (pair, ring):
        register.holder(act, unit, "", share=Fraction(1), party=Right.objects.first().party)
    outcome = merge(town, [pair, ring])
    merged = outcome.after[-1]
    assert merged.legal_area_m2 == Decimal("1164.0000")
    assert sorted(len(part.interiors) for part in merged.geom.geoms) == [0, 1]
    assert shape_now(yard).area == 36
    assert_lawful(outcome)


def test_at_a_t_junction_the_third_lot_gets_the_vertex(scene):
    """West's corner stands on the bare side of the tall lot to its east: the members share it, the third too.

    +----+--------+
    | b  |        |
    +----+  tall  |   b and tall become one; a has the corner already
    | a  |        |
    +----+--------+
    """
    town, act, *_ = scene
    party = Right.objects.first().party
    a = register.predio(act, rectangle(0, 100, 20, 20.001), key(30))
    b = register.predio(act, rectangle(0, 120.001, 20, 20), key(31))
    tall = register.predio(
        act, Polygon([at(20, 100), at(61, 100), at(61, 140.001), at(20, 140.001)]), key(32)
    )
    for unit in (b, tall):
        register.holder(act, unit, "", share=Fraction(1), party=party)
    outcome = merge(town, [b, tall])
    assert at(20, 120.001) in corners(outcome.after[-1].geom)
    assert at(20, 120.001) in corners(shape_now(a))
    assert_lawful(outcome)


def test_lots_with_a_gap_between_them_are_adjusted_first(scene):
    town, act, west, *_ = scene
    beside = register.predio(
        act, Polygon([at(-20, 0), at(0, 0), at(-0.05, 10), at(0, 20), at(-20, 20)]), key(40)
    )
    register.holder(act, beside, "", share=Fraction(1), party=Right.objects.get(unit=west).party)
    with pytest.raises((BoundariesDiffer, NotContiguous)):
        merge(town, [west, beside])


def test_buildings_and_the_larger_lots_ficha_move_over(scene):
    town, act, west, east, _ = scene
    house = BuildingVersion.objects.create(
        parcel=west.parcel,
        unit=west,
        geom=register.geos(square(2, 2, 5)),
        structure="ADOBE",
        floor_area_m2=Decimal("25"),
        **opened(act),
    )
    Ficha.objects.create(unit=west, answers={"a": "1"}, **opened(act))
    Ficha.objects.create(unit=east, answers={"a": "2", "front_1_m": "20"}, **opened(act))
    outcome = merge(town, [west, east])
    merged = outcome.after[-1]
    moved = BuildingVersion.objects.known().get(
        building_id=house.building_id, valid__upper_inf=True
    )
    assert (moved.parcel_id, moved.unit_id) == (merged.parcel_id, merged.unit_id)
    (ficha,) = Ficha.objects.known().filter(unit=merged.unit_id)
    assert ficha.answers == {"a": "2"}
    assert "La ficha es la del lote mayor: revísela." in outcome.notes
    assert any("«Frente principal»" in note for note in outcome.notes)


def test_a_dry_run_shows_the_same_and_leaves_nothing(scene):
    town, _, west, east, _ = scene
    filing = filings.complete(town, "merge_parcels")
    versions = ParcelVersion.objects.count()
    rehearsed = merge_parcels(units=[west, east], filing=replace(filing, dry_run=True))
    assert ParcelVersion.objects.count() == versions
    done = merge_parcels(units=[west, east], filing=filing)
    assert [state.geom_hash for state in rehearsed.after] == [s.geom_hash for s in done.after]
    assert [line[1:] for line in rehearsed.ledger] == [line[1:] for line in done.ledger]


def test_without_documents_it_is_refused_and_the_dry_run_lists_them(scene):
    town, _, west, east, _ = scene
    filing = replace(filings.complete(town, "merge_parcels"), sources=[])
    with pytest.raises(SourcesMissing, match="autorización de unificación"):
        merge_parcels(units=[west, east], filing=filing)
    rehearsed = merge_parcels(units=[west, east], filing=replace(filing, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["sources_missing"] * 2


def test_observed_retired_and_strange_predios_are_refused(scene):
    town, _, west, east, _ = scene
    elsewhere = register.town("celica", "1103")
    stranger = register.predio(register.operation(elsewhere), square(20, -40), key(77))
    with pytest.raises(NotFound):
        merge(town, [west, stranger])
    PropertyUnit.objects.filter(pk=east.pk).update(state="OBSERVED")
    with pytest.raises(PredioObserved):
        merge(town, [west, east])
    PropertyUnit.objects.filter(pk=east.pk).update(state="RETIRED")
    with pytest.raises(PredioRetired):
        merge(town, [west, east])


def test_a_predio_named_twice_is_one(scene):
    town, _, west, *_ = scene
    with pytest.raises(NotContiguous, match="añada el otro"):
        merge(town, [west, west])
