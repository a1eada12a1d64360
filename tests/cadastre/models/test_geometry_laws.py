"""L1 and L3: what no writer can get past, whatever path it takes."""

from contextlib import nullcontext
from datetime import date

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.backends.postgresql.psycopg_any import DateRange
from shapely import Polygon, box

from cadastre.models import ParcelVersion, ToleratedOverlap
from tests import register
from tests.shapes import ORIGIN_X, ORIGIN_Y, at, comb, rectangle, square, strip

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    return register.operation(register.town())


def refused(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_l1_neighbours_that_share_a_side_are_admitted(act):
    for shape in strip(5):
        register.place_parcel(act, shape)
    register.settle()
    assert ParcelVersion.objects.count() == 5


def test_l1_an_overlap_is_refused(act):
    register.place_parcel(act, square(0, 0))
    with refused("overlaps"), transaction.atomic():
        register.place_parcel(act, square(19, 0))
        register.settle()


def test_l1_a_parcel_inside_another_is_refused(act):
    """
    ┌─────┐
    │ ┌─┐ │
    │ └─┘ │
    └─────┘
    """
    register.place_parcel(act, square(0, 0, 20))
    with refused("overlaps"), transaction.atomic():
        register.place_parcel(act, square(5, 5, 5))
        register.settle()


@pytest.mark.parametrize(
    ("strip_width_m", "counts"), [(0.001, False), (0.010, False), (0.012, True), (0.1, True)]
)
def test_l1_a_strip_counts_from_one_centimetre_on(act, strip_width_m, counts):
    register.place_parcel(act, rectangle(0, 0, 20, 20))
    with refused("overlaps") if counts else nullcontext(), transaction.atomic():
        register.place_parcel(act, rectangle(20 - strip_width_m, 0, 20, 20))
        register.settle()


def test_l1_other_days_and_other_municipalities_do_not_collide(act):
    register.place_parcel(act, square(), valid=DateRange(date(2020, 1, 1), date(2022, 1, 1)))
    register.place_parcel(act, square(), valid=DateRange(date(2022, 1, 1), None))
    elsewhere = register.operation(register.town("celica", "1104"))
    register.place_parcel(elsewhere, square())
    register.settle()
    assert ParcelVersion.objects.count() == 3


class TestTakenOver:
    """What an import may bring: overlaps that were there before us."""

    def settle_overlaps(self, act):
        with connection.cursor() as cursor:
            cursor.execute("SELECT * FROM cadastre_settle_overlaps(%s)", [act.pk])
            return cursor.fetchall()

    def test_pairs_enter_as_tolerated_with_area_and_width(self):
        act = register.operation(register.town(), "import_parcels")
        register.place_parcel(act, rectangle(0, 0, 20, 20))
        register.place_parcel(act, rectangle(19, 0, 20, 20))
        [(_, _, area, width)] = self.settle_overlaps(act)
        register.settle()
        # 1 m × 20 m: width = 2·20/(2·21) = 0.9524
        assert (str(area), str(width)) == ("20.0000", "0.9524")
        assert ToleratedOverlap.objects.count() == 1

    def test_a_tolerated_pair_may_not_grow(self):
        act = register.operation(register.town(), "import_parcels")
        register.place_parcel(act, rectangle(0, 0, 20, 20))
        second = register.place_parcel(act, rectangle(19, 0, 20, 20))
        self.settle_overlaps(act)
        register.settle()
        later = register.operation(act.municipality, "adjust_boundary")
        with connection.cursor() as cursor:
            cursor.execute(
                "UPDATE cadastre_parcelversion SET recorded ="
                " tstzrange(lower(recorded), clock_timestamp()), closed_by_id = %s WHERE id = %s",
                [later.pk, second.pk],
            )
        with refused("overlaps"), transaction.atomic():
            register.place_parcel(later, rectangle(18, 0, 20, 20), parcel=second.parcel)
            register.settle()

    def test_other_operations_bring_none(self):
        act = register.operation(register.town(), "split_parcel")
        with refused("only an import"), transaction.atomic():
            register.place_parcel(act, rectangle(0, 0, 20, 20))
            register.place_parcel(act, rectangle(19, 0, 20, 20))
            self.settle_overlaps(act)


def test_l1_a_long_sliver_does_not_hide_a_real_overlap(act):
    """
    ┌────────┬──┐
    │        ├──┘ 4 m × 10 m in common, and a sliver of 0.8 mm along 5 km of border besides
    └────────┘
    """
    register.place_parcel(act, rectangle(0, 0, 1000, 5000))
    tongue = Polygon(
        [
            *(at(999.999, 0), at(1100, 0), at(1100, 5000), at(999.999, 5000)),
            *(at(999.999, 2010), at(996, 2010), at(996, 2000), at(999.999, 2000)),
        ]
    )
    with refused("overlaps"), transaction.atomic():
        register.place_parcel(act, tongue)
        register.settle()


class TestLawfulGeometry:
    @pytest.mark.parametrize(
        "shape",
        [
            pytest.param(
                Polygon([at(0, 0), at(9, 9), at(9, 0), at(0, 9)]),
                id="bow-tie",
            ),
            pytest.param(box(0, 0, 10, 10), id="outside the mainland"),
            pytest.param(square(0, 0, 0.9), id="smaller than 1 m²"),
            pytest.param(comb(2600), id="more than 10,000 vertices"),
        ],
    )
    def test_l3_unlawful_shapes_are_refused(self, act, shape):
        with refused("parcel_version_geometry_lawful"), transaction.atomic():
            register.place_parcel(act, shape)

    @pytest.mark.parametrize("number", ["NaN", "Infinity", "1e308"])
    def test_l3_numbers_that_are_no_places_are_refused(self, act, number):
        version = register.place_parcel(act, square())
        ring = f"774000 9943000, 774010 9943000, {number} 9943010, 774000 9943000"
        place = (
            "INSERT INTO cadastre_parcelversion (municipality_id, parcel_id, valid, recorded,"
            " opened_by_id, kind, block_code, address, land_use, geom_hash, attributes,"
            " is_observed, geom) SELECT municipality_id, parcel_id, valid, recorded,"
            " opened_by_id, kind, '', '', '', '', '{}', false,"
            " ST_Multi(ST_GeomFromText('POLYGON((' || %s || '))', 32717))"
            " FROM cadastre_parcelversion WHERE id = %s"
        )
        with (
            pytest.raises(DatabaseError, match=r"lawful|parse error|invalid"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(place, [ring, version.pk])

    def test_l3_without_map_only_observed(self, act):
        version = register.place_parcel(act, square())
        columns = {"geom": None, "parcel": version.parcel, "municipality": act.municipality}
        columns |= {"opened_by": act, "recorded": version.recorded, "kind": "URBAN"}
        columns["valid"] = DateRange(date(2010, 1, 1), date(2011, 1, 1))
        with refused("without_map_is_observed"), transaction.atomic():
            ParcelVersion.objects.create(**columns)
        assert ParcelVersion.objects.create(**columns, is_observed=True).geom is None

    def test_the_stored_geometry_is_what_was_given(self, act):
        version = register.place_parcel(act, square(0.123, 4.567))
        version.refresh_from_db()
        assert isinstance(version.geom, GEOSGeometry)
        assert version.geom.coords[0][0][0] == (ORIGIN_X + 0.123, ORIGIN_Y + 4.567)


def test_l5_two_truths_of_one_day_are_refused(act):
    first = register.place_parcel(act, square())
    with refused("one_truth_a_day"), transaction.atomic():
        register.place_parcel(act, square(40, 0), parcel=first.parcel)


class TestHistory:
    """What was known from when on does not move, and a closing names its operation."""

    @pytest.mark.parametrize("span", ["[1990-01-01,)", "empty"])
    def test_l5_the_beginning_of_a_version_does_not_change(self, act, span):
        version = register.place_parcel(act, square())
        with (
            pytest.raises(IntegrityError, match="beginning"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE cadastre_parcelversion SET recorded = %s::tstzrange WHERE id = %s",
                [span, version.pk],
            )

    def test_l5_a_version_is_not_closed_by_nobody(self, act):
        version = register.place_parcel(act, square())
        with (
            refused("closed_by_an_operation"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(
                "UPDATE cadastre_parcelversion SET recorded ="
                " tstzrange(lower(recorded), clock_timestamp()) WHERE id = %s",
                [version.pk],
            )
