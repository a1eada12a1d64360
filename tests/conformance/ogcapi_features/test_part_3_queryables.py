"""OGC API – Features – Part 3 (19-079r2): queryables, and queryables as parameters."""

import json

import pytest

pytestmark = pytest.mark.usefixtures("published_town")


def test_req_queryables_response(client):
    """/req/queryables/response: a JSON Schema of an object with its own address as $id."""
    schema = client.get("/ogc/collections/parcels/queryables").json()
    assert schema["type"] == "object"
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["$id"] == "http://testserver/ogc/collections/parcels/queryables"


def test_req_queryables_link(client):
    """/req/queryables/link: each collection leads to them."""
    for collection in client.get("/ogc/collections").json()["collections"]:
        rels = {link["rel"] for link in collection["links"]}
        assert "http://www.opengis.net/def/rel/ogc/1.0/queryables" in rels


def test_req_queryables_query_parameters(client):
    """/req/queryables-query-parameters/parameters: each queryable but the geometry is a parameter."""
    schema = client.get("/ogc/collections/parcels/queryables").json()
    items = "/ogc/collections/parcels/items"
    feature = json.loads(client.get(f"{items}?limit=1").getvalue())["features"][0]
    for name in schema["properties"]:
        value = feature["properties"].get(name)
        if value is None:
            continue
        response = client.get(items, {name: value})
        found = json.loads(response.getvalue())["features"]
        assert feature["id"] in {entry["id"] for entry in found}, name
