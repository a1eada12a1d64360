"""What stands at a pixel: lot 0 at (80, 100), lot 2 at (160, 100), the road along the lower edge."""

import json
from itertools import chain

import pytest

from tests.layers.published_town import KEYS, SECRET
from tests.layers.wms.requests import get_info

pytestmark = pytest.mark.usefixtures("published_town")


def features(client, door="/wms", **changes):
    response = client.get(f"{door}?{get_info(**changes)}")
    assert response.status_code == 200, response.content
    return json.loads(response.content)["features"]


def test_the_parcel_at_the_pixel(client):
    (found,) = features(client, FEATURE_COUNT=10)
    assert found["properties"]["key"] == KEYS[0]
    assert found["id"].startswith("parcels.")
    longitudes, latitudes = zip(*chain(*chain(*found["geometry"]["coordinates"])), strict=True)
    assert -78.6 < min(longitudes) < max(longitudes) < -78.5
    assert -0.52 < min(latitudes) < max(latitudes) < -0.51


def test_version_1_1_1_calls_the_pixel_x_and_y(client):
    old = {"VERSION": "1.1.1", "CRS": None, "SRS": "EPSG:32717", "I": None, "J": None}
    (found,) = features(client, X=80, Y=100, **old)
    assert found["properties"]["key"] == KEYS[0]


def test_the_day_decides_which_version(client):
    there = {"I": 160, "J": 100}
    (today,) = features(client, **there)
    (before,) = features(client, TIME="2023-12-31", **there)
    assert (before["properties"]["land_use"], today["properties"]["land_use"]) == (
        "FARMING",
        "COMMERCIAL",
    )
    assert before["id"] == today["id"]


def test_a_line_is_found_near_its_pixel_and_a_number_that_is_none_is_null(client):
    (found,) = features(client, LAYERS="roads", I=160, J=132)
    assert found["properties"]["width_m"] is None
    assert features(client, LAYERS="roads", I=160, J=150) == []


def test_layers_are_asked_in_their_order(client):
    found = features(client, LAYERS="parcels,buildings", I=155, J=100)
    assert [each["id"].split(".")[0] for each in found] == ["parcels", "buildings"]


def test_only_the_municipality_of_the_door(client):
    assert features(client, "/celica/wms") == []
    assert len(features(client, "/mejia/wms")) == 1
    (found,) = features(client, LAYERS="mejia:parcels")
    assert found["id"].startswith("mejia:parcels.")


def test_plain_text_and_a_page(client):
    text = client.get(f"/wms?{get_info(INFO_FORMAT='text/plain')}")
    assert text["Content-Type"] == "text/plain; charset=utf-8"
    assert f"Clave catastral: {KEYS[0]}" in text.content.decode()
    road = {"LAYERS": "roads", "I": 160, "J": 130}
    page = client.get(f"/wms?{get_info(INFO_FORMAT='text/html', **road)}").content.decode()
    assert "Calle «Ñ» &amp; &quot;comillas&quot; &lt;b&gt;" in page
    text = client.get(f"/wms?{get_info(INFO_FORMAT='text/plain', **road)}").content.decode()
    assert 'Calle «Ñ» & "comillas" <b>' in text
    nothing = client.get(f"/wms?{get_info(INFO_FORMAT='text/plain', I=1, J=1)}").content.decode()
    assert "no hay nada" in nothing


@pytest.mark.parametrize("info_format", ["text/plain", "text/html", "application/json"])
def test_nothing_private_comes_along(client, info_format):
    """Lot 9 carries the secret in its address, its file's attributes and its holder."""
    asked = get_info(INFO_FORMAT=info_format, I=240, J=60, FEATURE_COUNT=50)
    body = client.get(f"/wms?{asked}").content.decode()
    assert KEYS[9] in body
    assert SECRET not in body


def test_fields_are_those_of_the_catalogue(client):
    (found,) = features(client)
    assert set(found["properties"]) == {
        *("key", "parish_code", "parish", "block", "kind", "land_use", "legal_area_m2"),
        *("ellipsoidal_area_m2", "status", "municipality", "version"),
        *("valid_from", "valid_to", "updated"),
    }
