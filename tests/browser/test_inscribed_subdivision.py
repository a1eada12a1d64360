"""The journey of a lot: divided and sold at the counter, approved by a second person, certified, verified by QR.

Rosa works at the counter, Vera approves with her second factor, a citizen scans the QR. The acts begin on the
predio's page; the procedure that a citizen opens for them has its own walk (test_procedures.py). All pages on the
way are looked at in light, dark and on a phone; pytest's folder of the test keeps their pictures.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.db import transaction
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests import databases
from tests.browser import town
from tests.browser.conftest import assert_accessible, assert_accessible_in_every_look
from tests.browser.printed_qr import page_text, shows_qr_of
from tests.people import ALMA, INES, PASSWORD, ROSA, TOMAS, VERA
from tests.servers import serving

pytestmark = pytest.mark.long

SECRET = generate_totp_secret()
SCAN = {"mimeType": "application/pdf", "buffer": b"%PDF-1.7\n% documento escaneado de prueba\n"}


@pytest.fixture(scope="module")
def town_server(
    sample_database_name: str, django_db_blocker, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A server on a town of the journey's own, where Vera is the chief."""
    name = f"{sample_database_name}_journey"
    with django_db_blocker.unblock():
        databases.release()
        databases.copy(sample_database_name, name)
        with databases.pointing_at(name), transaction.atomic():
            town.build()
            _appoint_vera()
    try:
        with serving(name, tmp_path_factory.mktemp("journey") / "server.log") as address:
            yield address
    finally:
        databases.drop(name)


def _appoint_vera() -> None:
    from gis_project.territory.models import Membership, Municipality, Role
    from tests.staff import SINCE, account

    vera = account(VERA)
    Membership.objects.create(
        user=vera,
        role=Role.objects.get(code="cadastre_chief"),
        municipality=Municipality.objects.get(slug=town.TOWN),
        valid=(SINCE, None),
    )
    TOTP.activate(vera, SECRET)


@dataclass(frozen=True)
class Desk:
    """Two officials, each with a page of their own, and the folder of the pictures."""

    rosa: Page
    vera: Page
    folder: Path

    def picture(self, page: Page, name: str) -> None:
        page.evaluate("scrollTo(0, 0)")
        page.screenshot(path=self.folder / f"{name}.png", full_page=True)

    def look(self, page: Page, name: str) -> None:
        """The page as it is, and in every look by axe."""
        size = page.viewport_size
        assert size is not None
        self.picture(page, name)
        page.emulate_media(color_scheme="dark")
        self.picture(page, f"{name}-dark")
        page.emulate_media(color_scheme="light")
        assert_accessible_in_every_look(page)
        self.picture(page, f"{name}-phone")
        page.set_viewport_size(size)


@pytest.fixture
def desk(sign_in, open_page, tmp_path: Path) -> Desk:
    rosa = sign_in("/mejia/workbench/", person=ROSA)
    vera = open_page("/account/login/?next=/mejia/workbench/proposals/")
    vera.get_by_label("Cédula, teléfono o correo").fill(VERA.cedula)
    vera.get_by_label("Contraseña").fill(PASSWORD)
    vera.get_by_role("button", name="Ingresar").click()
    code = vera.locator("[name=code]")
    for _ in range(3):  # a code may run out between being made and being read
        code.fill(format_hotp_value(hotp_value(SECRET, next(yield_hotp_counters_from_time()))))
        vera.get_by_role("button", name="Ingresar").click()
        vera.wait_for_load_state("networkidle")
        if not code.is_visible():
            break
    vera.get_by_role("heading", name="Propuestas de cambio").wait_for()
    return Desk(rosa, vera, tmp_path)


def day(ago: int) -> str:
    return (timezone.localdate() - timedelta(days=ago)).isoformat()


ISSUERS = {
    "INSCRIPTION": "Registro de la Propiedad de Mejía",
    "NO_DEBT_CERTIFICATE": "Sistema anterior de rentas",
    "RESOLUTION": "Dirección de Planificación",
    "DEED": "Notaría Primera",
}


def bring(
    page: Page, kind: str, *, number: str, ago: int, scan: str = "", predio: str = ""
) -> None:
    """One document into the proposal on the page."""
    page.get_by_text("Añadir un documento").click()
    page.get_by_label("Documento", exact=True).select_option(kind)
    page.get_by_label("Número", exact=True).fill(number)
    page.get_by_label("Fecha del documento").fill(day(ago))
    page.get_by_label("Quién lo otorga").fill(ISSUERS[kind])
    if kind == "INSCRIPTION":
        page.get_by_label("Repertorio").fill("2026-881")
    if predio:
        page.get_by_label("Clave o número del predio que nombra").fill(predio)
    if scan:
        page.get_by_label("Archivo escaneado").set_input_files({"name": scan, **SCAN})
    page.get_by_role("button", name="Guardar el documento").click()
    page.get_by_text("El documento quedó guardado").wait_for()


def press(page: Page, button: str, answer: str) -> None:
    page.get_by_role("button", name=button, exact=True).click()
    page.get_by_text(answer).first.wait_for()


def approve(desk: Desk, address: str) -> None:
    desk.vera.goto(address)
    press(desk.vera, "Aprobar", "La propuesta quedó aprobada")


def confirm(desk: Desk, address: str, what: str = "la inscripción") -> None:
    """Vera saw the document where it is kept; Rosa, who typed it, goes on."""
    assert desk.rosa.get_by_role("button", name=f"Confirmar {what}").count() == 0
    desk.vera.goto(address)
    desk.vera.reload()  # an address that differs by its fragment alone is not asked for again
    press(desk.vera, f"Confirmar {what}", "El documento quedó confirmado")
    desk.rosa.reload()


def test_divided_sold_certified_and_verified(desk: Desk, open_page, town_server: str) -> None:
    rosa, vera = desk.rosa, desk.vera

    # The counter: what the lot admits, and what it owes.
    rosa.goto(f"/mejia/p/{town.KEY}")
    rosa.get_by_role("link", name="Dividir, transferir y otros actos").click()
    rosa.get_by_text("Detenido por deudas").first.wait_for()
    desk.look(rosa, "acts")
    rosa.get_by_role("link", name="Fraccionamiento o subdivisión").click()

    # A first try that cannot be; nothing typed is lost.
    rosa.get_by_label("Área del lote 1 (m²)").fill("9000")
    rosa.get_by_label("Rumbo del corte").fill("90")
    rosa.get_by_label("Motivo o trámite").fill("Trámite 2026-114, partición entre herederos")
    rosa.get_by_role("button", name="Ensayar").click()
    rosa.locator("[data-error-summary]").wait_for()
    expect(rosa.get_by_label("Área del lote 1 (m²)")).to_have_value("9000")
    assert_accessible(rosa)

    # The rehearsal: 240 m² to the north, the house stays on the rest.
    rosa.get_by_label("Área del lote 1 (m²)").fill("240")
    press(rosa, "Ensayar", "Todavía no puede entrar en vigencia")
    rosa.get_by_text("Falta la autorización de fraccionamiento").wait_for()
    rosa.get_by_text("Cuenta de áreas").click()
    assert rosa.get_by_role("row", name="Suma 0,0000").count() == 1
    assert rosa.get_by_role("row", name="Después, 1").first.inner_text().count("240,00") == 1
    assert rosa.get_by_text(TOMAS.full_name).count() >= 3
    desk.look(rosa, "split")
    press(rosa, "Presentar", "La propuesta quedó presentada")
    split = rosa.url

    # Nobody enters the register alone, nor without documents.
    press(rosa, "Poner en vigencia", "espera la aprobación de otra persona")
    vera.reload()
    desk.look(vera, "tray")
    approve(desk, split)
    rosa.goto(split)
    press(rosa, "Poner en vigencia", "falta la autorización de fraccionamiento")
    refusal = rosa.locator("[data-error-summary]").inner_text()
    assert "inscripción en el Registro de la Propiedad" in refusal
    desk.look(rosa, "refused")
    bring(rosa, "RESOLUTION", number="PLA-2026-031", ago=9, scan="resolución.pdf")
    bring(rosa, "INSCRIPTION", number="4410", ago=5, scan="razón de inscripción.pdf")
    press(rosa, "Poner en vigencia", "que otra persona confirme")
    confirm(desk, split)
    press(rosa, "Poner en vigencia", "título(s)")
    bring(rosa, "NO_DEBT_CERTIFICATE", number="T-77", ago=5, scan="no adeuda.pdf", predio=town.KEY)
    confirm(desk, split, "el certificado")
    press(rosa, "Poner en vigencia", "El acto está vigente en el catastro")
    desk.look(rosa, "effective")
    child = rosa.get_by_role("row", name="Después, 1").first.locator(".key").inner_text()

    # The sale of lot 1, by both owners, to somebody whom the register does not know.
    rosa.goto(f"/mejia/p/{child}")
    rosa.get_by_role("link", name="Dividir, transferir y otros actos").click()
    rosa.get_by_role("link", name="Transferencia de dominio").click()
    rosa.get_by_label("Cédula, RUC o pasaporte").fill(ALMA.cedula)
    rosa.get_by_label("Motivo o trámite").fill("Trámite 2026-140, compraventa")
    press(rosa, "Ensayar", "no consta en el catastro")
    expect(rosa.get_by_label("Cédula, RUC o pasaporte")).to_have_value(ALMA.cedula)
    rosa.get_by_label("Nombres y apellidos").fill(ALMA.full_name)
    press(rosa, "Ensayar", "como nuevo titular")
    desk.look(rosa, "transfer")
    press(rosa, "Presentar", "La propuesta quedó presentada")
    sale = rosa.url
    approve(desk, sale)
    rosa.goto(sale)
    bring(rosa, "DEED", number="2026-17-01-003", ago=4, scan="escritura.pdf")
    bring(rosa, "INSCRIPTION", number="4522", ago=2)
    confirm(desk, sale)
    press(rosa, "Poner en vigencia", "título(s)")  # what the divided lot owes, its parts owe
    bring(rosa, "NO_DEBT_CERTIFICATE", number="T-91", ago=2, scan="no adeuda.pdf", predio=child)
    confirm(desk, sale, "el certificado")
    press(rosa, "Poner en vigencia", "El acto está vigente en el catastro")
    rosa.goto(f"/mejia/p/{child}")
    holders = rosa.get_by_role("region", name="Titulares").inner_text()
    assert ALMA.full_name in holders
    assert INES.full_name not in holders

    # The certificate of the new predio, signed by the chief.
    rosa.get_by_role("link", name="Certificados, informes y planos").click()
    rosa.get_by_label("Documento", exact=True).select_option("BOUNDARIES")
    rosa.get_by_label("Número del comprobante").fill("0031")
    rosa.get_by_label("Valor pagado").fill("5.00")
    press(rosa, "Emitir", "aún sin todas las firmas")
    code = rosa.url.rstrip("/").rsplit("/", 1)[-1]
    vera.goto(rosa.url)
    press(vera, "Firma de prueba (sin valor legal)", "Queda registrado")

    # The citizen's phone reads the QR; it is the address that the code printed beside it names.
    pdf = rosa.request.get(f"/api/mejia/certificates/{code}.pdf").body()
    assert code in page_text(pdf).replace("-", "")
    assert shows_qr_of(pdf, f"{town_server}/verify/{code}")
    assert not shows_qr_of(pdf, f"{town_server}/verify/{code[::-1]}")
    citizen = open_page(f"/verify/{code}")
    citizen.get_by_text("Documento auténtico y vigente").wait_for()
    assert ALMA.full_name not in citizen.content()
    desk.picture(citizen, "verified")

    # One more act, and the paper tells what no longer holds.
    rosa.goto(f"/mejia/p/{child}/acts/split_parcel?by=ratio".replace(child, child.replace("-", "")))
    rosa.get_by_label("Proporción de los lotes").fill("1:1")
    rosa.get_by_label("Rumbo del corte").fill("0")
    rosa.get_by_label("Motivo o trámite").fill("Trámite 2026-171")
    press(rosa, "Presentar", "La propuesta quedó presentada")
    approve(desk, rosa.url)
    rosa.reload()
    bring(rosa, "RESOLUTION", number="PLA-2026-052", ago=1)
    bring(rosa, "INSCRIPTION", number="4601", ago=0)
    bring(rosa, "NO_DEBT_CERTIFICATE", number="T-104", ago=0, scan="no adeuda.pdf", predio=child)
    confirm(desk, rosa.url)
    confirm(desk, rosa.url, "el certificado")
    press(rosa, "Poner en vigencia", "El acto está vigente en el catastro")
    citizen.reload()
    citizen.get_by_text("algo ha cambiado").wait_for()
    assert citizen.get_by_role("row", name="Estado del predio").inner_text().count("cambió") == 1
    desk.look(citizen, "changed")


@pytest.mark.parametrize("verb", ["", "split_parcel?by=lines", "transfer_rights", "change_key"])
def test_each_page_in_english(verb: str, sign_in) -> None:
    page = sign_in(f"/mejia/p/{town.CONCAVE_KEY}/acts/{verb}")
    page.get_by_role("button", name="English").click()
    page.get_by_role("button", name="Español").wait_for()
    assert_accessible_in_every_look(page)
    foreign = page.locator("main :not([lang=es])").all_inner_texts()
    assert not [text for text in foreign if "Presentar" in text or "Motivo" in text]


def test_without_javascript_a_counter_rehearses(open_page) -> None:
    address = f"/mejia/p/{town.CONCAVE_KEY}/acts/split_parcel?by=strips"
    page = open_page(f"/account/login/?next={address}", java_script_enabled=False)
    page.get_by_label("Cédula, teléfono o correo").fill(ROSA.cedula)
    page.get_by_label("Contraseña").fill(PASSWORD)
    page.get_by_role("button", name="Ingresar").click()
    page.get_by_label("Número de lotes").fill("3")
    page.get_by_label("Rumbo del corte").fill("0")
    page.get_by_label("Motivo o trámite").fill("turno 4")
    page.get_by_role("button", name="Ensayar").click()
    page.get_by_role("heading", name="Antes y después").wait_for()
    assert page.get_by_role("row", name="Después, 3").count() >= 1
