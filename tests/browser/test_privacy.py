"""What a page tells to whom: names and documents only to the municipality's own officials."""

from tests.browser import town
from tests.people import BRUNO, INES, ROSA, TOMAS

PRIVATE = (TOMAS.full_name, TOMAS.cedula, INES.full_name, INES.cedula, "Caiza", "Loachamín")
TITLED_AREA = "740,00"


def test_the_public_page_names_nobody(open_page) -> None:
    page = open_page(f"/mejia/p/{town.KEY}")
    html = page.content()
    assert [word for word in PRIVATE if word in html] == []
    assert TITLED_AREA not in html
    assert (
        "-U-0" not in html
    )  # the title's number is the second fact that lets a person ask by cédula


def test_names_and_documents_find_nothing_in_the_public_search(open_page) -> None:
    for text in (TOMAS.full_name, INES.cedula):
        page = open_page("/mejia/")
        page.locator("#consulta").fill(text)
        page.get_by_role("button", name="Buscar").click()
        page.get_by_role("heading", name="No encontramos").wait_for()


def test_an_official_sees_the_holders_of_his_municipality(sign_in) -> None:
    page = sign_in(f"/mejia/p/{town.KEY}", person=ROSA)
    titulares = page.get_by_role("region", name="Titulares").inner_text()
    assert TOMAS.full_name in titulares
    assert INES.cedula in titulares
    assert "1/2" in titulares
    assert TITLED_AREA in page.content()


def test_an_official_of_another_municipality_is_a_citizen_here(sign_in) -> None:
    page = sign_in(f"/mejia/p/{town.KEY}", person=BRUNO)
    assert [word for word in PRIVATE if word in page.content()] == []
    assert page.request.get("/mejia/workbench/").status == 404


def test_people_are_searched_only_with_a_purpose(sign_in) -> None:
    page = sign_in("/mejia/workbench/")
    page.get_by_label("Cédula o RUC").fill("caiza")
    page.get_by_label("Trámite o turno").fill("")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_text("Se buscaron solo predios").wait_for()
    assert TOMAS.full_name not in page.content()
    page.get_by_label("Trámite o turno").fill("trámite 2026-114")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("rowheader", name=TOMAS.full_name).wait_for()


def test_names_are_found_in_any_order_and_with_a_slip(sign_in) -> None:
    page = sign_in("/mejia/workbench/")
    page.get_by_label("Trámite o turno").fill("turno 1")
    for text in ("guaman tomas caiza", "TOMÁS CAISA", TOMAS.cedula):
        page.get_by_label("Cédula o RUC").fill(text)
        page.get_by_role("button", name="Buscar").click()
        page.get_by_role("rowheader", name=TOMAS.full_name).wait_for()


def test_the_counter_needs_an_account(open_page) -> None:
    page = open_page("/mejia/workbench/")
    assert "/account/login/" in page.url
