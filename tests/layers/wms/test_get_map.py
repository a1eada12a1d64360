"""Pictures at the right place.

The town of published_town.py on a canvas of 320 × 160, 2 pixels a metre; lot 0 has its lower left corner at
pixel (60, 120) and its middle at (80, 100), lot 9 (observed) its middle at (240, 60).
"""

import numpy as np
import pytest
from pyproj import Transformer

from tests.layers.wms.requests import TOWN, get_map, pixels

pytestmark = pytest.mark.usefixtures("maps")

GROUND = [250, 243, 224, 255]
OBSERVED = [251, 224, 207, 255]
WHITE = [255, 255, 255, 255]


def picture(client, door="/wms", **changes):
    return pixels(client.get(f"{door}?{get_map(**changes)}"))


def box_in(srid, *, swap=False):
    to = Transformer.from_crs(32717, srid, always_xy=True)
    min_x, min_y, max_x, max_y = to.transform_bounds(*TOWN)
    order = (min_y, min_x, max_y, max_x) if swap else (min_x, min_y, max_x, max_y)
    return ",".join(f"{value:.9f}" for value in order)


def test_parcels_lie_where_they_are(client):
    drawn = picture(client, STYLES="plain")
    assert drawn.shape == (160, 320, 4)
    assert drawn[100, 80].tolist() == GROUND
    assert drawn[60, 240].tolist() == OBSERVED
    assert drawn[140, 80].tolist() == WHITE
    assert drawn[100, 40].tolist() == WHITE
    boundary = drawn[100, 60, :3].astype(int)
    assert boundary.sum() < sum(GROUND[:3])


def test_4326_puts_latitude_first_in_1_3_0_and_last_in_1_1_1(client):
    old_names = {"VERSION": "1.1.1", "CRS": None, "SRS": "EPSG:4326"}
    new = picture(client, STYLES="plain", CRS="EPSG:4326", BBOX=box_in(4326, swap=True))
    old = picture(client, STYLES="plain", BBOX=box_in(4326), **old_names)
    crs84 = picture(client, STYLES="plain", CRS="CRS:84", BBOX=box_in(4326))
    assert new[100, 80].tolist() == GROUND
    assert np.array_equal(new, old)
    assert np.array_equal(new, crs84)


def test_4326_with_swapped_axes_shows_nothing(client):
    assert (picture(client, CRS="EPSG:4326", BBOX=box_in(4326)) == 255).all()


@pytest.mark.parametrize("srid", [32718, 31992, 31993, 31977, 31978, 3857])
def test_every_system_shows_the_same_town(client, srid):
    drawn = picture(client, CRS=f"EPSG:{srid}", BBOX=box_in(srid), STYLES="plain")
    assert drawn[100, 80].tolist() == GROUND
    assert drawn[60, 240].tolist() == OBSERVED
    assert drawn[150, 80].tolist() == WHITE


def test_sirgas_is_drawn_as_wgs84(client):
    assert np.array_equal(picture(client, CRS="EPSG:31992"), picture(client))


@pytest.mark.parametrize(
    ("crs", "box"),
    [
        ("EPSG:3857", "-20037508,-20037508,20037508,20037508"),
        ("CRS:84", "-180,-90,180,90"),
        ("EPSG:4326", "-90,-180,90,180"),
        ("EPSG:32717", "-900000000,-900000000,900000000,900000000"),
        ("EPSG:32718", "0,0,1,1"),
        ("CRS:84", "170,80,179,89"),
    ],
)
def test_the_world_and_its_far_side_are_empty_and_quick(client, crs, box):
    drawn = picture(client, CRS=crs, BBOX=box, STYLES="plain")
    assert (drawn == 255).all()


def test_a_stretched_picture_keeps_both_axes_right(client):
    drawn = picture(client, STYLES="plain", WIDTH=320, HEIGHT=40)
    assert drawn[25, 80].tolist() == GROUND
    assert drawn[15, 240].tolist() == OBSERVED


def test_transparent_ground_and_background_colour(client):
    assert picture(client, TRANSPARENT="TRUE")[150, 5, 3] == 0
    assert picture(client, BGCOLOR="0x336699")[150, 5].tolist() == [0x33, 0x66, 0x99, 255]


@pytest.mark.parametrize(
    ("wanted", "got"),
    [
        ("image/png", "image/png"),
        ("image/png; mode=8bit", "image/png"),
        ("image/jpeg", "image/jpeg"),
        ("image/webp", "image/webp"),
    ],
)
def test_formats(client, wanted, got):
    response = client.get(f"/wms?{get_map(FORMAT=wanted, STYLES='plain')}")
    assert response["Content-Type"] == got
    middle = pixels(response)[100, 80].astype(int)
    assert abs(middle - GROUND).max() <= 6


def test_a_municipality_draws_its_own_only(client):
    assert (picture(client, "/celica/wms") == 255).all()
    assert picture(client, "/mejia/wms")[100, 80].tolist() != WHITE
    assert picture(client, "/1703/wms")[100, 80].tolist() != WHITE
    assert picture(client, LAYERS="mejia:parcels")[100, 80].tolist() != WHITE
    assert (picture(client, LAYERS="celica:parcels") == 255).all()


def test_time_shows_the_day(client):
    """Lot 10, far to the north, ended on 1 January 2023."""
    there = {"BBOX": "773970,9943480,774130,9943560", "STYLES": "plain"}
    assert picture(client, TIME="2022-12-31", **there)[100, 80].tolist() == GROUND
    assert picture(client, TIME="2023-01-01", **there)[100, 80].tolist() == WHITE
    assert picture(client, **there)[100, 80].tolist() == WHITE
    assert picture(client, TIME="current", **there)[100, 80].tolist() == WHITE


def test_every_layer_in_every_style_can_be_drawn(client):
    from layers.catalogue import LAYERS
    from layers.styles.reading import styles_of

    names = [(layer.name, style.name) for layer in LAYERS for style in styles_of(layer.name)]
    for start in range(0, len(names), 5):
        chosen = names[start : start + 5]
        layers, styles = (",".join(part) for part in zip(*chosen, strict=True))
        for width_m in (100, 1000, 10_000, 100_000, 1_000_000):
            box = f"774000,9943000,{774000 + width_m},{9943000 + width_m}"
            drawn = picture(client, LAYERS=layers, STYLES=styles, BBOX=box, WIDTH=64, HEIGHT=64)
            assert drawn.shape == (64, 64, 4)


def test_density_makes_lines_wider_and_leaves_the_place(client):
    fine = picture(client, STYLES="outline", WIDTH=1280, HEIGHT=640, DPI=384)
    plain = picture(client, STYLES="outline", WIDTH=1280, HEIGHT=640)
    assert (fine != 255).any(axis=2).sum() > 2 * (plain != 255).any(axis=2).sum()


def test_an_unchanged_picture_is_not_sent_again(client):
    address = f"/wms?{get_map()}"
    first = client.get(address)
    assert first["Cache-Control"] == "public, max-age=60"
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_the_legend_is_as_large_as_announced(client):
    from layers.styles.legend_layout import legend_layout
    from layers.styles.reading import default_style

    for layer in ("parcels", "roads", "land_value_zones", "buildings"):
        drawn = pixels(client.get(f"/wms?SERVICE=WMS&REQUEST=GetLegendGraphic&LAYER={layer}"))
        layout = legend_layout(default_style(layer), language="es")
        assert drawn.shape[:2] == (layout.height, layout.width)
        assert (drawn != 255).any()
