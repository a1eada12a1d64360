"""A real browser on a real server: every page is looked at as people use it, and by axe.

The browser is Debian's chromium (LINDERO_CHROMIUM names another); it may ask nothing of any other origin.
"""

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    sync_playwright,
)

from tests import databases
from tests.people import PASSWORD, ROSA, Person
from tests.servers import serving

PHONE = {"viewport": {"width": 360, "height": 740}, "device_scale_factor": 2, "has_touch": True}
DESK = {"viewport": {"width": 1200, "height": 850}}
COLOUR_RULES = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.path.parent.name == "browser":
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def town_server(
    sample_database_name: str, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The address of a server on a small town of its own (tests/browser/town.py)."""
    name = f"{sample_database_name}_town"
    with django_db_blocker.unblock():
        databases.release()
        databases.copy(sample_database_name, name)
        with databases.pointing_at(name):
            from tests.browser import town

            with transaction.atomic():
                town.build()
    try:
        with serving(name, tmp_path_factory.mktemp("town") / "server.log") as address:
            yield address
    finally:
        databases.drop(name)


@pytest.fixture(scope="module")
def browser(town_server: str) -> Iterator[Browser]:
    """The running browser, for one module: while its event loop runs in this thread, Django refuses its database.

    It asks for the server first, so that it is gone before databases are dropped.
    """
    path = os.environ.get("LINDERO_CHROMIUM", "/usr/bin/chromium")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(browser: Browser, town_server: str) -> Iterator[Callable[..., Page]]:
    """`open_page("/mejia/", **context_options)`: a fresh visitor on that page.

    Any request to another origin and any script error or refused resource fails the test;
    `expect` names the one status of 400 or more that it means to meet.
    """
    contexts: list[BrowserContext] = []
    wrong: list[str] = []

    def visit(path: str, *, expect: int = 200, **options) -> Page:
        context = browser.new_context(
            base_url=town_server, locale="es-EC", reduced_motion="reduce", **(DESK | options)
        )
        contexts.append(context)
        page = context.new_page()
        watch(page, town_server, wrong, expect)
        response = page.goto(path)
        assert response is not None
        assert response.status == expect
        return page

    yield visit
    for context in contexts:
        context.close()
    assert wrong == []


@pytest.fixture
def sign_in(open_page) -> Callable[..., Page]:
    """`sign_in(ROSA, "/mejia/workbench/")`: that official on that page."""

    def visit(path: str, *, person: Person = ROSA, **options) -> Page:
        page = open_page(f"/account/login/?next={path}", **options)
        page.get_by_label("Cédula, teléfono o correo").fill(person.cedula)
        page.get_by_label("Contraseña").fill(PASSWORD)
        page.get_by_role("button", name="Ingresar").click()
        page.wait_for_url(f"**{path}")
        return page

    return visit


def watch(page: Page, origin: str, wrong: list[str], expect: int = 200) -> None:
    """Collects what must not happen: requests elsewhere, script errors, complaints of the content policy."""

    def check(request: Request) -> None:
        if not request.url.startswith((f"{origin}/", "data:", "blob:")):
            wrong.append(f"request to {request.url}")

    def hear(message: ConsoleMessage) -> None:
        if message.type == "error" and f"status of {expect}" not in message.text:
            wrong.append(f"console: {message.text}")

    page.on("request", check)
    page.on("pageerror", lambda error: wrong.append(f"script error: {error}"))
    page.on("console", hear)


def assert_accessible(page: Page, **options) -> None:
    """No violation by axe's rules for WCAG 2.2 AA and its best practices."""
    found = Axe().run(page, options=options or None)
    assert found.violations_count == 0, found.generate_report()


def assert_accessible_in_every_look(page: Page) -> None:
    """Light, dark and phone; and on the phone nothing is cut off at the side."""
    assert_accessible(page)
    page.emulate_media(color_scheme="dark")
    assert_accessible(page, **COLOUR_RULES)
    page.set_viewport_size(PHONE["viewport"])
    assert_accessible(page, **COLOUR_RULES)
    page.emulate_media(color_scheme="light")
    assert_accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["viewport"]["width"]
