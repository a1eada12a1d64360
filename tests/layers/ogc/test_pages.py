"""The same documents as pages."""

import pytest

from tests.layers.published_town import KEYS

pytestmark = pytest.mark.usefixtures("published_town")
BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
ADDRESSES = [
    "/ogc/",
    "/ogc/api",
    "/ogc/api.html",
    "/ogc/conformance",
    "/ogc/collections",
    "/ogc/collections/parcels",
    "/ogc/collections/parcels/queryables",
    "/ogc/collections/parcels/items",
    "/mejia/ogc/",
    "/mejia/ogc/collections/parcels/items",
]


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("language", ["es", "en"])
def test_a_browser_gets_a_page(client, address, language):
    response = client.get(address, headers={**BROWSER, "Accept-Language": language})
    assert response.status_code == 200
    assert response["Content-Type"].startswith("text/html")
    assert "<h1>" in response.content.decode()


@pytest.mark.parametrize("address", ADDRESSES)
def test_the_parameter_decides_before_the_header(client, address):
    if address.endswith(".html"):
        assert client.get(address)["Content-Type"].startswith("text/html")
        return
    assert "json" in client.get(f"{address}?f=json", headers=BROWSER)["Content-Type"]
    assert client.get(f"{address}?f=html")["Content-Type"].startswith("text/html")


def test_a_feature_has_a_page_with_its_fields_and_its_property(client):
    page = client.get(f"/ogc/collections/parcels/items?f=html&key={KEYS[0]}").content.decode()
    assert KEYS[0] in page
    identity = page.split("/ogc/collections/parcels/items/")[1].split("?")[0]
    item = client.get(f"/ogc/collections/parcels/items/{identity}", headers=BROWSER)
    assert f"/mejia/p/{KEYS[0]}" in item.content.decode()


def test_names_are_text_and_never_markup(client):
    page = client.get("/ogc/collections/roads/items?f=html").content.decode()
    assert "Calle «Ñ» &amp; &quot;comillas&quot; &lt;b&gt;" in page


def test_pages_lead_to_the_next(client):
    page = client.get("/ogc/collections/parcels/items?f=html&limit=2").content.decode()
    assert 'rel="next"' in page
    assert "f=html" in page.split('rel="next" href="')[1].split('"')[0]
