"""The pages of acts: what a predio admits, the rehearsal that leaves nothing, the proposal that it becomes."""

from fractions import Fraction

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from shapely import LineString, to_wkt

from cadastre.models import (
    ParcelVersion,
    PartyIdentity,
    PropertyUnit,
    Proposal,
    SourceConfirmation,
    SourceFile,
)
from gis_project.core.verification_code import new_code
from gis_project.territory.models import AccessRecord
from tests import papers, people, register, staff
from tests.shapes import at, square

pytestmark = pytest.mark.django_db
KEY = "170350010100100100000000"
PDF = b"%PDF-1.7 prueba"


@pytest.fixture
def town(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "files"
    place = register.town()
    act = register.operation(place)
    lot = register.predio(act, square(), KEY, number="7")
    register.holder(act, lot, people.TOMAS.full_name, people.TOMAS.cedula, share=Fraction(1))
    return place


@pytest.fixture
def rosa(town):
    return client_of(staff.appoint(people.ROSA, "cadastre_technician", town))


@pytest.fixture
def vera(town):
    return client_of(staff.appoint(people.VERA, "cadastre_chief", town))


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def address(verb: str = "", way: str = "") -> str:
    return f"/mejia/p/{KEY}/acts/{verb}" + (f"?by={way}" if way else "")


HALVES = {
    "area_m2": "100,5",
    "bearing_deg": "0",
    "side": "left",
    "reason": "Trámite 12",
    "revision": "0",
}
SALE = {
    "cause": "SALE",
    "kind": "OWNERSHIP",
    "takers": "1",
    "gives_0": "on",
    "document_0": people.INES.cedula,
    "name_0": people.INES.full_name,
    "taken_share_0": "1",
    "reason": "Trámite 13",
    "revision": "0",
}


def html(answer) -> str:
    return answer.content.decode()


def proposed(client: Client, verb: str = "split_parcel", typed=HALVES) -> Proposal:
    answer = client.post(address(verb), typed | {"do": "propose"})
    assert answer.status_code == 302, html(answer)
    proposal = Proposal.objects.latest("prepared_at")
    assert answer.headers["Location"] == page_of(proposal)
    return proposal


def page_of(proposal: Proposal) -> str:
    return f"/mejia/workbench/proposals/{proposal.pk}/"


def step(client: Client, proposal: Proposal, do: str, **typed) -> str:
    answer = client.post(page_of(proposal), {"do": do} | typed, follow=True)
    assert answer.status_code == 200
    return html(answer)


def bring(client: Client, proposal: Proposal, kind: str, **typed) -> str:
    told = {"kind": kind, "number": "15", "issued_on": "2026-03-02", "issuer": "Concejo"} | typed
    return step(client, proposal, "document", **told)


class TestOffer:
    def test_it_names_documents_and_ways(self, rosa):
        page = html(rosa.get(address()))
        for words in (
            "Fraccionamiento",
            "autorización de fraccionamiento",
            "Corrección de los datos de un titular",
            "compraventa",
        ):
            assert words.lower() in page.lower()
        assert "Detenido por deudas" not in page

    def test_an_observed_predio_offers_what_mends_it(self, rosa):
        PropertyUnit.objects.update(state="OBSERVED")
        page = html(rosa.get(address()))
        assert "Fraccionamiento" not in page
        assert "Cambio de clave" in page
        assert "Transferencia" in page
        assert rosa.get(address("split_parcel")).status_code == 404

    def test_a_retired_predio_offers_nothing(self, rosa):
        PropertyUnit.objects.update(state="RETIRED")
        assert "no admite actos" in html(rosa.get(address()))

    def test_an_act_without_a_form_has_no_page(self, rosa):
        assert rosa.get(address("update_households")).status_code == 404
        assert rosa.get(address("nothing")).status_code == 404


class TestSplit:
    def test_a_rehearsal_shows_all_and_leaves_nothing(self, rosa):
        page = html(rosa.post(address("split_parcel"), HALVES | {"do": "rehearse"}))
        for words in (
            "100,50",
            "299,50",
            "Falta la autorización",
            "Se da de baja",
            "Suma",
            "0,0000",
        ):
            assert words in page
        assert people.TOMAS.full_name in page
        look = AccessRecord.objects.get(action="view_holders")
        assert (look.found, look.purpose) == (3, "ensayo: Trámite 12")
        assert not Proposal.objects.exists()
        assert ParcelVersion.objects.count() == 1

    @pytest.mark.parametrize(
        ("way", "typed", "areas"),
        [
            ("ratio", {"ratio": "3:1", "bearing_deg": "0", "side": "left"}, ["300,00", "100,00"]),
            (
                "strips",
                {"count": "4", "equal": "area", "bearing_deg": "90", "side": "left"},
                ["100,00"],
            ),
            ("lines", {"lines": to_wkt(LineString([at(10, -5), at(10, 25)]))}, ["200,00"]),
            (
                "lines",
                {"lines": "{} {}\n{} {}".format(*at(5, -5), *at(5, 25))},
                ["300,00", "100,00"],
            ),
        ],
    )
    def test_every_way_of_cutting(self, way, typed, areas, rosa):
        typed = typed | {"reason": "x", "revision": "0", "do": "rehearse"}
        page = html(rosa.post(address("split_parcel", way), typed))
        assert "Antes y después" in page
        for area in areas:
            assert area in page

    def test_a_refusal_stands_beside_what_was_typed(self, rosa):
        typed = HALVES | {"area_m2": "399,9", "do": "rehearse"}
        page = html(rosa.post(address("split_parcel"), typed))
        assert "data-error-summary" in page
        assert 'value="399,9"' in page

    def test_work_on_an_older_state_is_refused(self, rosa):
        PropertyUnit.objects.update(revision=3)
        page = html(rosa.post(address("split_parcel"), HALVES | {"do": "propose"}))
        assert "cambió" in page
        assert not Proposal.objects.exists()


class TestTransfer:
    def test_who_is_not_known_is_registered_only_by_the_proposal(self, rosa):
        page = html(rosa.post(address("transfer_rights"), SALE | {"do": "rehearse"}))
        assert "como nuevo titular" in page
        assert "empieza" in page
        assert "termina" in page
        assert not PartyIdentity.objects.filter(id_number=people.INES.cedula).exists()
        assert AccessRecord.objects.filter(action="search_people").exists()
        proposed(rosa, "transfer_rights", SALE)
        assert (
            PartyIdentity.objects.get(id_number=people.INES.cedula).full_name
            == people.INES.full_name
        )

    def test_a_document_nobody_has_needs_a_name(self, rosa):
        page = html(rosa.post(address("transfer_rights"), SALE | {"name_0": "", "do": "rehearse"}))
        assert "no consta en el catastro" in page
        assert people.INES.cedula in page

    def test_all_holders_give_unless_unmarked(self, rosa):
        assert 'name="gives_0" id="id_gives_0" checked' in html(
            rosa.get(address("transfer_rights"))
        )
        unmarked = {name: text for name, text in SALE.items() if name != "gives_0"}
        page = html(rosa.post(address("transfer_rights"), unmarked | {"do": "more"}))
        assert 'id="id_gives_0" checked' not in page
        page = html(rosa.post(address("transfer_rights"), unmarked | {"do": "rehearse"}))
        assert "Marque a quien transfiere" in page

    def test_another_row_keeps_what_was_typed(self, rosa):
        page = html(rosa.post(address("transfer_rights"), SALE | {"do": "more"}))
        assert 'name="document_1"' in page
        assert f'value="{people.INES.cedula}"' in page
        assert "data-error-summary" not in page

    def test_shares_that_do_not_add_up(self, rosa):
        page = html(
            rosa.post(address("transfer_rights"), SALE | {"taken_share_0": "1/2", "do": "rehearse"})
        )
        assert "cuotas deben ser iguales" in page
        page = html(
            rosa.post(address("transfer_rights"), SALE | {"taken_share_0": "3/2", "do": "rehearse"})
        )
        assert "Escriba la cuota como 1/3" in page


class TestProposal:
    def test_a_certificate_of_ours_waits_for_nobody(self, rosa, vera):
        proposal = proposed(rosa)
        ours = papers.paper_on(PropertyUnit.objects.get(number="7"), new_code(), kind="NO_DEBT")
        page = bring(rosa, proposal, "NO_DEBT_CERTIFICATE", number=ours.code)
        assert "lo emitió este municipio" in page
        assert "Por confirmar" not in page
        assert "Confirmar el certificado" not in html(vera.get(page_of(proposal)))
        assert "Por confirmar" in bring(rosa, proposal, "NO_DEBT_CERTIFICATE", number="77")

    def test_the_whole_way(self, rosa, vera):
        proposal = proposed(rosa)
        assert "espera la aprobación" in step(rosa, proposal, "effective")
        assert "no permite" in step(rosa, proposal, "approve")
        assert "quedó aprobada" in step(vera, proposal, "approve", remark="De acuerdo.")
        refused = step(rosa, proposal, "effective")
        assert "falta la autorización de fraccionamiento" in refused
        assert "la inscripción en el Registro" in refused
        bring(rosa, proposal, "RESOLUTION")
        scan = SimpleUploadedFile("razón.pdf", PDF)
        page = bring(rosa, proposal, "INSCRIPTION", repertory="901", file=scan)
        assert "Por confirmar o completar" in page
        assert "confirme que la vio" in step(rosa, proposal, "effective")
        inscription = str(proposal.sources.get(source__kind="INSCRIPTION").source_id)
        assert "no permite" in step(rosa, proposal, "confirm", document=inscription)
        assert "Confirmar la inscripción" in html(vera.get(page_of(proposal)))
        seen = {"document": inscription, "note": "Una sola escritura."}
        assert "quedó confirmado" in step(vera, proposal, "confirm", **seen)
        assert SourceConfirmation.objects.get(source=inscription).note == "Una sola escritura."
        assert "Por confirmar o completar" not in html(rosa.get(page_of(proposal)))
        assert "está vigente" in step(rosa, proposal, "effective")
        assert PropertyUnit.objects.get(number="7").state == "RETIRED"
        kept = SourceFile.objects.get()
        file = vera.get(f"{page_of(proposal)}files/{kept.file_id}")
        assert file.content == PDF
        assert file.headers["Content-Disposition"].startswith("attachment")

    def test_nobody_approves_his_own(self, vera):
        proposal = proposed(vera)
        assert "Quien preparó la propuesta no la aprueba" in step(vera, proposal, "approve")

    def test_it_is_returned_with_a_remark_and_withdrawn(self, rosa, vera):
        proposal = proposed(rosa)
        assert "Escriba qué debe corregirse" in step(vera, proposal, "return")
        assert "Falta el retiro." in step(vera, proposal, "return", remark="Falta el retiro.")
        assert "fue retirada" in step(rosa, proposal, "withdraw")
        proposal.refresh_from_db()
        assert proposal.state == "WITHDRAWN"
        assert "No hay propuestas" in html(rosa.get("/mejia/workbench/proposals/"))
        assert "Retirada" in html(rosa.get("/mejia/workbench/proposals/?state=WITHDRAWN"))

    def test_two_on_the_same_ground_are_flagged(self, rosa):
        proposed(rosa)
        second = proposed(rosa)
        assert html(rosa.get("/mejia/workbench/proposals/")).count("choca con 1 propuesta") == 2
        assert "toca el mismo terreno" in html(rosa.get(page_of(second)))

    @pytest.mark.parametrize(
        ("kind", "typed", "words"),
        [
            ("INSCRIPTION", {"number": ""}, "La inscripción lo necesita"),
            ("RESOLUTION", {"issuer": ""}, "el documento no vale"),
            ("COURT_ORDER", {}, "el documento no vale"),
            ("RESOLUTION", {"issued_on": "2999-01-01"}, "posterior a hoy"),
            ("RESOLUTION", {"file": SimpleUploadedFile("x.pdf", b"MZ nada")}, "no es PDF"),
            ("RESOLUTION", {"file": SimpleUploadedFile("x.pdf", b"")}, "vacío"),
        ],
    )
    def test_a_document_that_is_refused(self, kind, typed, words, rosa):
        proposal = proposed(rosa)
        page = bring(rosa, proposal, kind, **typed)
        assert words in page
        assert 'value="15"' in page or kind == "INSCRIPTION"
        assert not proposal.sources.exists()


class TestWho:
    def test_others_see_no_more_than_their_office(self, town, rosa):
        proposal = proposed(rosa)
        auditor = client_of(staff.appoint(people.CLARA, "auditor", town))
        page = html(auditor.get(page_of(proposal)))
        assert people.TOMAS.full_name in page
        assert people.TOMAS.cedula not in page
        assert "Siguiente paso" not in page
        assert auditor.get(address()).status_code == 403
        cashier = client_of(staff.appoint(people.ALMA, "cashier", town))
        assert cashier.get(page_of(proposal)).status_code == 403
        assert Client().get(page_of(proposal)).status_code == 302

    def test_another_municipality_knows_of_nothing(self, rosa, town):
        proposal = proposed(rosa)
        celica = register.town("celica", "1104")
        bruno = client_of(staff.appoint(people.BRUNO, "cadastre_technician", celica))
        for path in (page_of(proposal), address(), address("split_parcel")):
            assert bruno.get(path).status_code == 404
        assert bruno.get(page_of(proposal).replace("mejia", "celica")).status_code == 404
        assert bruno.post(page_of(proposal), {"do": "withdraw"}).status_code == 404


def test_an_act_that_sometimes_needs_a_second_person_says_so(rosa):
    page = rosa.get(address()).content.decode()
    assert page.count("Según qué datos cambie, lo aprueba otra persona.") == 2
