"""The items door: parameters, paging, formats."""

import gzip
import json
from urllib.parse import urlsplit

import pytest

from tests.layers.published_town import KEYS, SECRET

pytestmark = pytest.mark.usefixtures("published_town")
ITEMS = "/ogc/collections/parcels/items"
STORAGE = "http://www.opengis.net/def/crs/EPSG/0/32717"


def get(client, address, **headers):
    response = client.get(address, headers=headers)
    return response, json.loads(response.getvalue())


def links(document):
    return {link["rel"]: link["href"] for link in document["links"]}


def test_the_first_page_says_how_many_there_are(client):
    response, page = get(client, f"{ITEMS}?limit=5")
    assert response["Content-Type"] == "application/geo+json"
    assert response["Content-Crs"] == "<http://www.opengis.net/def/crs/OGC/1.3/CRS84>"
    assert (page["numberMatched"], page["numberReturned"], len(page["features"])) == (13, 5, 5)
    assert page["timeStamp"].endswith("Z")


def test_next_links_lead_through_everything_once(client):
    found, address = [], f"{ITEMS}?limit=4&crs={STORAGE}"
    while address:
        _, page = get(client, address)
        found += [feature["id"] for feature in page["features"]]
        following = links(page).get("next")
        address = following and following.removeprefix("http://testserver")
    assert len(found) == len(set(found)) == 13


def test_next_keeps_what_was_asked(client):
    _, page = get(client, f"{ITEMS}?limit=1&kind=URBAN&crs={STORAGE}")
    query = urlsplit(links(page)["next"]).query
    assert "kind=URBAN" in query
    assert "crs=http" in query


def test_a_limit_above_the_most_is_lowered_to_it(client):
    response, page = get(client, f"{ITEMS}?limit=1000000")
    assert response.status_code == 200
    assert len(page["features"]) == 13


def test_a_box_in_the_storage_crs(client):
    _, page = get(client, f"{ITEMS}?bbox=774001,9943001,774002,9943002&bbox-crs={STORAGE}")
    assert [feature["properties"]["key"] for feature in page["features"]] == [KEYS[0]]


def test_listed_fields_filter(client):
    _, page = get(client, f"{ITEMS}?key={KEYS[3]}&municipality=mejia")
    assert page["numberMatched"] == 1
    _, page = get(client, f"{ITEMS}?status=OBSERVED")
    assert [feature["properties"]["key"] for feature in page["features"]] == [KEYS[9]]


def test_datetime_reads_the_history(client):
    _, page = get(client, f"{ITEMS}?datetime=2022-06-01&key={KEYS[10]}")
    assert page["numberReturned"] == 1
    _, page = get(client, f"{ITEMS}?key={KEYS[10]}")
    assert page["numberReturned"] == 0


@pytest.mark.parametrize(
    "name", ["address", "attributes", "geom_hash", "owner", "parcel_id", "id", "geom"]
)
def test_a_field_that_is_not_listed_answers_no_question(client, name):
    response = client.get(f"{ITEMS}?{name}={SECRET}")
    assert response.status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "foo=1",
        "limit=0",
        "limit=-1",
        "limit=x",
        "limit=1.5",
        "limit=1&limit=2",
        "bbox=1,2,3",
        "bbox=1,1,0,0",
        "bbox=nan,0,1,1",
        "bbox=170,0,-170,1",
        "datetime=ayer",
        "datetime=../..",
        "crs=EPSG:2154",
        "bbox-crs=EPSG:4326",
        "f=xml",
        "LIMIT=1",
        "bbox=0,0,1,1&bbox-crs=x",
        "cursor=abc",
        "version=uno",
        "numberMatched=yes",
        "kind=%00",
        "kind=%FF",
        "sortby=key",
        "filter=kind='URBAN'",
        "legal_area_m2=NaN",
        "valid_from=2024-02-30",
    ],
)
def test_what_cannot_be_read_is_a_problem_that_says_so(client, query):
    response = client.get(f"{ITEMS}?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/problem+json")
    problem = response.json()
    assert problem["status"] == 400
    assert len(problem["detail"]) > 20


def test_gzip_is_the_same_document(client):
    plain = client.get(f"{ITEMS}?limit=3").getvalue()
    packed = client.get(f"{ITEMS}?limit=3", headers={"Accept-Encoding": "br, gzip;q=0.8"})
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    unpacked = json.loads(gzip.decompress(packed.getvalue()))
    assert unpacked["features"] == json.loads(plain)["features"]


def test_gzip_is_not_forced(client):
    response = client.get(f"{ITEMS}?limit=3", headers={"Accept-Encoding": "gzip;q=0"})
    assert "Content-Encoding" not in response


def test_any_site_may_read(client):
    response = client.get(ITEMS, headers={"Origin": "https://otro.example"})
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in response
    refused = client.get(f"{ITEMS}?foo=1", headers={"Origin": "https://otro.example"})
    assert refused["Access-Control-Allow-Origin"] == "*"


def test_only_reading_is_possible(client):
    assert client.post(ITEMS, {}).status_code == 405
    assert client.options(ITEMS).status_code == 204
    head = client.head(ITEMS)
    assert head.status_code == 200
    assert head.getvalue() == b""


def test_below_a_municipality_there_is_only_its_own(client):
    _, page = get(client, "/celica/ogc/collections/parcels/items")
    assert page["numberMatched"] == 3
    assert links(page)["self"].startswith("http://testserver/celica/ogc/")
    _, by_code = get(client, "/1104/ogc/collections/parcels/items")
    assert by_code["features"] == page["features"]
    _, foreign = get(client, "/celica/ogc/collections/parcels/items?municipality=mejia")
    assert foreign["numberMatched"] == 0
    assert client.get("/nadie/ogc/collections/parcels/items").status_code == 404
