"""Excedentes y diferencias: the survey enters, the title changes only by resolution beyond the tolerance."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange
from shapely import Polygon

from cadastre.acts.required_sources import SourcesMissing
from cadastre.geometry.overlap import OverlapsNeighbour
from cadastre.geometry.replace import ReplacementNotUsable
from cadastre.models import (
    AdministrativeSource,
    Observation,
    ParcelVersion,
    PropertyUnit,
    ToleratedOverlap,
)
from cadastre.operations.deed.survey import SurveyMissing
from cadastre.operations.deed.title_seen import TitledAreaKnown
from cadastre.operations.rectify_area import (
    NothingToRectify,
    TitledAreaMissing,
    rectify_area,
)
from cadastre.queries.area_tolerance import NoAreaTolerance
from gis_project.territory.queries.integrity_laws import audit
from tests import filings, register
from tests.cadastre.operations.ground_scenes import (
    assert_lawful,
    corners,
    key,
    ledger_kinds,
    shape_now,
    survey,
    tolerance_ordinance,
)
from tests.shapes import at, bow_tie, multi, rectangle, square, with_hole

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    """A lot of 20 × 20 m (title: 400 m², tolerance 5 %), free ground to its east, a long neighbour to the north."""
    town = register.town()
    tolerance_ordinance(town)
    act = register.operation(town)
    lot = register.predio(act, square(0, 0), key(1), titled_area_m2=Decimal("400.0000"))
    north = register.predio(act, rectangle(-10, 20, 60, 20), key(2))
    register.holder(act, lot, "Rosa Quishpe", "1700000001", share=Fraction(1))
    return town, act, lot, north


def rectify(
    town, unit, *, kinds=("SURVEY", "TECHNICAL_REPORT"), surveys=True, dry_run=False, **told
):
    filing = replace(
        filings.complete(town, "rectify_area"),
        sources=[filings.source(town, kind) for kind in kinds],
        spatial_sources=[survey(town)] if surveys else [],
        dry_run=dry_run,
    )
    return rectify_area(unit=unit, filing=filing, **told)


BEYOND = ("SURVEY", "RESOLUTION", "INSCRIPTION")


def test_inside_the_tolerance_the_map_follows_and_the_title_stays(scene):
    town, _, lot, _ = scene
    outcome = rectify(town, lot, surveyed=rectangle(0, 0, 21, 20))
    (after,) = outcome.after
    assert (after.legal_area_m2, after.titled_area_m2) == (Decimal("420"), Decimal("400"))
    told = outcome.facts["verdict"]
    assert (told["finding"], told["difference_m2"]) == ("INSIDE", "20.0000")
    assert Decimal(told["allowed_m2"]) == 20
    assert told["lines"][3]["citation"] == "Ordenanza ETAM-1, Art. 3"
    assert ledger_kinds(outcome) == {
        "CHANGED": Decimal("20.0000000"),
        "MEASURED": Decimal("-20.0000000"),
    }
    assert_lawful(outcome)


def test_beyond_it_a_technical_report_is_not_enough(scene):
    town, _, lot, _ = scene
    wide = rectangle(0, 0, 21.001, 20)
    with pytest.raises(SourcesMissing, match="resolución de excedente"):
        rectify(town, lot, surveyed=wide)
    rehearsed = rectify(town, lot, surveyed=wide, dry_run=True)
    assert [o.code for o in rehearsed.obstacles] == ["sources_missing"] * 2
    assert rehearsed.facts["verdict"]["finding"] == "EXCESS"


def test_beyond_it_the_inscribed_resolution_rectifies_the_title(scene):
    town, _, lot, _ = scene
    outcome = rectify(town, lot, kinds=BEYOND, surveyed=rectangle(0, 0, 30, 20))
    (after,) = outcome.after
    assert after.legal_area_m2 == after.titled_area_m2 == Decimal("600.0000")
    assert outcome.notes == (
        "El área del título pasa de 400,00 m² a 600,00 m², por la resolución.",
    )


def test_missing_ground_is_a_shortfall(scene):
    town, _, lot, _ = scene
    outcome = rectify(town, lot, kinds=BEYOND, surveyed=rectangle(0, 0, 15, 20))
    assert outcome.facts["verdict"]["finding"] == "SHORTFALL"
    assert outcome.after[0].titled_area_m2 == Decimal("300.0000")


def test_a_wrong_copy_of_the_title_is_put_right_without_new_ground(scene):
    town, _, lot, _ = scene
    seen = ("SURVEY", "TECHNICAL_REPORT", "DEED")
    outcome = rectify(town, lot, kinds=seen, titled_area_m2=Decimal("410.0000"))
    assert outcome.after[0].titled_area_m2 == Decimal("410.0000")
    assert outcome.before[0].geom_hash == outcome.after[0].geom_hash
    assert outcome.ledger == ()
    assert_lawful(outcome)


def test_a_titled_area_typed_over_the_known_one_does_not_dodge_the_verdict(scene):
    town, _, lot, _ = scene
    wide = {"surveyed": rectangle(0, 0, 30, 20), "titled_area_m2": Decimal("600")}
    with pytest.raises(TitledAreaKnown, match="400,00 m²"):
        rectify(town, lot, **wide)
    rehearsed = rectify(town, lot, dry_run=True, **wide)
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["titled_area_known"]
    same = rectify(town, lot, surveyed=rectangle(0, 0, 21, 20), titled_area_m2=Decimal("400"))
    assert same.after[0].titled_area_m2 == Decimal("400")


def test_neighbours_share_the_surveyed_corners(scene):
    town, _, lot, north = scene
    before = shape_now(north)
    outcome = rectify(
        town, lot, surveyed=Polygon([at(0, 0), at(21, 0), at(20, 20), at(10, 20), at(0, 20)])
    )
    assert at(10, 20) in corners(shape_now(north)) - corners(before)
    assert shape_now(north).equals(before)
    assert_lawful(outcome)


def test_ground_of_a_neighbour_is_refused_with_the_place(scene):
    town, _, lot, north = scene
    with pytest.raises(OverlapsNeighbour) as refusal:
        rectify(town, lot, surveyed=rectangle(0, 0, 20, 21))
    facts = refusal.value.details
    assert facts["parcel"] == str(north.parcel_id)
    assert facts["area_m2"] == 20.0
    assert (facts["x"], facts["y"]) == at(10, 20.5)


def test_the_same_verdict_is_reached_in_the_legal_crs_of_a_town_east_of_78_degrees():
    """Zone 18: the grid of 32717 measures 0.4 % more there, and would make an excess of nothing."""
    town = register.town("orellana", "2201", legal_srid=32718)
    tolerance_ordinance(
        town,
        {
            "urban": [{"from_m2": "0", "tolerance_pct": "0.1"}],
            "rural": [{"from_m2": "0", "tolerance_pct": "0.1"}],
            "article": "1",
        },
    )
    east_m = 170_000.0
    shape = Polygon([(x + east_m, y) for x, y in rectangle(0, 0, 100, 100).exterior.coords])
    act = register.operation(town)
    lot = register.predio(act, shape, key(1))
    first = rectify(town, lot, titled_area_m2=Decimal("10000"), kinds=BEYOND, dry_run=True)
    assert first.facts["verdict"]["finding"] == "INSIDE"  # as stored by the test: measured in 32717
    redrawn = Polygon([(x + east_m, y) for x, y in rectangle(0, 0, 100.001, 100).exterior.coords])
    told = rectify(
        town, lot, surveyed=redrawn, titled_area_m2=Decimal("10000"), kinds=BEYOND, dry_run=True
    )
    measured = Decimal(told.facts["verdict"]["measured_m2"])
    assert measured == told.after[0].legal_area_m2
    assert Decimal("9920") < measured < Decimal("9990")
    assert told.facts["verdict"]["finding"] == "SHORTFALL"


def test_a_lot_in_parts_with_a_courtyard_can_be_resurveyed(scene):
    town, act, _, _ = scene
    lot = register.predio(
        act, multi(square(100, 0), with_hole(140, 0)), key(5), titled_area_m2=Decimal("764.0000")
    )
    outcome = rectify(town, lot, surveyed=multi(square(100, 0), with_hole(140, 0, hole_m=8)))
    assert outcome.after[0].legal_area_m2 == Decimal("736.0000")
    assert len(outcome.after[0].geom.geoms) == 2
    assert_lawful(outcome)


def test_without_a_survey_it_is_refused(scene):
    town, _, lot, _ = scene
    with pytest.raises(SurveyMissing):
        rectify(town, lot, surveys=False, surveyed=rectangle(0, 0, 21, 20))
    rehearsed = rectify(town, lot, surveys=False, surveyed=rectangle(0, 0, 21, 20), dry_run=True)
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["survey_missing"]


def test_the_survey_is_bound_to_the_operation(scene):
    town, _, lot, _ = scene
    outcome = rectify(town, lot, surveyed=rectangle(0, 0, 21, 20))
    (version,) = ParcelVersion.objects.filter(
        opened_by=outcome.operation_id, parcel=lot.parcel_id, valid__upper_inf=True
    )
    (bound,) = version.opened_by.spatial_sources.all()
    assert bound.method == "GNSS_RTK"


def test_without_an_ordinance_in_force_nothing_is_judged(scene):
    town, _, lot, _ = scene
    town.ordinances.update(valid=DateRange(date(2026, 4, 1), None))
    with pytest.raises(NoAreaTolerance, match="al 02/03/2026"):
        rectify(town, lot, surveyed=rectangle(0, 0, 21, 20))
    town.ordinances.update(valid=DateRange(date(2020, 1, 1), None), state="DRAFT")
    with pytest.raises(NoAreaTolerance):
        rectify(town, lot, surveyed=rectangle(0, 0, 21, 20))


def test_without_a_titled_area_there_is_nothing_to_compare(scene):
    town, act, _, _ = scene
    lot = register.predio(act, square(100, 0), key(5))
    with pytest.raises(TitledAreaMissing):
        rectify(town, lot, surveyed=rectangle(100, 0, 21, 20))
    with pytest.raises(NothingToRectify):
        rectify(town, lot)


@pytest.mark.parametrize("shape", [bow_tie(), square(300, 0)], ids=["crosses itself", "elsewhere"])
def test_a_polygon_that_cannot_be_it_is_refused(scene, shape):
    town, _, lot, _ = scene
    with pytest.raises(ReplacementNotUsable):
        rectify(town, lot, surveyed=shape)


def test_a_dry_run_shows_the_same_and_leaves_nothing(scene):
    town, _, lot, _ = scene
    versions = ParcelVersion.objects.count()
    rehearsed = rectify(town, lot, surveyed=rectangle(0, 0, 21, 20), dry_run=True)
    assert ParcelVersion.objects.count() == versions
    done = rectify(town, lot, surveyed=rectangle(0, 0, 21, 20))
    assert [s.geom_hash for s in rehearsed.after] == [s.geom_hash for s in done.after]
    assert rehearsed.ledger == done.ledger
    assert rehearsed.facts == done.facts


def test_ending_an_overlap_taken_over_mends_both_predios(scene):
    """left |==| right overlap by a metre since their import; right is surveyed and lies beside left."""
    town, *_ = scene
    imported = register.operation(town, verb="import_parcels")
    left = register.predio(imported, square(100, 0), key(11), is_observed=True)
    right = register.predio(
        imported,
        rectangle(119, 0, 21, 20),
        key(12),
        is_observed=True,
        titled_area_m2=Decimal("400.0000"),
    )
    low, high = sorted([left.parcel_id, right.parcel_id])
    ToleratedOverlap.objects.create(
        municipality=town,
        parcel_low_id=low,
        parcel_high_id=high,
        area_m2=20,
        width_m=1,
        operation=imported,
    )
    for one, other in ((left, right), (right, left)):
        Observation.objects.create(
            municipality=town,
            parcel=one.parcel,
            code="overlap",
            message="Se traslapa.",
            detail={"other": str(other.parcel_id)},
            operation=imported,
        )
    PropertyUnit.objects.filter(pk__in=[left.pk, right.pk]).update(state="OBSERVED")
    outcome = rectify(town, right, surveyed=square(120, 0))
    assert outcome.after[0].state == "ACTIVE"
    assert not outcome.after[0].is_observed
    left.refresh_from_db()
    assert left.state == "ACTIVE"
    assert ToleratedOverlap.objects.filter(resolved_by=None).count() == 1  # for the days before
    assert not Observation.objects.filter(resolved_by=None).exists()
    assert (
        not ParcelVersion.objects.known().filter(valid__upper_inf=True, is_observed=True).exists()
    )
    assert_lawful(outcome)


def tolerated_m2(law="l1_overlaps_taken_over"):
    """What the audit lists as still shared."""
    (found,) = [one for one in audit() if one.law.name == law]
    return found.count


def test_an_overlap_taken_over_shrinks_then_ends_and_never_comes_back(scene):
    """left |==| right overlap by two metres; right gives way metre by metre."""
    town, *_ = scene
    imported = register.operation(town, verb="import_parcels")
    left = register.predio(imported, square(100, 0), key(11), is_observed=True)
    titled = Decimal("420.0000")
    right = register.predio(
        imported, rectangle(118, 0, 22, 20), key(12), is_observed=True, titled_area_m2=titled
    )
    low, high = sorted([left.parcel_id, right.parcel_id])
    ToleratedOverlap.objects.create(
        municipality=town,
        parcel_low_id=low,
        parcel_high_id=high,
        area_m2=40,
        width_m=2,
        operation=imported,
    )
    assert tolerated_m2() == 1
    rectify(town, right, surveyed=rectangle(119, 0, 21, 20))
    assert tolerated_m2() == 1
    with pytest.raises(OverlapsNeighbour):
        rectify(town, right, surveyed=rectangle(118, 0, 22, 20))
    assert_lawful(rectify(town, right, surveyed=rectangle(120, 0, 20, 20)))
    assert tolerated_m2() == 0
    with pytest.raises(OverlapsNeighbour):
        rectify(town, right, surveyed=rectangle(119, 0, 21, 20))


def test_the_documents_name_the_day(scene):
    town, _, lot, _ = scene
    outcome = rectify(town, lot, surveyed=rectangle(0, 0, 21, 20))
    assert outcome.valid_from == filings.INSCRIBED_ON
    assert (
        AdministrativeSource.objects.filter(operations__operation=outcome.operation_id).count() == 2
    )
