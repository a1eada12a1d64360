"""OGC API – Features – Part 2 (18-058r1): coordinate reference systems by reference."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("published_town")
ITEMS = "/ogc/collections/parcels/items"
EPSG = "http://www.opengis.net/def/crs/EPSG/0/"
CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return response, json.loads(response.getvalue())


def corner(document):
    return document["features"][0]["geometry"]["coordinates"][0][0][0]


def test_req_crs_fc_md_crs_list(client):
    """/req/crs/crs-uri, fc-md-crs-list, fc-md-storageCrs-valid-value."""
    _, collection = get(client, "/ogc/collections/parcels")
    expected = [CRS84, EPSG + "32717", EPSG + "32718", EPSG + "4326", EPSG + "3857"]
    assert collection["crs"] == expected
    assert collection["storageCrs"] == EPSG + "32717"


@pytest.mark.parametrize(
    "crs", [CRS84, *(EPSG + code for code in ("32717", "32718", "4326", "3857"))]
)
def test_req_crs_fc_crs_valid_value(client, crs):
    """/req/crs/fc-crs-definition, fc-crs-valid-value, ogc-crs-header, ogc-crs-header-value."""
    response, _ = get(client, f"{ITEMS}?crs={crs}&limit=1")
    assert response["Content-Crs"] == f"<{crs}>"


@pytest.mark.parametrize("crs", ["", "EPSG", EPSG + "1", EPSG + "2154", "http://example.org/crs"])
def test_req_crs_fc_crs_invalid_value(client, crs):
    """/req/crs/fc-crs-valid-value, fc-bbox-crs-valid-value: any other is 400."""
    assert client.get(f"{ITEMS}?crs={crs}").status_code == 400
    assert client.get(f"{ITEMS}?bbox=0,0,1,1&bbox-crs={crs}").status_code == 400


def test_req_crs_fc_crs_default_value(client):
    """/req/crs/fc-crs-default-value: longitude, latitude."""
    response, document = get(client, f"{ITEMS}?limit=1&municipality=mejia")
    assert response["Content-Crs"] == f"<{CRS84}>"
    longitude, latitude = corner(document)
    assert (round(longitude), round(latitude)) == (-79, -1)


def test_axis_order_of_the_authority(client):
    """EPSG:4326 is latitude, longitude; metres are easting, northing."""
    where = f"{ITEMS}?limit=1&municipality=mejia"
    _, crs84 = get(client, where)
    _, epsg4326 = get(client, f"{where}&crs={EPSG}4326")
    assert corner(epsg4326) == corner(crs84)[::-1]
    _, utm = get(client, f"{where}&crs={EPSG}32717")
    assert 774_000 <= corner(utm)[0] <= 774_100
    assert 9_943_000 <= corner(utm)[1] <= 9_943_040


def test_req_crs_fc_bbox_crs_action(client):
    """/req/crs/fc-bbox-crs-action: the box is read in the axis order of bbox-crs."""
    west, south, east, north = get(client, "/mejia/ogc/collections/parcels")[1]["extent"][
        "spatial"
    ]["bbox"][0]
    boxes = {
        CRS84: f"{west},{south},{east},{north}",
        EPSG + "4326": f"{south},{west},{north},{east}",
        EPSG + "32717": "774000,9943000,774100,9943040",
    }
    for crs, box in boxes.items():
        _, found = get(client, f"{ITEMS}?bbox={box}&bbox-crs={crs}")
        assert found["numberMatched"] == 10, crs
    wrong = f"{ITEMS}?bbox={west},{south},{east},{north}&bbox-crs={EPSG}4326"
    assert get(client, wrong)[1]["numberMatched"] == 0


def test_single_feature_crs(client):
    """/req/crs/fc-crs-action on one feature."""
    _, page = get(client, f"{ITEMS}?limit=1&crs={EPSG}32717")
    identity = page["features"][0]["id"]
    response, feature = get(client, f"{ITEMS}/{identity}?crs={EPSG}32717")
    assert feature["geometry"] == page["features"][0]["geometry"]
    assert response["Content-Crs"] == f"<{EPSG}32717>"
