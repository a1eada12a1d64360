"""Ajuste de linderos: both neighbours go on, their total is kept, nobody else loses a millimetre."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from shapely import LineString, Polygon

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.adjust import NotTheirBoundary
from cadastre.geometry.vertex_intents import InsertVertex, MoveVertex, VertexNotMovable
from cadastre.models import (
    BuildingVersion,
    Lineage,
    Observation,
    ParcelVersion,
    PropertyUnit,
    Right,
    ToleratedOverlap,
)
from cadastre.operations.adjust_boundary import (
    VERB,
    BoundaryUnchanged,
    ByNewLines,
    ByVertices,
    adjust_boundary,
)
from cadastre.operations.deed.mend import OverlapGrows
from cadastre.operations.deed.obstacles import BurdenForbids, DebtsOpen
from cadastre.operations.deed.rows import OutOfOrder, RegisterMovedOn
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.split_parcel import ByLines, split_parcel
from cadastre.queries.area_tolerance import NoAreaTolerance
from cadastre.queries.former_adjustments import Moved, former_adjustments
from cadastre.valuation.facts import UnitKind
from gis_project.territory.policy import CONSOLE
from tests import filings, register
from tests.cadastre.operations.ground_scenes import (
    assert_lawful,
    corners,
    key,
    ledger_kinds,
    opened,
    restriction,
    shape_now,
    tolerance_ordinance,
)
from tests.cadastre.operations.small_town import build_town
from tests.shapes import at, multi, rectangle, square

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """Two lots, and a long one to the north without a vertex where the two meet.

    +---------------+   north
    +-------+-------+
    | west  | east  |
    +-------+-------+
    """
    town = register.town()
    act = register.operation(town)
    west = register.predio(act, square(0, 0), key(1), titled_area_m2=Decimal("400.0000"))
    east = register.predio(act, square(20, 0), key(2))
    north = register.predio(act, rectangle(0, 20, 40, 20), key(3))
    register.holder(act, west, "Rosa Quishpe", "1700000001", share=Fraction(1))
    register.holder(act, east, "Luis Quishpe", "1700000019", share=Fraction(1))
    return town, act, west, east, north


def line(*points) -> ByNewLines:
    return ByNewLines((LineString([at(x, y) for x, y in points]),))


def adjust(town, units, change, **fields):
    told = {
        "units": units,
        "change": change,
        "filing": filings.complete(town, "adjust_boundary", beyond_tolerance=True),
    } | fields
    return adjust_boundary(**told)


def test_the_line_moves_and_the_total_is_kept_exactly(scene):
    town, _, west, east, _ = scene
    outcome = adjust(town, [west, east], line((15, -5), (18, 25)))
    areas = [state.legal_area_m2 for state in outcome.after]
    assert sum(areas) == Decimal("800.0000")
    assert areas[0] < Decimal("400") < areas[1]
    assert [state.unit_id for state in outcome.after] == [west.pk, east.pk]
    assert outcome.after[0].titled_area_m2 == Decimal("400.0000")
    assert not Lineage.objects.exists()
    assert_lawful(outcome)


def test_the_third_neighbour_gets_the_new_vertex_and_keeps_its_ground(scene):
    town, _, west, east, north = scene
    before = shape_now(north)
    adjust(town, [west, east], line((15, -5), (15, 25)))
    assert at(15, 20) in corners(shape_now(north)) - corners(before)
    assert shape_now(north).equals(before)


def test_what_one_gains_the_other_loses_in_the_ledger(scene):
    town, _, west, east, _ = scene
    outcome = adjust(town, [west, east], line((15, -5), (15, 25)))
    changed = {parcel: area for parcel, kind, area in outcome.ledger if kind == "CHANGED"}
    assert changed[west.parcel_id] == Decimal("-100.0000000")
    assert changed[east.parcel_id] == Decimal("100.0000000")
    assert set(ledger_kinds(outcome)) == {"CHANGED"}


def test_rights_and_keys_stay(scene):
    town, _, west, east, _ = scene
    outcome = adjust(town, [west, east], line((15, -5), (15, 25)))
    for before, after in zip(outcome.before, outcome.after, strict=True):
        assert (before.key, before.rights, before.state) == (after.key, after.rights, after.state)
    assert not Right.objects.filter(closed_by=outcome.operation_id).exists()


def test_vertices_moved_in_the_workbench_move_in_both(scene):
    town, _, west, east, _ = scene
    bend = ByVertices((InsertVertex(at(20, 10)), MoveVertex(at(20, 10), at(23, 10))))
    outcome = adjust(town, [west, east], bend)
    assert [state.legal_area_m2 for state in outcome.after] == [Decimal("430"), Decimal("370")]
    assert at(23, 10) in corners(shape_now(west)) & corners(shape_now(east))
    assert_lawful(outcome)


def test_a_vertex_on_the_outline_does_not_take_ground_from_outside(scene):
    town, _, west, east, _ = scene
    with pytest.raises(VertexNotMovable):
        adjust(town, [west, east], ByVertices((MoveVertex(at(0, 0), at(-1, 0)),)))


def test_where_three_lots_meet_all_three_move_it(scene):
    """The vertex in which the two lots and the long one meet moves only when all three take part."""
    town, _, west, east, north = scene
    move = ByVertices((MoveVertex(at(20, 20), at(20, 18)),))
    with pytest.raises(VertexNotMovable):
        adjust(town, [west, east], move)
    outcome = adjust(town, [west, east, north], move)
    assert sum(state.legal_area_m2 for state in outcome.after) == Decimal("1600.0000")
    assert outcome.after[2].legal_area_m2 == Decimal("840.0000")
    assert_lawful(outcome)


def test_a_lot_in_two_parts_keeps_both(scene):
    town, act, west, _, _ = scene
    pair = register.predio(act, multi(square(-20, 0), square(-20, 60)), key(8))
    outcome = adjust(town, [west, pair], line((-3, -5), (-3, 25)))
    assert [state.legal_area_m2 for state in outcome.after] == [Decimal("460"), Decimal("740")]
    assert len(outcome.after[1].geom.geoms) == 2
    assert_lawful(outcome)


def test_a_line_that_parts_nobody_and_one_that_changes_nothing_are_refused(scene):
    town, _, west, east, _ = scene
    with pytest.raises(NotTheirBoundary):
        adjust(town, [west, east], line((-5, 10), (45, 10)))
    with pytest.raises(BoundaryUnchanged):
        adjust(town, [west, east], line((20, -5), (20, 25)))


def test_without_the_owners_act_it_is_refused(scene):
    town, _, west, east, _ = scene
    sources = [filings.source(town, "DEED"), filings.source(town, "INSCRIPTION")]
    filing = replace(filings.complete(town, "adjust_boundary"), sources=sources)
    with pytest.raises(SourcesMissing, match="acta de los dos propietarios"):
        adjust(town, [west, east], line((15, -5), (15, 25)), filing=filing)
    rehearsal = replace(filing, dry_run=True)
    rehearsed = adjust(town, [west, east], line((15, -5), (15, 25)), filing=rehearsal)
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["sources_missing"]


def test_ground_passes_to_another_owner_by_title_and_inscription_only(scene):
    """An act of the owners moves 20 of 400 m² (5 %), no more."""
    town, _, west, east, _ = scene
    far, filing = line((2, -5), (2, 25)), filings.complete(town, "adjust_boundary")
    with pytest.raises(NoAreaTolerance):
        adjust(town, [west, east], far, filing=filing)
    rehearsed = adjust(town, [west, east], far, filing=replace(filing, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["no_area_tolerance"]
    tolerance_ordinance(town)
    with pytest.raises(SourcesMissing, match="inscripción"):
        adjust(town, [west, east], far, filing=filing)
    rehearsed = adjust(town, [west, east], far, filing=replace(filing, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["sources_missing"] * 2
    just_beyond = line((18.999, -5), (18.999, 25))
    with pytest.raises(SourcesMissing):
        adjust(town, [west, east], just_beyond, filing=filing)
    within = adjust(town, [west, east], line((19, -5), (19, 25)), filing=filing)
    assert within.after[0].legal_area_m2 == Decimal("380")


def test_small_adjustments_add_up_to_a_conveyance(scene):
    """Three times 2.5 % of the west lot is more than the 5 % that one adjustment may move."""
    town, _, west, east, _ = scene
    tolerance_ordinance(town)
    days = [date(2026, 1, 5), date(2026, 2, 5), date(2026, 3, 5)]
    move = [line((x, -5), (x, 25)) for x in (19.5, 19, 18.5)]
    for change, day in zip(move[:2], days[:2], strict=True):
        adjust(town, [west, east], change, filing=filings.complete(town, VERB, on=day))
    with pytest.raises(SourcesMissing, match="inscripción"):
        adjust(town, [west, east], move[2], filing=filings.complete(town, VERB, on=days[2]))
    rehearsal = replace(filings.complete(town, VERB, on=days[2]), dry_run=True)
    rehearsed = adjust(town, [west, east], move[2], filing=rehearsal)
    assert "sumados los ajustes de 10 años" in rehearsed.obstacles[0].message
    by_title = filings.complete(town, VERB, beyond_tolerance=True, on=days[2])
    adjust(town, [west, east], move[2], filing=by_title)
    back = filings.complete(town, VERB, on=date(2026, 3, 9))
    adjust(town, [west, east], line((18.7, -5), (18.7, 25)), filing=back)


def test_an_adjustment_counts_from_the_day_it_is_recorded(scene):
    """The owners write into their act whatever day they like."""
    town, _, west, east, _ = scene
    tolerance_ordinance(town)
    filing = filings.complete(town, VERB, on=date(2020, 2, 5))
    adjust(town, [west, east], line((19.5, -5), (19.5, 25)), filing=filing)
    former = former_adjustments([west.parcel_id], since=date(2025, 1, 1))
    assert former == {west.parcel_id: Moved(lost_m2=Decimal(10))}


def test_what_was_adjusted_goes_on_with_the_parts_and_with_the_whole_again(scene):
    """West loses 20 of 400 m² and is divided, 95 to 285; of what it lost each part bears as much, united both."""
    town, _, west, east, _ = scene
    tolerance_ordinance(town)
    filing = filings.complete(town, VERB, on=date(2026, 1, 5))
    adjust(town, [west, east], line((19, -5), (19, 25)), filing=filing)
    cut = ByLines((LineString([at(-5, 5), at(25, 5)]),))
    filing = filings.complete(town, "split_parcel", on=date(2026, 2, 5))
    split_parcel(unit=west, cut=cut, filing=filing)
    parts = list(PropertyUnit.objects.filter(opened_by__verb="split_parcel"))
    since = date(2016, 1, 1)
    moved = former_adjustments([part.parcel_id for part in parts], since=since)
    assert sorted(one.lost_m2 for one in moved.values()) == [5, 15]
    filing = filings.complete(town, "merge_parcels", on=date(2026, 3, 5))
    merge_parcels(units=parts, filing=filing)
    (united,) = PropertyUnit.objects.filter(opened_by__verb="merge_parcels")
    assert former_adjustments([united.parcel_id], since=since) == {
        united.parcel_id: Moved(lost_m2=Decimal(20))
    }


def test_what_one_owner_moved_between_his_own_lots_does_not_count(scene):
    town, act, _, east, _ = scene
    tolerance_ordinance(town)
    own = register.predio(act, square(40, 0), key(6))
    luis = Right.objects.get(unit=east).party
    register.holder(act, own, "", share=Fraction(1), party=luis)
    adjust(
        town,
        [east, own],
        line((36, -5), (36, 25)),
        filing=filings.complete(town, VERB, on=date(2026, 1, 5)),
    )
    west = PropertyUnit.objects.get(keys__normalised=key(1))
    slight = filings.complete(town, VERB, on=date(2026, 2, 5))
    adjust(town, [west, east], line((19.5, -5), (19.5, 25)), filing=slight)


def test_one_owner_parts_his_own_lots_as_he_likes(scene):
    town, act, *_ = scene
    lots = [register.predio(act, square(20 * n, 100), key(10 + n)) for n in (0, 1)]
    rosa = register.holder(act, lots[0], "Inés Caiza", "1710034073", share=Fraction(1)).party
    register.holder(act, lots[1], "", share=Fraction(1), party=rosa)
    filing = filings.complete(town, "adjust_boundary")
    outcome = adjust(town, lots, line((2, 95), (2, 125)), filing=filing)
    assert outcome.after[0].legal_area_m2 == Decimal("40")


def test_a_seizure_stops_it_unless_a_judge_orders_it(scene):
    town, act, west, east, _ = scene
    restriction(act, east, kind="SEIZURE")
    with pytest.raises(BurdenForbids):
        adjust(town, [west, east], line((15, -5), (15, 25)))


def test_debts_stop_it():
    town = build_town()
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    lots = list(PropertyUnit.objects.filter(number__in=("1", "2")).order_by("number"))
    with pytest.raises(DebtsOpen):
        adjust(town, lots, line((15, -5), (15, 25)))


def test_a_dry_run_shows_the_same_and_leaves_nothing(scene):
    town, _, west, east, _ = scene
    filing = filings.complete(town, "adjust_boundary", beyond_tolerance=True)
    change = line((15, -5), (15, 25))
    versions = ParcelVersion.objects.count()
    rehearsed = adjust(town, [west, east], change, filing=replace(filing, dry_run=True))
    assert ParcelVersion.objects.count() == versions
    done = adjust(town, [west, east], change, filing=filing)
    assert [s.geom_hash for s in rehearsed.after] == [s.geom_hash for s in done.after]
    assert rehearsed.ledger == done.ledger


def test_an_older_revision_or_an_earlier_day_is_refused(scene):
    town, _, west, east, _ = scene
    change = line((15, -5), (15, 25))
    stale = filings.complete(town, "adjust_boundary", revisions={east.pk: 5})
    with pytest.raises(RegisterMovedOn):
        adjust(town, [west, east], change, filing=stale)
    early = filings.complete(
        town, "adjust_boundary", on=register.EPOCH.replace(year=2019), beyond_tolerance=True
    )
    with pytest.raises(OutOfOrder):
        adjust(town, [west, east], change, filing=early)


def test_a_building_left_on_the_others_ground_is_told(scene):
    town, act, west, east, _ = scene
    BuildingVersion.objects.create(
        parcel=west.parcel,
        unit=west,
        geom=register.geos(square(14, 2, 5)),
        structure="ADOBE",
        floor_area_m2=Decimal("25"),
        **opened(act),
    )
    outcome = adjust(town, [west, east], line((15, -5), (15, 25)))
    assert outcome.notes == (
        "El nuevo lindero deja parte de una edificación en el otro predio: revísela.",
    )


def test_an_overlap_taken_over_with_a_third_stays_observed_until_it_ends():
    """Two lots overlapped when they were imported; the act on one of them and its neighbour ends that.

    +------+======+------+
    | left |======| mid  | far |     mid's west side moves off left with the vertices of mid and far only
    """
    town = register.town()
    imported = register.operation(town, verb="import_parcels")
    left = register.predio(imported, square(0, 0), key(1), is_observed=True)
    mid = register.predio(
        imported, Polygon([at(19, 0), at(40, 0), at(40, 20), at(19, 20)]), key(2), is_observed=True
    )
    low, high = sorted([left.parcel_id, mid.parcel_id])
    pair = ToleratedOverlap.objects.create(
        municipality=town,
        parcel_low_id=low,
        parcel_high_id=high,
        area_m2=20,
        width_m=1,
        operation=imported,
    )
    for one, other in ((left, mid), (mid, left)):
        Observation.objects.create(
            municipality=town,
            parcel=one.parcel,
            code="overlap",
            message="Se traslapa.",
            detail={"other": str(other.parcel_id)},
            operation=imported,
        )
    PropertyUnit.objects.update(state="OBSERVED")
    far = register.predio(imported, square(40, 0), key(3))
    outcome = adjust(town, [mid, far], line((35, -5), (35, 25)))
    pair.refresh_from_db()
    assert pair.resolved_by is None
    assert [state.state for state in outcome.after] == ["OBSERVED", "ACTIVE"]


def test_an_overlap_taken_over_never_grows():
    """Both lots of the right overlap the left one by a metre; the line between them moves down.

    +------+=+-----+
    |      |=| up  |     up would take half of what low shares with left
    | left |=+-----+
    |      |=| low |
    +------+=+-----+
    """
    town = register.town()
    imported = register.operation(town, verb="import_parcels")
    left, low, up = (
        register.predio(imported, shape, key(number), is_observed=True)
        for number, shape in enumerate(
            (square(0, 0), rectangle(19, 0, 21, 10), rectangle(19, 10, 21, 10)), 1
        )
    )
    for other in (low, up):
        first, second = sorted([left.parcel_id, other.parcel_id])
        ToleratedOverlap.objects.create(
            municipality=town,
            parcel_low_id=first,
            parcel_high_id=second,
            area_m2=10,
            width_m=1,
            operation=imported,
        )
    with pytest.raises(OverlapGrows, match=r"10,00 m² a 15,00 m²"):
        adjust(town, [low, up], line((15, 5), (45, 5)))
    register.settle()
