"""Vector tiles: right place, listed fields, guarded."""

import math

import mapbox_vector_tile
import pytest

from gis_project.core.crs import STORAGE_SRID, transformer
from layers.tiles import tile as tile_module
from tests.layers.published_town import KEYS, SECRET

pytestmark = pytest.mark.usefixtures("published_town")
WORLD_M = 40_075_016.685578


def address_of(x, y, z):
    """The tile that holds a point of the storage CRS."""
    east, north = transformer(STORAGE_SRID, 3857).transform(x, y)
    size = WORLD_M / (1 << z)
    return f"{z}/{math.floor(east / size + (1 << z) / 2)}/{math.floor((1 << z) / 2 - north / size)}"


TOWN = address_of(774_050, 9_943_020, 16)


def test_a_tile_holds_the_lots_with_their_listed_fields(client):
    response = client.get(f"/tiles/parcels/{TOWN}.mvt")
    assert response["Content-Type"] == "application/vnd.mapbox-vector-tile"
    layer = mapbox_vector_tile.decode(response.content)["parcels"]
    assert layer["extent"] == 4096
    keys = {feature["properties"]["key"] for feature in layer["features"]}
    assert keys == set(KEYS[:10])
    by_key = {told["properties"]["key"]: told["properties"] for told in layer["features"]}
    properties = by_key[KEYS[0]]
    assert len(properties["id"]) == 36
    assert properties["valid_from"] == "2020-01-01"
    assert isinstance(properties["legal_area_m2"], float)
    assert "address" not in properties
    assert SECRET.encode() not in response.content


def test_shapes_lie_where_the_lots_are(client):
    z, column, row = map(int, TOWN.split("/"))
    content = client.get(f"/tiles/parcels/{TOWN}.mvt").content
    decoded = mapbox_vector_tile.decode(content, default_options={"y_coord_down": True})
    (lot,) = [f for f in decoded["parcels"]["features"] if f["properties"]["key"] == KEYS[0]]
    ring = lot["geometry"]["coordinates"][0]
    size = WORLD_M / (1 << z)
    metres = [
        ((column + x / 4096) * size - WORLD_M / 2, WORLD_M / 2 - (row + y / 4096) * size)
        for x, y in ring
    ]
    stored = [transformer(3857, STORAGE_SRID).transform(*point) for point in metres]
    pixel_m = size / 4096
    assert min(x for x, _ in stored) == pytest.approx(774_000, abs=2 * pixel_m)
    assert max(y for _, y in stored) == pytest.approx(9_943_020, abs=2 * pixel_m)


def test_an_empty_tile_has_no_content(client):
    response = client.get("/tiles/parcels/16/0/0.mvt")
    assert (response.status_code, response.content) == (204, b"")


def test_below_the_least_zoom_nothing_is_drawn(client):
    assert client.get(f"/tiles/parcels/{address_of(774_050, 9_943_020, 11)}.mvt").status_code == 204
    assert client.get("/tiles/parishes/0/0/0.mvt").status_code == 204


@pytest.mark.parametrize("wrong", ["16/65536/0", "16/0/65536", "23/0/0", "99/0/0", "400/9/9"])
def test_a_tile_outside_the_matrix_is_not_found(client, wrong):
    assert client.get(f"/tiles/parcels/{wrong}.mvt").status_code == 404


@pytest.mark.parametrize("wrong", ["-1/0/0", "16/1.5/2", "16/a/b"])
def test_what_is_no_address_is_not_found(client, wrong):
    assert client.get(f"/tiles/parcels/{wrong}.mvt").status_code == 404


def test_a_municipality_has_only_its_own(client):
    assert client.get(f"/mejia/tiles/parcels/{TOWN}.mvt").status_code == 200
    assert client.get(f"/celica/tiles/parcels/{TOWN}.mvt").status_code == 204


def test_equal_tiles_are_sent_once(client):
    first = client.get(f"/tiles/parcels/{TOWN}.mvt")
    again = client.get(f"/tiles/parcels/{TOWN}.mvt", headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_full_tile_keeps_the_largest_and_says_so(client, monkeypatch):
    monkeypatch.setattr(tile_module, "MAX_FEATURES", 4)
    response = client.get(f"/tiles/parcels/{TOWN}.mvt")
    assert response["Lindero-Tile"] == "thinned"
    assert len(mapbox_vector_tile.decode(response.content)["parcels"]["features"]) == 4


def test_an_unknown_parameter_is_refused(client):
    assert client.get(f"/tiles/parcels/{TOWN}.mvt?filter=1").status_code == 400


def test_tilejson_leads_to_the_tiles(client):
    document = client.get("/mejia/tiles/parcels.json").json()
    assert document["tilejson"] == "3.0.0"
    assert document["minzoom"] == 12
    assert document["bounds"][0] == pytest.approx(-78.538, abs=0.01)
    fields = document["vector_layers"][0]["fields"]
    assert fields["key"] == "Clave catastral"
    z, x, y = TOWN.split("/")
    address = document["tiles"][0].format(z=z, x=x, y=y).removeprefix("http://testserver")
    assert client.get(address).status_code == 200
