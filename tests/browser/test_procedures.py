"""The journey of a procedure at the counter: received, observed, returned, approved by another person, notified.

Clara receives at the counter, Rosa works on it, Vera and the lawyer decide. Each new page is looked at by axe
in light, dark and on a phone; pytest's folder of the test keeps their pictures.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import transaction
from playwright.sync_api import Page

from tests import databases
from tests.browser import town
from tests.browser.conftest import assert_accessible_in_every_look
from tests.people import ALMA, CLARA, INES, PASSWORD, ROSA, Person
from tests.servers import serving

TRAY = "/mejia/workbench/procedures/"
SCAN = {
    "name": "reclamo.pdf",
    "mimeType": "application/pdf",
    "buffer": b"%PDF-1.7\n% documento escaneado de prueba\n",
}


@pytest.fixture(scope="module")
def town_server(
    sample_database_name: str, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server on a town of the journey's own, with an official at each desk."""
    name = f"{sample_database_name}_counter"
    with django_db_blocker.unblock():
        databases.release()
        databases.copy(sample_database_name, name)
        with databases.pointing_at(name), transaction.atomic():
            town.build()
            _appoint()
    try:
        with serving(name, tmp_path_factory.mktemp("counter") / "server.log") as address:
            yield address
    finally:
        databases.drop(name)


def _appoint() -> None:
    """Clara receives, Ines writes the legal view, Alma decides (with a role that asks for no second factor)."""
    from gis_project.territory.models import Membership, Municipality, Role
    from tests.staff import SINCE, account

    mejia = Municipality.objects.get(slug=town.TOWN)
    decides = Role.objects.create(
        code="acting_chief",
        name="Director encargado",
        capabilities=["view_register", "approve_operations", "decide_procedures"],
        requires_mfa=False,
    )
    for person, role in (
        (CLARA, Role.objects.get(code="counter_clerk")),
        (INES, Role.objects.get(code="legal_counsel")),
        (ALMA, decides),
    ):
        Membership.objects.create(
            user=account(person), role=role, municipality=mejia, valid=(SINCE, None)
        )


@pytest.fixture
def look(tmp_path: Path):
    """`look(page, "name")`: by axe in every look, and its pictures."""

    def at(page: Page, name: str) -> None:
        size = page.viewport_size
        assert size is not None
        page.screenshot(path=tmp_path / f"{name}.png", full_page=True)
        assert_accessible_in_every_look(page)
        page.screenshot(path=tmp_path / f"{name}-phone.png", full_page=True)
        page.set_viewport_size(size)

    return at


@pytest.fixture
def desk(sign_in):
    """`desk(ROSA)`: that official's own page on the tray."""
    return lambda person: sign_in(TRAY, person=person)


def press(page: Page, button: str, answer: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(answer).first.wait_for()


def take(page: Page, step: str, *, note: str = "") -> None:
    """Opens a step, writes its note and takes it."""
    box = page.locator("details.step").filter(has=page.locator("summary", has_text=step))
    if box.get_attribute("open") is None:
        box.locator("summary").click()
    if note:
        box.get_by_label("Nota").fill(note)
    box.get_by_role("button", name=step).click()
    page.get_by_text("El paso quedó dado").wait_for()


def test_received_observed_returned_decided_and_notified(desk, look, open_page) -> None:
    clara, rosa = desk(CLARA), desk(ROSA)

    # The counter: which procedure, on which predio, who asks.
    look(clara, "tray-empty")
    clara.get_by_role("link", name="Recibir un trámite").click()
    look(clara, "intake")
    clara.get_by_role("link", name="Reclamo administrativo").click()
    clara.get_by_label("Predio: clave o número").fill("999999")
    press(clara, "Recibir e imprimir el comprobante", "No hay un predio «999999»")
    clara.get_by_label("Predio: clave o número").fill(town.NUMBER)
    press(clara, "Comprobar", f"Predio {town.NUMBER}")
    clara.get_by_label("Tomás Caiza Guamán").check()
    clara.get_by_label("Documento de identidad del solicitante, a la vista").check()
    look(clara, "receive")
    press(clara, "Recibir e imprimir el comprobante", "Siga su trámite")
    look(clara, "receipt")
    code = clara.locator(".recovery-code").inner_text()
    number = clara.locator("h1 .key").inner_text()
    clara.get_by_role("link", name="Ir al trámite").click()
    take(clara, "Pasar a revisión")

    # The technician takes it in hand and finds the claim itself missing.
    rosa.goto(TRAY)
    rosa.get_by_role("link", name=number).click()
    press(rosa, "Tomar a mi cargo", "El trámite está a su cargo")
    take(rosa, "Observar: pedir lo que falta", note="Falta el reclamo firmado.")
    look(rosa, "observed")
    citizen = open_page(f"/mejia/tramites/{code}")
    citizen.get_by_text("Falta algo o hay algo que corregir").wait_for()
    assert "Falta el reclamo firmado" not in citizen.content()

    # The counter tells the applicant, and receives what was missing.
    clara.reload()
    clara.get_by_text("Notificar al solicitante").click()
    assert "Falta el reclamo firmado" in clara.get_by_label("Lo que se le dice").input_value()
    press(clara, "Notificar", "La notificación quedó registrada")
    clara.get_by_role("link", name="En persona, impresa").click()
    clara.get_by_role("heading", name="Razón de notificación").wait_for()
    look(clara, "notice")
    clara.get_by_role("link", name="Ir al trámite").click()
    claim = clara.locator("li").filter(has_text="Reclamo escrito").last
    claim.get_by_text("Añadir un documento").click()
    claim.get_by_label("Número", exact=True).fill("1")
    claim.get_by_label("Fecha del documento").fill("2026-03-02")
    claim.get_by_label("Quién lo otorga").fill("El titular")
    claim.get_by_label("Archivo escaneado").set_input_files(SCAN)
    claim.get_by_role("button", name="Guardar el documento").click()
    clara.get_by_text("El documento quedó guardado").wait_for()
    take(clara, "Recibir lo corregido")

    # Report, legal view, and the decision of a person who did not write the report.
    rosa.reload()
    take(rosa, "Informar", note="El área construida está duplicada.")
    ines = desk(INES)
    ines.get_by_role("link", name=number).click()
    take(ines, "Emitir criterio jurídico", note="Procede.")
    alma = desk(ALMA)
    alma.get_by_role("link", name=number).click()
    look(alma, "for-resolution")
    take(alma, "Aceptar el reclamo", note="Se acepta: resolución 031.")
    citizen.reload()
    citizen.get_by_text("Su reclamo fue aceptado").wait_for()
    rosa.goto(f"{TRAY}?tray=closed")
    rosa.get_by_role("link", name=number).wait_for()
    look(rosa, "tray-closed")


def test_without_javascript_the_counter_receives(open_page) -> None:
    address = f"{TRAY}receive/certificate"
    page = open_page(f"/account/login/?next={address}", java_script_enabled=False)
    page.get_by_label("Cédula, teléfono o correo").fill(CLARA.cedula)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    page.get_by_label("Predio: clave o número").fill(town.NUMBER)
    page.get_by_label("Nombres y apellidos").fill("Luz María Ayala")
    page.get_by_role("button", name="Recibir e imprimir el comprobante").click()
    page.get_by_role("heading", name="Comprobante de trámite").wait_for()


@pytest.mark.parametrize(
    ("address", "person"),
    [
        (TRAY, CLARA),
        (f"{TRAY}receive/subdivision", CLARA),
        ("/mejia/workbench/holidays/", CLARA),
        ("/mejia/papers/batch/", ROSA),
        (f"/mejia/p/{town.CONCAVE_KEY}/acts/merge_parcels", ROSA),
        (f"/mejia/p/{town.CONCAVE_KEY}/acts/constitute_condominium", ROSA),
    ],
)
def test_each_page_in_english(address: str, person: Person, sign_in) -> None:
    page = sign_in(address, person=person)
    assert_accessible_in_every_look(page)
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Español").wait_for()
    foreign = page.locator("main :not([lang=es])").all_inner_texts()
    assert not [
        text for text in foreign if "Recibir" in text or "Trámite" in text or "fila" in text
    ]
