"""Fraccionamiento: the parent ends, its parts begin, and every square millimetre is accounted for."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from shapely import LineString

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.split import DoesNotCut
from cadastre.models import (
    AreaLedgerLine,
    BuildingVersion,
    Ficha,
    KeyAlias,
    Lineage,
    Operation,
    ParcelVersion,
    PropertyUnit,
    Restriction,
    Right,
)
from cadastre.operations.deed.locks import PredioObserved, PredioRetired
from cadastre.operations.deed.obstacles import BurdenForbids
from cadastre.operations.deed.rows import OutOfOrder, RegisterMovedOn
from cadastre.operations.split_parcel import ByLines, ByStrips, KeysDoNotFit, split_parcel
from cadastre.queries.unit_states import unit_states
from gis_project.territory.models import AuditEvent
from tests import filings, register
from tests.shapes import at, square

pytestmark = pytest.mark.django_db

KEY = "1703500101001001"


@pytest.fixture
def scene():
    """A lot of 20 × 20 m, a neighbour to its north, and a line that halves the lot.

    +----------+      north
    |          |
    +----|-----+
    |    |     |      lot
    +----|-----+
    """
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(0, 0, 20), f"{KEY}00000000", number="7")
    north = register.predio(act, square(0, 20, 20), "1703500101001002" + "00000000")
    rosa = register.holder(act, lot, "Rosa Quishpe", "1700000001", share=Fraction(1, 2))
    register.holder(act, lot, "Luis Quishpe", "1700000019", share=Fraction(1, 2))
    Ficha.objects.create(
        unit=lot, answers={"front_1_m": "20", "topography": "FLAT"}, **_opened(act)
    )
    Restriction.objects.create(
        unit=lot, kind="MORTGAGE", amount=Decimal("9000.00"), rank=1, **_opened(act)
    )
    cut = ByLines((LineString([at(10.0004, -10), at(10.0004, 30)]),))
    return town, lot, north, cut, rosa


def _opened(act):
    return {
        "municipality": act.municipality,
        "valid": register.EVER_SINCE,
        "recorded": (act.recorded_at, None),
        "opened_by": act,
    }


def test_parts_sum_to_the_parent_and_inherit_everything(scene):
    town, lot, _, cut, _ = scene
    outcome = split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    children = outcome.after[1:]
    assert [child.legal_area_m2 for child in children] == [Decimal("200.0000")] * 2
    assert outcome.valid_from == filings.INSCRIBED_ON
    assert sum(area for _, _, area in outcome.ledger) == 0
    for child in children:
        assert [right[1:] for right in child.rights] == [("OWNERSHIP", 1, 2)] * 2
        assert [burden[1:] for burden in child.encumbrances] == [("MORTGAGE", "9000.00")]
    assert {child.key for child in children} == {
        "1703500101001003" + "00000000",
        "1703500101001004" + "00000000",
    }
    fichas = Ficha.objects.known().filter(unit__in=[child.unit_id for child in children])
    assert [ficha.answers for ficha in fichas] == [{"topography": "FLAT"}] * 2
    assert any("«Frente principal»" in note for note in outcome.notes)
    assert [child.number for child in children] == ["8", "9"]
    assert Lineage.objects.filter(parent=lot.parcel_id).count() == 2
    lot.refresh_from_db()
    assert (lot.state, lot.revision) == (PropertyUnit.State.RETIRED, 1)


def test_the_neighbour_gets_the_vertex_and_keeps_its_area(scene):
    town, lot, north, cut, _ = scene
    split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    before, after = ParcelVersion.objects.filter(parcel=north.parcel_id).order_by("id")[0:3:2]
    assert at(10, 20) in after.geom[0][0].coords
    assert at(10, 20) not in before.geom[0][0].coords
    assert after.legal_area_m2 == before.legal_area_m2


def test_the_past_stays_as_it_was(scene):
    town, lot, _, cut, rosa = scene
    split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    (then,) = unit_states([lot.pk], on=date(2026, 3, 1))
    (now,) = unit_states([lot.pk], on=date(2026, 3, 2))
    assert then.key == f"{KEY}00000000"
    assert then.legal_area_m2 == Decimal("400.0000")
    assert len(then.rights) == 2
    assert (now.key, now.geom, now.rights) == (None, None, ())
    rosa.refresh_from_db()
    assert rosa.closed_by is not None


def test_a_dry_run_shows_the_same_and_leaves_nothing(scene):
    town, lot, _, cut, _ = scene
    filing = filings.complete(town, "split_parcel")
    counts = [model.objects.count() for model in (ParcelVersion, Right, KeyAlias, Operation)]
    audited = AuditEvent.objects.count()
    rehearsed = split_parcel(unit=lot, cut=cut, filing=replace(filing, dry_run=True))
    assert counts == [
        model.objects.count() for model in (ParcelVersion, Right, KeyAlias, Operation)
    ]
    assert AuditEvent.objects.count() == audited
    done = split_parcel(unit=lot, cut=cut, filing=filing)
    assert [state.geom_hash for state in rehearsed.after] == [s.geom_hash for s in done.after]
    assert [state.key for state in rehearsed.after] == [s.key for s in done.after]
    assert [line[1:] for line in rehearsed.ledger] == [line[1:] for line in done.ledger]


def test_without_documents_it_is_refused_and_the_dry_run_lists_them(scene):
    town, lot, _, cut, _ = scene
    filing = replace(filings.complete(town, "split_parcel"), sources=[])
    with pytest.raises(SourcesMissing, match="autorización de fraccionamiento"):
        split_parcel(unit=lot, cut=cut, filing=filing)
    rehearsed = split_parcel(unit=lot, cut=cut, filing=replace(filing, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["sources_missing"] * 2


def test_what_is_under_family_patrimony_is_not_split(scene):
    town, lot, _, cut, rosa = scene
    Restriction.objects.create(unit=lot, kind="FAMILY_PATRIMONY", **_opened(rosa.opened_by))
    with pytest.raises(BurdenForbids, match="patrimonio"):
        split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))


def test_work_on_an_older_revision_is_refused(scene):
    town, lot, _, cut, _ = scene
    PropertyUnit.objects.filter(pk=lot.pk).update(revision=3)
    filing = filings.complete(town, "split_parcel", revisions={lot.pk: 2})
    with pytest.raises(RegisterMovedOn):
        split_parcel(unit=lot, cut=cut, filing=filing)


def test_a_retired_predio_is_not_split_again(scene):
    town, lot, _, cut, _ = scene
    split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    with pytest.raises(PredioRetired):
        split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))


def test_an_observed_predio_is_mended_first(scene):
    town, lot, _, cut, _ = scene
    PropertyUnit.objects.filter(pk=lot.pk).update(state="OBSERVED")
    with pytest.raises(PredioObserved):
        split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))


def test_an_inscription_older_than_the_predio_is_out_of_order(scene):
    town, lot, _, cut, _ = scene
    filing = filings.complete(town, "split_parcel", on=date(2019, 12, 31))
    with pytest.raises(OutOfOrder, match="01/01/2020"):
        split_parcel(unit=lot, cut=cut, filing=filing)


def test_a_line_beside_the_lot_does_not_cut(scene):
    town, lot, _, _, _ = scene
    beside = ByLines((LineString([at(-10, -10), at(-10, 30)]),))
    with pytest.raises(DoesNotCut):
        split_parcel(unit=lot, cut=beside, filing=filings.complete(town, "split_parcel"))


def test_given_keys_must_be_as_many_as_lots(scene):
    town, lot, _, cut, _ = scene
    with pytest.raises(KeysDoNotFit):
        split_parcel(
            unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"), keys=["1-2-3"]
        )


def test_buildings_go_where_they_stand(scene):
    town, lot, _, cut, _ = scene
    act = register.operation(town)
    house = BuildingVersion.objects.create(
        parcel=lot.parcel,
        unit=lot,
        geom=register.geos(square(12, 2, 5)),
        floor_area_m2=Decimal("25"),
        structure="HORMIGON",
        **_opened(act),
    )
    outcome = split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    moved = BuildingVersion.objects.known().get(
        building_id=house.building_id, valid__upper_inf=True
    )
    (home,) = [s for s in outcome.after if s.parcel_id == moved.parcel_id]
    assert home.geom.bounds[0] == at(10, 0)[0]
    assert moved.unit_id == home.unit_id
    assert not any("edificación" in note for note in outcome.notes)


def test_the_ledger_lies_in_the_database_and_sums_to_zero(scene):
    town, lot, _, cut, _ = scene
    split_parcel(unit=lot, cut=cut, filing=filings.complete(town, "split_parcel"))
    lines = AreaLedgerLine.objects.order_by("area_m2").values_list("kind", "area_m2")
    assert list(lines) == [
        ("CLOSED", Decimal("-400.0000000")),
        ("CHANGED", Decimal("0.0000000")),
        ("OPENED", Decimal("200.0000000")),
        ("OPENED", Decimal("200.0000000")),
    ]


def test_more_than_ten_lots_are_an_urbanisation(scene):
    town, lot, *_ = scene
    eleven = ByStrips(11, Decimal(90), "left")
    filing = filings.complete(town, "split_parcel")
    with pytest.raises(SourcesMissing, match="urbanización"):
        split_parcel(unit=lot, cut=eleven, filing=filing)
    rehearsed = split_parcel(unit=lot, cut=eleven, filing=replace(filing, dry_run=True))
    assert [obstacle.message[:12] for obstacle in rehearsed.obstacles] == ["Son 11 lotes"]
    further = filings.complete(town, "split_parcel", beyond_tolerance=True)
    assert len(split_parcel(unit=lot, cut=eleven, filing=further).after) == 12
