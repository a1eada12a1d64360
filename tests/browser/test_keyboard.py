"""Search and property page with nothing but the keyboard; the focus is always seen."""

from playwright.sync_api import Page

from tests.browser import town


def focused(page: Page) -> str:
    return page.evaluate(
        "(document.activeElement.innerText || document.activeElement.name"
        " || document.activeElement.getAttribute('aria-label') || '').trim()"
    )


def test_the_first_stop_skips_to_the_content(open_page) -> None:
    page = open_page("/mejia/")
    page.keyboard.press("Tab")
    assert focused(page) == "Ir al contenido"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert focused(page) == "q"


def test_a_search_needs_no_mouse(open_page) -> None:
    page = open_page("/mejia/")
    page.locator("#consulta").focus()
    page.keyboard.type("amazonas")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="predios encontrados").wait_for()
    for _ in range(30):
        page.keyboard.press("Tab")
        if focused(page).startswith("Av. Amazonas N3-40"):
            break
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/mejia/p/{town.KEY}")


def test_every_stop_is_large_enough_and_shows_its_focus(open_page) -> None:
    page = open_page("/mejia/?q=amazonas", viewport={"width": 360, "height": 740})
    seen = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        stop = page.evaluate(
            """() => {
                const at = document.activeElement, box = at.getBoundingClientRect(), style = getComputedStyle(at);
                const ring = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
                return {name: at.innerText || at.name, tag: at.tagName, height: box.height, ring};
            }"""
        )
        if stop["tag"] == "BODY":
            break
        seen.add(stop["name"])
        assert stop["ring"], stop
        assert stop["height"] >= 24, stop  # WCAG 2.2, 2.5.8; controls of our own are 44
    assert len(seen) > 10


def test_the_map_answers_to_the_keyboard(open_page) -> None:
    page = open_page(f"/mejia/p/{town.KEY}")
    page.locator("lindero-map").scroll_into_view_if_needed()
    view = page.locator(".map-view")
    view.focus()
    before = page.inner_text(".map-readout")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "text => document.querySelector('.map-readout').innerText !== text", arg=before
    )
    page.keyboard.press("ArrowLeft")
    page.wait_for_timeout(400)
    page.keyboard.press("Enter")
    found = page.locator(".map-found a")
    found.wait_for()
    assert found.get_attribute("href") == f"/mejia/p/{town.KEY}"
