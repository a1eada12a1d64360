"""One feature at its permanent address."""

import json

import pytest

from tests.layers.published_town import KEYS

pytestmark = pytest.mark.usefixtures("published_town")
ITEMS = "/ogc/collections/parcels/items"


def identity(client, key, **more):
    query = "&".join([f"key={key}", *(f"{name}={value}" for name, value in more.items())])
    page = json.loads(client.get(f"{ITEMS}?{query}").getvalue())
    return page["features"][0]["id"]


def test_its_version_of_today(client):
    found = client.get(f"{ITEMS}/{identity(client, KEYS[2])}")
    feature = found.json()
    assert found["Content-Type"] == "application/geo+json"
    assert feature["type"] == "Feature"
    assert feature["properties"]["land_use"] == "COMMERCIAL"
    assert feature["properties"]["updated"].endswith("+00:00")
    assert {link["rel"] for link in feature["links"]} == {"self", "alternate", "collection"}


def test_the_same_bytes_have_the_same_tag_and_are_not_sent_twice(client):
    address = f"{ITEMS}/{identity(client, KEYS[0])}"
    first = client.get(address)
    again = client.get(address, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert again["Access-Control-Allow-Origin"] == "*"
    other = client.get(f"{address}?crs=EPSG:32717", headers={"If-None-Match": first["ETag"]})
    assert other.status_code == 200
    assert other["Content-Crs"] == "<http://www.opengis.net/def/crs/EPSG/0/32717>"


def test_what_has_ended_is_gone_and_says_since_when(client):
    ended = identity(client, KEYS[10], datetime="2022-01-01")
    response = client.get(f"{ITEMS}/{ended}")
    assert response.status_code == 410
    assert "2023-01-01" in response.json()["detail"]


@pytest.mark.parametrize("wrong", ["54177bb4-0ddb-4632-9906-aaab05cbe2a3", "1", "x' OR 1=1", "%00"])
def test_what_never_was_is_not_found(client, wrong):
    assert client.get(f"{ITEMS}/{wrong}").status_code in {400, 404}


def test_the_neighbour_town_does_not_have_it(client):
    assert client.get(f"/celica{ITEMS}/{identity(client, KEYS[0])}").status_code == 404
