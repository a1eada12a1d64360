"""Incorporación: new ground, a key, first holders, and neighbours that share the boundary."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from shapely import Polygon

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.overlap import OverlapsNeighbour
from cadastre.geometry.replace import ReplacementNotUsable
from cadastre.models import AdministrativeSource, ParcelVersion, PropertyUnit
from cadastre.operations.deed.perform import KeyTaken, SharesNotWhole
from cadastre.operations.register_parcel import NewGround, register_parcel
from cadastre.operations.transfer_rights import Taker
from gis_project.core.errors import NotFound
from tests import filings, register
from tests.cadastre.operations.ground_scenes import (
    assert_lawful,
    corners,
    key,
    ledger_kinds,
    shape_now,
)
from tests.shapes import at, bow_tie, rectangle, square, with_hole

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """A long lot to the north of free ground, and Rosa, who holds it."""
    town = register.town()
    act = register.operation(town)
    north = register.predio(act, rectangle(-10, 20, 60, 20), key(1))
    rosa = register.holder(act, north, "Rosa Quishpe", "1700000001", share=Fraction(1))
    return town, act, north, rosa.party


def enter(town, shape=None, *, filing=None, holders=(), **told):
    ground = NewGround(shape=shape if shape is not None else square(0, 0), kind="URBAN")
    filing = filing or filings.complete(town, "register_parcel")
    return register_parcel(municipality=town, ground=ground, filing=filing, holders=holders, **told)


def test_new_ground_enters_with_key_and_holders(scene):
    town, _, _, rosa = scene
    shares = [Taker(party=rosa, share=Fraction(1))]
    outcome = enter(town, holders=shares, key=key(50))
    (after,) = outcome.after
    assert (after.key, after.legal_area_m2, after.state) == (key(50), Decimal("400"), "ACTIVE")
    assert after.rights == ((str(rosa.pk), "OWNERSHIP", 1, 1),)
    assert ledger_kinds(outcome) == {
        "OPENED": Decimal("400.0000000"),
        "CHANGED": Decimal("0.0000000"),
        "ENTERED": Decimal("-400.0000000"),
    }
    assert outcome.before == ()
    assert_lawful(outcome)


def test_without_a_key_it_gets_the_next_lot_of_its_block_or_a_provisional_one(scene):
    town, *_ = scene
    assert enter(town, block_of=key(1)).after[0].key == key(2)
    assert enter(town, square(100, 0)).after[0].key == "P-1703-1"


def test_the_neighbour_shares_every_vertex(scene):
    town, _, north, _ = scene
    before = shape_now(north)
    outcome = enter(town)
    assert corners(shape_now(north)) - corners(before) == {at(0, 20), at(20, 20)}
    assert shape_now(north).equals(before)
    assert_lawful(outcome)


def test_three_lots_round_a_t_junction_all_share_it(scene):
    town, _, north, _ = scene
    enter(town)
    outcome = enter(town, rectangle(20, 0, 15, 20))
    assert at(20, 20) in corners(shape_now(north)) & corners(outcome.after[0].geom)
    assert at(35, 20) in corners(shape_now(north))
    assert_lawful(outcome)


def test_a_lot_fills_the_courtyard_of_another(scene):
    town, act, *_ = scene
    ring = register.predio(act, with_hole(100, 0), key(5))
    yard = Polygon(with_hole(100, 0).interiors[0].coords)
    outcome = enter(town, yard)
    assert outcome.after[0].legal_area_m2 == Decimal("36")
    assert shape_now(ring).area == 364
    assert_lawful(outcome)


def test_areas_are_those_of_the_legal_crs():
    town = register.town("orellana", "2201", legal_srid=32718)
    shape = Polygon([(x + 170_000, y) for x, y in rectangle(0, 0, 100, 100).exterior.coords])
    (after,) = enter(town, shape).after
    assert Decimal("9900") < after.legal_area_m2 < Decimal("9990")


def test_ground_of_another_is_refused_with_the_place(scene):
    town, _, north, _ = scene
    with pytest.raises(OverlapsNeighbour) as refusal:
        enter(town, rectangle(0, 0, 20, 22))
    assert refusal.value.details["parcel"] == str(north.parcel_id)
    assert (refusal.value.details["x"], refusal.value.details["y"]) == at(10, 21)
    with pytest.raises(ReplacementNotUsable):
        enter(town, bow_tie())


def test_shares_must_be_whole_and_keys_free(scene):
    town, _, _, rosa = scene
    with pytest.raises(SharesNotWhole):
        enter(town, holders=[Taker(party=rosa, share=Fraction(1, 2))])
    with pytest.raises(KeyTaken):
        enter(town, key=key(1))


def test_a_possessor_without_share_and_nobody_at_all_may_enter(scene):
    town, _, _, rosa = scene
    holder = Taker(party=rosa, share=None, kind="POSSESSION")
    assert enter(town, holders=[holder]).after[0].rights == (
        (str(rosa.pk), "POSSESSION", None, None),
    )
    assert enter(town, square(100, 0)).notes == (
        "El predio entra sin titular: regístrelo cuando lo conozca.",
    )


def test_holders_of_another_municipality_are_not_there(scene):
    _, _, _, rosa = scene
    elsewhere = register.town("celica", "1103")
    with pytest.raises(NotFound):
        enter(elsewhere, holders=[Taker(party=rosa, share=Fraction(1))])


def test_without_documents_it_is_refused(scene):
    town, *_ = scene
    filing = replace(filings.complete(town, "register_parcel"), sources=[])
    with pytest.raises(SourcesMissing, match="título inscrito"):
        enter(town, filing=filing)
    rehearsed = enter(town, filing=replace(filing, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["sources_missing"]


def test_a_dry_run_shows_the_same_and_leaves_nothing(scene):
    town, _, _, rosa = scene
    filing = filings.complete(town, "register_parcel")
    holders = [Taker(party=rosa, share=Fraction(1))]
    counts = [m.objects.count() for m in (ParcelVersion, PropertyUnit, AdministrativeSource)]
    told = {"holders": holders, "block_of": key(1)}
    rehearsed = enter(town, filing=replace(filing, dry_run=True), **told)
    assert counts == [
        m.objects.count() for m in (ParcelVersion, PropertyUnit, AdministrativeSource)
    ]
    done = enter(town, filing=filing, **told)
    assert [(s.key, s.geom_hash, s.rights) for s in rehearsed.after] == [
        (s.key, s.geom_hash, s.rights) for s in done.after
    ]
    assert [line[1:] for line in rehearsed.ledger] == [line[1:] for line in done.ledger]


def test_dominio_enters_with_its_title_and_possession_with_the_owners_act(scene):
    town, _, _, rosa = scene
    declared = replace(
        filings.complete(town, "register_parcel"), sources=[filings.source(town, "OWNERS_ACT")]
    )
    owner = [Taker(party=rosa, share=Fraction(1))]
    with pytest.raises(SourcesMissing, match="posesión"):
        enter(town, holders=owner, filing=declared)
    rehearsed = enter(town, holders=owner, filing=replace(declared, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["sources_missing"]
    possessor = [Taker(party=rosa, share=None, kind="POSSESSION")]
    assert enter(town, holders=possessor, filing=declared).after[0].rights[0][1] == "POSSESSION"
