"""Every page in every look: no violation by axe, nothing cut off at the side of a phone."""

import pytest

from tests.browser import town
from tests.browser.conftest import DESK, assert_accessible, assert_accessible_in_every_look

pytestmark = pytest.mark.long

PUBLIC = {
    "/": 200,
    "/mejia/": 200,
    "/mejia/?q=amazonas": 200,
    "/mejia/?q=nada+de+esto": 200,
    f"/mejia/p/{town.KEY}": 200,
    f"/mejia/p/{town.CONCAVE_KEY}": 200,
    f"/mejia/p/{town.HISTORY_KEY}": 200,
    f"/mejia/p/{town.HISTORY_KEY}/history": 200,
    f"/mejia/p/{town.KEY}?on=2021-01-01": 200,
    "/mejia/p/no-hay": 404,
    "/account/login/": 200,
    "/account/recover/": 200,
    "/design/": 200,
    "/nada/": 404,
}


@pytest.mark.parametrize(("path", "status"), PUBLIC.items())
def test_public_page(path: str, status: int, open_page) -> None:
    assert_accessible_in_every_look(open_page(path, expect=status))


def test_workbench_before_and_after_a_search(sign_in) -> None:
    page = sign_in("/mejia/workbench/")
    assert_accessible(page)
    page.get_by_label("Cédula o RUC").fill("caiza tomas")
    page.get_by_label("Trámite o turno").fill("turno 12")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("heading", name="por titular").wait_for()
    assert_accessible_in_every_look(page)


def test_property_page_of_an_official(sign_in) -> None:
    assert_accessible_in_every_look(sign_in(f"/mejia/p/{town.KEY}"))


def test_forms_that_change_the_register(sign_in) -> None:
    """With every section of the ficha open; the other forms are made of the same parts."""
    page = sign_in(f"/mejia/p/{town.KEY}/acts/correct_attributes")
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")
    assert_accessible_in_every_look(page)
    page.set_viewport_size(DESK["viewport"])
    for path in (
        f"/mejia/p/{town.KEY}/households",
        f"/mejia/p/{town.KEY}/acts/correct_building",
        "/mejia/workbench/parcels/new",
        "/mejia/workbench/parties/new",
    ):
        page.goto(path)
        assert_accessible(page)


@pytest.mark.parametrize("path", ["/account/password/change/", "/account/2fa/", "/account/logout/"])
def test_account_page(path: str, sign_in) -> None:
    assert_accessible(sign_in(path))


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/mejia/",
        f"/mejia/p/{town.KEY}",
        f"/mejia/p/{town.HISTORY_KEY}/history",
        "/account/login/",
    ],
)
def test_page_in_english(path: str, open_page) -> None:
    page = open_page(path)
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Español").wait_for()
    assert page.get_attribute("html", "lang") == "en"
    assert_accessible(page)


def test_error_summary_takes_the_reader_to_the_field(open_page) -> None:
    page = open_page("/account/login/")
    page.get_by_role("button", name="Ingresar").click()
    page.locator("[data-error-summary]:focus").wait_for()
    assert_accessible(page)
    page.get_by_role("alert").get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "login"
