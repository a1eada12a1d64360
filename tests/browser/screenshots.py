"""Takes the pictures of README and manuals from a running installation with the sample towns.

    python tests/browser/screenshots.py http://127.0.0.1:8000 docs/img

With LINDERO_DEMO_LOGIN and LINDERO_DEMO_PASSWORD set (an official of Mejía) the counter is pictured too.
"""

import os
import sys
from pathlib import Path

from playwright.sync_api import Browser, Page, Response, sync_playwright

DESK = {"viewport": {"width": 1200, "height": 820}}
PHONE = {"viewport": {"width": 390, "height": 800}, "device_scale_factor": 2, "has_touch": True}
ADDRESS = "Amazonas"


def main(address: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=os.environ.get("LINDERO_CHROMIUM", "/usr/bin/chromium"),
            args=["--no-sandbox"],
        )
        start(browser, address, folder)
        portal(browser, address, folder)
        property_page(browser, address, folder)
        if os.environ.get("LINDERO_DEMO_LOGIN"):
            counter(browser, address, folder)
        browser.close()


def visit(browser: Browser, address: str, **look) -> Page:
    page = browser.new_context(base_url=address, locale="es-EC", **look).new_page()
    page.on("response", refuse_failures)
    return page


def refuse_failures(response: Response) -> None:
    """No picture of a page with something missing on it."""
    if response.status >= 400:
        raise SystemExit(f"{response.status} {response.url}")


def picture(page: Page, path: Path, *, full: bool = False) -> None:
    page.wait_for_load_state("networkidle")
    page.evaluate("scrollTo(0, 0)")
    page.screenshot(path=path, full_page=full)


def start(browser: Browser, address: str, folder: Path) -> None:
    page = visit(browser, address, **DESK)
    page.goto("/")
    picture(page, folder / "start.png")


def portal(browser: Browser, address: str, folder: Path) -> None:
    page = visit(browser, address, viewport={"width": 1200, "height": 1350})
    page.goto("/mejia/")
    page.locator(".map-view").wait_for()
    picture(page, folder / "portal.png")


def property_page(browser: Browser, address: str, folder: Path) -> None:
    page = visit(browser, address, viewport={"width": 1200, "height": 1250})
    page.goto(f"/mejia/?q={ADDRESS}")
    page.locator(".result-list a").first.click()
    page.locator(".map-view").wait_for()
    picture(page, folder / "property.png")
    found = page.url
    for name, look in (("phone", PHONE), ("dark", {**DESK, "color_scheme": "dark"})):
        page = visit(browser, address, **look)
        page.goto(found)
        picture(page, folder / f"property-{name}.png")


def counter(browser: Browser, address: str, folder: Path) -> None:
    page = visit(browser, address, **DESK)
    page.goto("/account/login/?next=/mejia/workbench/")
    page.locator("[name=login]").fill(os.environ["LINDERO_DEMO_LOGIN"])
    page.locator("[name=password]").fill(os.environ["LINDERO_DEMO_PASSWORD"])
    page.get_by_role("button", name="Ingresar").click()
    page.locator("[name=text]").fill("quishpe")
    page.locator("[name=purpose]").fill("turno 14")
    page.get_by_role("button", name="Buscar").click()
    page.locator("table").first.wait_for()
    picture(page, folder / "counter.png")


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"), Path(sys.argv[2]))
