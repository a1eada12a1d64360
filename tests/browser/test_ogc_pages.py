"""The pages of OGC API, which people open from a link of QGIS or a search engine, in every look."""

import json
from urllib.request import urlopen

import pytest

from tests.browser.conftest import assert_accessible, assert_accessible_in_every_look

PAGES = {
    "landing": "/ogc/?f=html",
    "landing of a municipality": "/mejia/ogc/?f=html",
    "conformance": "/ogc/conformance?f=html",
    "collections": "/mejia/ogc/collections?f=html",
    "collection": "/mejia/ogc/collections/parcels?f=html",
    "queryables": "/ogc/collections/parcels/queryables?f=html",
    "items": "/mejia/ogc/collections/parcels/items?f=html&limit=5",
    "no items": "/mejia/ogc/collections/parcels/items?f=html&bbox=-70,-5,-69,-4",
    "API": "/mejia/ogc/api.html",
}


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_ogc_page(path: str, open_page) -> None:
    assert_accessible_in_every_look(open_page(path))


def test_page_of_one_feature(town_server: str, open_page) -> None:
    with urlopen(f"{town_server}/mejia/ogc/collections/parcels/items?f=json&limit=1") as answer:
        identity = json.load(answer)["features"][0]["id"]
    path = f"/mejia/ogc/collections/parcels/items/{identity}?f=html"
    assert_accessible_in_every_look(open_page(path))


@pytest.mark.parametrize("name", ["landing", "collection", "items"])
def test_ogc_page_in_english(name: str, open_page) -> None:
    page = open_page(PAGES[name])
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Español").wait_for()
    assert page.get_attribute("html", "lang") == "en"
    assert_accessible(page)
