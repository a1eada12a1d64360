"""Everything that is text works without JavaScript: search, results, property, language, sign-in, counter."""

from tests.browser import town
from tests.people import INES, PASSWORD, ROSA

NO_SCRIPT = {"java_script_enabled": False}


def test_a_citizen_searches_and_reads_a_property(open_page) -> None:
    page = open_page("/", **NO_SCRIPT)
    page.get_by_label("Municipio", exact=True).select_option("mejia")
    page.get_by_label("Clave, número de predio o dirección").fill("amazonas")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("heading", name="10 predios encontrados").wait_for()
    page.get_by_role("link", name="Av. Amazonas N3-42").click()
    assert page.url.endswith(f"/mejia/p/{town.CONCAVE_KEY}")
    assert page.get_by_role("heading", level=1).inner_text().startswith("Av. Amazonas N3-42")
    page.get_by_role("heading", name="Por qué paga ese impuesto").wait_for()
    assert page.get_by_role("row", name="Cuerpo de Bomberos").count() == 1
    assert page.get_by_role("row", name="6 → 1").count() == 1
    assert page.get_by_role("img", name="Mapa del predio").count() == 1


def test_any_spelling_of_the_key_leads_to_the_property(open_page) -> None:
    for text in ("17-03-50-01-02-003-001", "1703500102003001", town.NUMBER, "0102003001"):
        page = open_page("/mejia/", **NO_SCRIPT)
        page.locator("#consulta").fill(text)
        page.get_by_role("button", name="Buscar").click()
        assert page.url.endswith(f"/mejia/p/{town.KEY}"), text


def test_coordinates_of_every_kind_find_the_property_they_lie_in(open_page) -> None:
    utm = f"{town.EAST + 5} {town.NORTH + 5}"
    for text in (utm, "-0.51064, -78.56702", "0°30'38.3\"S 78°34'1.3\"W"):
        page = open_page("/mejia/", **NO_SCRIPT)
        page.locator("#consulta").fill(text)
        page.get_by_role("button", name="Buscar").click()
        assert page.url.endswith(f"/mejia/p/{town.KEY}"), text


def test_an_official_signs_in_and_searches_a_holder(open_page) -> None:
    page = open_page("/account/login/?next=/mejia/workbench/", **NO_SCRIPT)
    page.get_by_label("Cédula, teléfono o correo").fill(ROSA.cedula)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    page.get_by_label("Cédula o RUC").fill(INES.cedula)
    page.get_by_label("Trámite o turno").fill("turno 3")
    page.get_by_role("button", name="Buscar").click()
    page.get_by_role("rowheader", name=INES.full_name).wait_for()
    assert INES.cedula not in page.url


def test_the_language_changes(open_page) -> None:
    page = open_page(f"/mejia/p/{town.KEY}", **NO_SCRIPT)
    page.get_by_role("button", name="English").click()
    page.get_by_role("heading", name="Why you pay this tax").wait_for()
    assert page.url.endswith(f"/mejia/p/{town.KEY}")


def test_refusals_say_what_to_do(open_page) -> None:
    page = open_page("/mejia/p/999", expect=404, **NO_SCRIPT)
    assert "Revise los dígitos" in page.inner_text("main")
    page = open_page("/celica/?q=amazonas", **NO_SCRIPT)
    assert "No encontramos «amazonas»" in page.inner_text("main")


def test_print_leaves_the_furniture_away(open_page) -> None:
    page = open_page(f"/mejia/p/{town.KEY}", **NO_SCRIPT)
    page.emulate_media(media="print")
    assert not page.get_by_role("navigation", name="Principal").is_visible()
    assert page.get_by_role("heading", level=1).is_visible()
    page.emulate_media(media="screen")
    assert_accessible_without_script(page)


def assert_accessible_without_script(page) -> None:
    """Axe needs scripts; what it would say of landmarks and headings is asserted by hand."""
    assert page.locator("h1").count() == 1
    assert page.locator("main").count() == 1
    assert page.locator("img:not([alt])").count() == 0
