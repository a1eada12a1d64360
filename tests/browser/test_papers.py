"""The pages of papers: issued and verified with the keyboard's own forms, no violation by axe."""

from tests.browser import town
from tests.browser.conftest import assert_accessible, assert_accessible_in_every_look


def test_the_form_for_a_code_and_its_refusal(open_page) -> None:
    assert_accessible_in_every_look(open_page("/verify/"))
    page = open_page("/verify/ABCD-EFGH-JKM", expect=404)
    page.get_by_text("Ese código no existe").wait_for()
    assert_accessible(page)


def test_from_the_predio_to_a_verified_paper(sign_in) -> None:
    page = sign_in(f"/mejia/p/{town.KEY}")
    page.get_by_role("link", name="Certificados, informes y planos").click()
    page.get_by_role("heading", name="Documentos del predio").wait_for()
    assert_accessible_in_every_look(page)
    page.get_by_label("Número del comprobante").fill("0012")
    page.get_by_role("button", name="Emitir").click()
    page.locator("[data-error-summary]").wait_for()
    assert_accessible(page)
    page.get_by_label("Valor pagado").fill("2.00")
    page.get_by_role("button", name="Emitir").click()
    page.get_by_text("aún sin todas las firmas").wait_for()
    assert_accessible_in_every_look(page)
    page.get_by_role("link", name="Ver lo que verifica el público").click()
    page.get_by_role("heading", name="Lo que certifica").wait_for()
    assert_accessible_in_every_look(page)
    page.goto(page.url.split("/verify/")[0] + "/mejia/papers/")
    page.get_by_role("heading", name="Emitidos").wait_for()
    assert_accessible(page)
