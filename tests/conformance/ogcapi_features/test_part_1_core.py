"""OGC API – Features – Part 1 (17-069r4), requirement by requirement, over HTTP handling."""

import json
import re

import pytest

pytestmark = pytest.mark.usefixtures("published_town")
CORE = "http://www.opengis.net/spec/ogcapi-features-1/1.0/conf"
ITEMS = "/ogc/collections/parcels/items"


def get(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    return json.loads(response.getvalue())


def rels(document):
    return {link["rel"] for link in document["links"]}


def test_req_core_root_success(client):
    """/req/core/root-success: links to the API definition, conformance and data."""
    document = get(client, "/ogc/")
    assert {"service-desc", "service-doc", "conformance", "data"} <= rels(document)


def test_req_core_api_definition_success(client):
    """/req/core/api-definition-success, /req/oas30/oas-definition-1."""
    assert get(client, "/ogc/api")["openapi"].startswith("3.0")


def test_req_core_conformance_success(client):
    """/req/core/conformance-success."""
    classes = get(client, "/ogc/conformance")["conformsTo"]
    assert {f"{CORE}/core", f"{CORE}/oas30", f"{CORE}/html", f"{CORE}/geojson"} <= set(classes)


def test_req_core_http(client):
    """/req/core/http: every resource answers HEAD as it answers GET."""
    for address in ("/ogc/", "/ogc/collections", ITEMS):
        assert client.head(address).status_code == 200


def test_req_core_query_param_unknown(client):
    """/req/core/query-param-unknown, /req/core/query-param-invalid."""
    for address in (
        "/ogc/",
        "/ogc/conformance",
        "/ogc/collections",
        "/ogc/collections/parcels",
        ITEMS,
    ):
        assert client.get(f"{address}?nobody-knows=1").status_code == 400
    assert client.get(f"{ITEMS}?limit=none").status_code == 400


def test_req_core_fc_md_success(client):
    """/req/core/fc-md-links, fc-md-items, fc-md-items-links, fc-md-extent."""
    document = get(client, "/ogc/collections")
    assert {"self", "alternate"} <= rels(document)
    for collection in document["collections"]:
        items = [link for link in collection["links"] if link["rel"] == "items"]
        assert {link["type"] for link in items} == {"application/geo+json", "text/html"}
        for west, south, east, north in collection["extent"].get("spatial", {}).get("bbox", []):
            assert west <= east
            assert south <= north


def test_req_core_sfc_md_success(client):
    """/req/core/sfc-md-op, sfc-md-success: one collection says what the list says of it."""
    for collection in get(client, "/ogc/collections")["collections"]:
        assert get(client, f"/ogc/collections/{collection['id']}") == collection


def test_req_core_fc_limit(client):
    """/req/core/fc-limit-response-1: never more than limit, one, or the default."""
    assert len(get(client, f"{ITEMS}?limit=4")["features"]) == 4
    assert len(get(client, ITEMS)["features"]) <= 100


def test_req_core_fc_bbox(client):
    """/req/core/fc-bbox-definition, fc-bbox-response: four or six numbers, only what intersects."""
    extent = get(client, "/mejia/ogc/collections/parcels")["extent"]["spatial"]["bbox"][0]
    west, south, east, north = extent
    flat = get(client, f"{ITEMS}?bbox={west},{south},{east},{north}")
    deep = get(client, f"{ITEMS}?bbox={west},{south},-10,{east},{north},5000")
    assert flat["numberMatched"] == deep["numberMatched"] == 10
    assert get(client, f"{ITEMS}?bbox={east + 1},{south},{east + 2},{north}")["features"] == []


def test_req_core_fc_time(client):
    """/req/core/fc-time-definition, fc-time-response: instants, intervals, open ends."""
    for text in (
        "2024-06-01",
        "2024-06-01T00:00:00Z",
        "2024-06-01T00:00:00Z/2024-07-01T00:00:00Z",
        "2024-06-01T00:00:00Z/..",
        "../2024-06-01T00:00:00Z",
        "2024-06-01T00:00:00Z/",
        "/2024-06-01T00:00:00Z",
    ):
        assert get(client, f"{ITEMS}?datetime={text}")["numberReturned"] >= 13
    assert get(client, f"{ITEMS}?datetime=2019-12-31T23:59:59-05:00")["features"] == []


def test_req_core_fc_response(client):
    """/req/core/fc-links, fc-rel-type, fc-timeStamp, fc-numberMatched, fc-numberReturned."""
    document = get(client, f"{ITEMS}?limit=2")
    assert {"self", "alternate", "next"} <= rels(document)
    assert all("type" in link for link in document["links"])
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z", document["timeStamp"])
    assert document["numberReturned"] == len(document["features"]) == 2
    assert document["numberMatched"] == 13


def test_req_core_f_success(client):
    """/req/core/f-op, f-success, f-links: a feature with links to itself and its collection."""
    (first, *_) = get(client, f"{ITEMS}?limit=1")["features"]
    feature = get(client, f"{ITEMS}/{first['id']}")
    assert {"self", "alternate", "collection"} <= rels(feature)
    assert feature["geometry"] == first["geometry"]


def test_req_geojson_content(client):
    """/req/geojson/definition, content: media type, FeatureCollection, MultiPolygon."""
    response = client.get(f"{ITEMS}?limit=1")
    assert response["Content-Type"] == "application/geo+json"
    document = json.loads(response.getvalue())
    assert document["type"] == "FeatureCollection"
    assert document["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert "crs" not in document["features"][0]


def test_req_html_definition(client):
    """/req/html/definition: every resource is there as HTML."""
    for address in (
        "/ogc/",
        "/ogc/conformance",
        "/ogc/collections",
        "/ogc/collections/parcels",
        ITEMS,
    ):
        response = client.get(address, headers={"Accept": "text/html"})
        assert response["Content-Type"].startswith("text/html")
