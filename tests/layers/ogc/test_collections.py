"""What there is, where and since when."""

import pytest

from layers.catalogue import LAYERS
from layers.features.extent import forget_extents

pytestmark = pytest.mark.usefixtures("published_town")


@pytest.fixture(autouse=True)
def _measured_anew():
    forget_extents()


def test_every_layer_of_the_catalogue_is_a_collection(client):
    document = client.get("/ogc/collections").json()
    assert [entry["id"] for entry in document["collections"]] == [layer.name for layer in LAYERS]


def test_a_collection_tells_its_extent_and_systems(client):
    document = client.get("/mejia/ogc/collections/parcels").json()
    west, south, east, north = document["extent"]["spatial"]["bbox"][0]
    assert -78.6 < west < east < -78.5
    assert -0.6 < south < north < -0.5
    assert document["extent"]["temporal"]["interval"] == [["2020-01-01T00:00:00Z", None]]
    assert document["crs"][0] == "http://www.opengis.net/def/crs/OGC/1.3/CRS84"
    assert document["storageCrs"] == "http://www.opengis.net/def/crs/EPSG/0/32717"
    assert document["storageCrs"] in document["crs"]


def test_a_layer_without_features_claims_no_extent(client):
    assert "spatial" not in client.get("/ogc/collections/urban_limits").json()["extent"]


def test_extents_are_remembered(client, monkeypatch):
    client.get("/ogc/collections/parcels")
    monkeypatch.setattr("layers.features.extent._measure", None)
    assert client.get("/ogc/collections/parcels").status_code == 200


def test_titles_come_in_the_readers_language(client):
    spanish = client.get("/ogc/collections/parcels").json()
    english = client.get("/ogc/collections/parcels", headers={"Accept-Language": "en"}).json()
    assert (spanish["title"], english["title"]) == ("Predios", "Parcels")


def test_an_unknown_collection_is_not_found(client):
    response = client.get("/ogc/collections/cadastre_party")
    assert response.status_code == 404
    assert response.json()["code"] == "unknown_layer"


def test_queryables_are_the_listed_fields(client):
    response = client.get("/ogc/collections/parcels/queryables")
    assert response["Content-Type"] == "application/schema+json"
    schema = response.json()
    assert schema["properties"]["legal_area_m2"]["type"] == "number"
    assert schema["properties"]["valid_from"] == {
        "title": "Vigente desde",
        "type": "string",
        "format": "date",
    }
    assert schema["properties"]["geom"]["format"] == "geometry-multipolygon"
    assert "address" not in schema["properties"]
