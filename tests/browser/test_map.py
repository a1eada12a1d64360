"""The map draws the register's own coordinates and leads to the pages of what it shows."""

import re

from pyproj import Transformer

from tests.browser import town


def test_a_touch_on_a_parcel_leads_to_its_page(open_page) -> None:
    page = open_page(f"/mejia/p/{town.KEY}")
    page.locator("lindero-map").scroll_into_view_if_needed()
    page.locator(".ol-viewport canvas").first.wait_for()
    page.wait_for_load_state("networkidle")  # parcel and picture are drawn
    box = page.locator(".map-view").bounding_box()
    page.locator(".map-view").click(position={"x": box["width"] * 0.75, "y": box["height"] / 2})
    link = page.locator(".map-found a")
    link.wait_for()
    link.click()
    page.wait_for_url(f"**/mejia/p/{town.CONCAVE_KEY}")


def test_the_readout_agrees_with_proj(open_page) -> None:
    page = open_page("/mejia/")
    page.locator("lindero-map").scroll_into_view_if_needed()
    page.wait_for_function("document.querySelector('.map-readout')?.innerText")
    told = page.inner_text(".map-readout")
    numbers = [
        float(n.replace(".", "").replace(",", ".")) for n in re.findall(r"-?[\d.]+,\d+", told)
    ]
    assert told.startswith("UTM 17 Sur · E ")
    easting, northing, latitude, longitude = numbers
    to_degrees = Transformer.from_crs(32717, 4326, always_xy=True)
    expected_longitude, expected_latitude = to_degrees.transform(easting, northing)
    assert abs(longitude - expected_longitude) < 1e-5
    assert abs(latitude - expected_latitude) < 1e-5


def test_a_reader_who_saves_data_is_asked_before_the_map_comes(open_page) -> None:
    page = open_page("/design/")
    page.add_init_script(
        "Object.defineProperty(navigator, 'connection', {value: {saveData: true}})"
    )
    sizes = []
    page.on("response", lambda response: sizes.append(response.url))
    page.goto("/mejia/")
    page.get_by_role("button", name="Mostrar el mapa").wait_for()
    assert not [url for url in sizes if "/wms" in url]
    page.get_by_role("button", name="Mostrar el mapa").click()
    page.locator(".map-view").wait_for()


def test_weight_of_a_page_without_and_with_the_map(open_page) -> None:
    """150 kB compressed without the map, 400 kB with it."""
    page = open_page("/")
    assert transferred(page) < 150_000
    page = open_page("/mejia/")
    page.locator(".map-view").wait_for()
    assert transferred(page, without="/wms") < 400_000


def transferred(page, without: str = "\0") -> int:
    return page.evaluate(
        """without => performance.getEntriesByType('resource').concat(performance.getEntriesByType('navigation'))
            .filter(entry => !entry.name.includes(without)).reduce((sum, entry) => sum + entry.encodedBodySize, 0)""",
        without,
    )
