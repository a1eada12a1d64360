"""Baja: the predio leaves with its ground, for a reason, and only when nobody else's right stands on it."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from shapely import LineString

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import (
    BuildingVersion,
    KeyAlias,
    Lineage,
    Observation,
    ParcelVersion,
    PropertyUnit,
    Right,
)
from cadastre.operations.deed.locks import PredioRetired
from cadastre.operations.deed.obstacles import DebtsOpen
from cadastre.operations.deed.perform import ReasonMissing
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.retire_parcel import RightsStand, retire_parcel
from cadastre.operations.split_parcel import ByLines, GroundShared, OnlyPlainPredio, split_parcel
from cadastre.valuation.facts import UnitKind
from gis_project.territory.policy import CONSOLE
from tests import filings, register
from tests.cadastre.operations.ground_scenes import (
    assert_lawful,
    key,
    ledger_kinds,
    opened,
    restriction,
    shape_now,
)
from tests.cadastre.operations.small_town import build_town
from tests.shapes import at, multi, square, with_hole

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """A lot in two parts, one with a courtyard, that was registered by mistake."""
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, multi(square(0, 0), with_hole(40, 0)), key(1), number="7")
    rosa = register.holder(act, lot, "Rosa Quishpe", "1700000001", share=Fraction(1))
    return town, act, lot, rosa


def retire(town, unit, **fields):
    return retire_parcel(unit=unit, filing=filings.complete(town, "retire_parcel", **fields))


def test_it_leaves_with_its_ground_and_nobody_follows(scene):
    town, _, lot, _ = scene
    outcome = retire(town, lot, reason="ingresado dos veces")
    (after,) = outcome.after
    assert (after.state, after.key, after.geom, after.rights) == ("RETIRED", None, None, ())
    assert ledger_kinds(outcome) == {
        "CLOSED": Decimal("-764.0000000"),
        "LEFT": Decimal("764.0000000"),
    }
    assert not Lineage.objects.exists()
    for model in (ParcelVersion, Right, KeyAlias):
        assert not model.objects.known().filter(valid__upper_inf=True).exists()
    assert_lawful(outcome)


def test_the_ground_is_free_again_and_the_key_too(scene):
    town, act, lot, _ = scene
    retire(town, lot)
    since = {"valid": (filings.INSCRIBED_ON, None)}
    register.place_parcel(act, square(0, 0), **since)
    register.settle()


def test_burdens_and_rights_of_others_stop_it(scene):
    town, act, lot, _ = scene
    restriction(act, lot, amount=Decimal("9000.00"), rank=1)
    register.holder(act, lot, "Inés Caiza", "1710034073", share=None, kind="USUFRUCT")
    with pytest.raises(RightsStand, match="hipoteca, usufructo"):
        retire(town, lot)
    rehearsed = retire(town, lot, dry_run=True)
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["rights_stand"]


def test_a_court_order_overrides_them(scene):
    town, act, lot, _ = scene
    restriction(act, lot, kind="CLAIM")
    outcome = retire(town, lot, sources=[filings.source(town, "COURT_ORDER")])
    assert outcome.after[0].encumbrances == ()


def test_a_usufruct_of_the_owner_himself_does_not(scene):
    town, act, lot, rosa = scene
    register.holder(act, lot, "", share=None, kind="USUFRUCT", party=rosa.party)
    assert retire(town, lot).after[0].state == "RETIRED"


def test_a_predio_without_map_leaves_without_a_ledger_and_its_observations_are_settled(scene):
    town, act, *_ = scene
    unit = PropertyUnit.objects.create(municipality=town, opened_by=act, state="OBSERVED")
    register.add_key(act, unit, key(9))
    Observation.objects.create(
        municipality=town, unit=unit, code="without_map", message="Sin mapa.", operation=act
    )
    outcome = retire(town, unit)
    assert (outcome.ledger, outcome.after[0].state) == ((), "RETIRED")
    assert not Observation.objects.filter(resolved_by=None).exists()
    assert_lawful(outcome)


def test_ground_that_another_predio_has_too_stays_with_it(scene):
    town, act, lot, _ = scene
    other = PropertyUnit.objects.create(municipality=town, opened_by=act, parcel=lot.parcel)
    register.add_key(act, other, key(9))
    cut = ByLines((LineString([at(10, -5), at(10, 25)]),))
    with pytest.raises(GroundShared):
        split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    outcome = retire(town, lot)
    assert (outcome.ledger, outcome.after[0].state) == ((), "RETIRED")
    assert shape_now(other).area == pytest.approx(764)
    assert_lawful(outcome)
    split = split_parcel(unit=other, cut=cut, filing=filings.complete(town, "split_parcel"))
    assert split.after[0].state == "RETIRED"


def test_whoever_worked_on_the_predio_that_receives_the_buildings_is_told(scene):
    town, act, lot, _ = scene
    other = PropertyUnit.objects.create(municipality=town, opened_by=act, parcel=lot.parcel)
    before = PropertyUnit.objects.get(pk=other.pk).revision
    BuildingVersion.objects.create(
        parcel=lot.parcel,
        unit=lot,
        geom=register.geos(square(2, 2)),
        floor_area_m2=64,
        structure="CONCRETE",
        **opened(act),
    )
    retire(town, lot)
    assert PropertyUnit.objects.get(pk=other.pk).revision == before + 1


def test_a_matrix_of_a_condominium_is_not_retired_so(scene):
    town, _, lot, _ = scene
    PropertyUnit.objects.filter(pk=lot.pk).update(is_taxable=False)
    with pytest.raises(OnlyPlainPredio):
        retire(town, PropertyUnit.objects.get(pk=lot.pk))


def test_it_needs_a_reason_and_its_documents(scene):
    town, _, lot, _ = scene
    with pytest.raises(ReasonMissing):
        retire(town, lot, reason=" ")
    with pytest.raises(SourcesMissing, match="resolución motivada"):
        retire(town, lot, sources=[])


def test_a_dry_run_shows_the_same_and_leaves_nothing(scene):
    town, _, lot, _ = scene
    filing = filings.complete(town, "retire_parcel")
    rehearsed = retire_parcel(unit=lot, filing=replace(filing, dry_run=True))
    assert PropertyUnit.objects.get(pk=lot.pk).state == "ACTIVE"
    done = retire_parcel(unit=lot, filing=filing)
    assert rehearsed.ledger == done.ledger
    assert [s.plain() for s in rehearsed.after] == [s.plain() for s in done.after]
    with pytest.raises(PredioRetired):
        retire_parcel(unit=lot, filing=filing)


def test_debts_stop_it_unless_a_judge_orders_it():
    town = build_town()
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    lot = PropertyUnit.objects.get(number="1")
    with pytest.raises(DebtsOpen):
        retire(town, lot)
    rehearsed = retire(town, lot, dry_run=True)
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["debts_open"]
    ordered = retire(town, lot, sources=[filings.source(town, "COURT_ORDER")])
    assert ordered.after[0].state == "RETIRED"
