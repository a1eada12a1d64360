import math

import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from layers.features.box import BadBox, Box, parse_box, storage_shape
from layers.features.published_crs import CRS84, published_crs

LAT_LON = published_crs("http://www.opengis.net/def/crs/EPSG/0/4326")


def test_crs84_gives_longitude_first():
    assert parse_box("-79,-1,-78,0", crs=CRS84) == Box(-79, -1, -78, 0, srid=4326)


def test_epsg_4326_gives_latitude_first():
    assert parse_box("-1,-79,0,-78", crs=LAT_LON) == Box(-79, -1, -78, 0, srid=4326)


def test_six_numbers_leave_heights_aside():
    assert parse_box("-79,-1,0,-78,0,100", crs=CRS84) == Box(-79, -1, -78, 0, srid=4326)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "1,2,3",
        "1,2,3,4,5",
        "1,2,3,4,5,6,7",
        "a,b,c,d",
        "nan,0,1,1",
        "inf,0,1,1",
        "1e999,0,2e999,1",
        "1_0,0,20,1",
        " 1,2,3,4",
        "0x1,2,3,4",
        "١,2,3,4",
        "0,1,1,0",
        "1,0,0,1",
        "0,0,9,1,1,1",
    ],
)
def test_what_is_no_box_is_refused(text):
    with pytest.raises(BadBox):
        parse_box(text, crs=CRS84)


def test_a_box_across_the_antimeridian_is_refused_with_a_reason():
    with pytest.raises(BadBox, match="antimeridiano"):
        parse_box("170,-1,-170,1", crs=CRS84)


def test_a_box_in_the_storage_crs_stays_a_rectangle():
    shape = shapely.from_wkb(storage_shape(Box(770_000, 9_940_000, 771_000, 9_941_000, srid=32717)))
    assert shape.equals(shapely.box(770_000, 9_940_000, 771_000, 9_941_000))


def test_the_whole_world_becomes_a_finite_shape_around_the_country():
    shape = shapely.from_wkb(storage_shape(parse_box("-180,-90,180,90", crs=CRS84)))
    assert shape.is_valid
    assert all(map(math.isfinite, shape.bounds))
    assert shape.contains(shapely.box(500_000, 9_400_000, 1_150_000, 10_160_000))


def test_a_box_on_the_other_side_of_the_earth_holds_nothing():
    assert storage_shape(parse_box("100,40,101,41", crs=CRS84)) is None


@pytest.mark.parametrize(
    ("box", "kind"),
    [("-78.5,-0.5,-78.5,-0.5", "Point"), ("-78.5,-0.5,-78.5,-0.4", "LineString")],
)
def test_a_box_without_width_is_a_point_or_a_line(box, kind):
    assert shapely.from_wkb(storage_shape(parse_box(box, crs=CRS84))).geom_type == kind


@given(st.text(max_size=60))
def test_any_text_is_a_box_or_refused(text):
    try:
        box = parse_box(text, crs=CRS84)
    except BadBox:
        return
    assert box.min_x <= box.max_x
    assert box.min_y <= box.max_y
