"""The officials' pages of procedures: received, seen by role, taken on, notified; wrong roles and towns get nothing."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from cadastre.models import AdministrativeSource, Procedure, ProcedureNotice, SourceFile
from cadastre.operations.take_procedure_step import take_procedure_step
from gis_project.core.business_days import add_business_days
from gis_project.core.verification_code import shown_code
from gis_project.territory.clock import today_in
from gis_project.territory.models import AccessRecord, MunicipalHoliday
from tests import people, staff
from tests.cadastre.operations.counter_town import SECRET, TYPED, Counter

pytestmark = pytest.mark.django_db
TRAY = "/mejia/workbench/procedures/"
HOLIDAYS = "/mejia/workbench/holidays/"
PDF = b"%PDF-1.7 prueba"
PAPER = {"number": "88", "issued_on": "2026-03-02", "issuer": "El titular"}


@pytest.fixture
def counter(settings, tmp_path) -> Counter:
    settings.MEDIA_ROOT = tmp_path / "files"
    return Counter()


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def at(counter):
    """`at("clerk")`: a client signed in at that desk."""
    return lambda desk: client_of(counter.staff[desk])


def html(answer) -> str:
    assert answer.status_code == 200
    return answer.content.decode()


def page_of(procedure: Procedure) -> str:
    return f"{TRAY}{procedure.number}/"


def do(client: Client, procedure: Procedure, act: str, **typed) -> str:
    return html(client.post(page_of(procedure), {"do": act} | typed, follow=True))


class TestReceive:
    typed: ClassVar = {
        "units": "7",
        "full_name": SECRET,
        "phone": TYPED.phone,
        "seen_identity": "on",
    }

    def test_the_counter_chooses_among_the_types_it_may_receive(self, at):
        assert "Fraccionamiento" in html(at("clerk").get(f"{TRAY}receive/"))
        own = html(at("technician").get(f"{TRAY}receive/"))
        assert "Corrección de oficio" in own
        assert "Fraccionamiento" not in own
        assert at("lawyer").get(f"{TRAY}receive/").status_code == 403
        assert at("stranger").get(f"{TRAY}receive/").status_code == 404

    def test_a_look_says_what_the_office_holds_and_writes_nothing(self, at):
        typed = self.typed | {"do": "check"}
        page = html(at("clerk").post(f"{TRAY}receive/subdivision", typed))
        assert "Ya lo tenemos" in page
        assert "Tomás" in page  # the holder, offered as applicant
        assert f'value="{SECRET}"' in page
        assert not Procedure.objects.exists()

    def test_received_it_prints_its_receipt(self, at):
        answer = at("clerk").post(
            f"{TRAY}receive/claim", self.typed | {"do": "receive"}, follow=True
        )
        page = html(answer)
        procedure = Procedure.objects.get()
        for words in (procedure.number, shown_code(procedure.code), "<svg", SECRET):
            assert words in page
        assert "Reclamo escrito" in page  # what is missing
        assert procedure.requirements.get().requirement == "identity"

    def test_the_holder_asks_without_typing_a_name(self, at, counter):
        typed = {"units": "7", "holder": str(counter.seller.pk), "do": "receive"}
        at("clerk").post(f"{TRAY}receive/claim", typed)
        assert Procedure.objects.get().applicant.party == counter.seller

    def test_a_document_of_somebody_else_takes_nobodys_place(self, at, counter):
        typed = self.typed | {"id_number": people.TOMAS.cedula, "do": "receive"}
        page = html(at("clerk").post(f"{TRAY}receive/claim", typed))
        assert "consta a nombre de otra persona" in page
        assert f'value="{SECRET}"' in page
        assert not Procedure.objects.exists()
        known = {"known": str(counter.seller.pk)}
        html(at("clerk").post(f"{TRAY}receive/claim", typed | known, follow=True))
        asked = Procedure.objects.get().applicant
        assert (asked.party, asked.full_name) == (counter.seller, SECRET)

    def test_nothing_typed_is_lost_when_the_predio_is_not_there(self, at):
        typed = self.typed | {"units": "7\n999", "do": "receive"}
        page = html(at("clerk").post(f"{TRAY}receive/claim", typed))
        assert "No hay un predio «999»" in page
        assert f'value="{SECRET}"' in page
        assert not Procedure.objects.exists()

    def test_without_an_applicant_or_a_predio_the_field_says_so(self, at):
        page = html(at("clerk").post(f"{TRAY}receive/claim", {"units": "7", "do": "receive"}))
        assert 'id="id_full_name_error"' in page
        page = html(at("clerk").post(f"{TRAY}receive/claim", {"full_name": "X", "do": "receive"}))
        assert 'id="id_units_error"' in page

    def test_who_may_not_receive_that_type(self, at):
        assert at("technician").get(f"{TRAY}receive/claim").status_code == 403
        assert at("technician").get(f"{TRAY}receive/office_correction").status_code == 200
        assert at("clerk").get(f"{TRAY}receive/dance").status_code == 404


class TestTray:
    def test_each_role_sees_what_waits_for_it(self, at, counter):
        asked = counter.receive("claim")
        assert asked.number in html(at("clerk").get(TRAY))
        assert asked.number not in html(at("technician").get(TRAY))
        take_procedure_step(asked, "review", by=counter.staff["clerk"])
        assert asked.number in html(at("technician").get(TRAY))
        assert asked.number not in html(at("technician").get(f"{TRAY}?tray=mine"))
        do(at("technician"), asked, "hold")
        page = html(at("technician").get(f"{TRAY}?tray=mine"))
        assert people.ROSA.full_name in page
        assert "170350" not in page  # keys as people read them
        assert "17-03-50" in page

    def test_overdue_says_so_in_words(self, at, counter):
        asked = counter.receive("claim")
        assert asked.number not in html(at("clerk").get(f"{TRAY}?tray=overdue"))
        late = today_in(counter.town) - timedelta(days=20)
        Procedure.objects.update(due_on=late)
        page = html(at("clerk").get(f"{TRAY}?tray=overdue"))
        assert asked.number in page
        assert "Vencido hace" in page

    def test_filters_narrow_and_nonsense_narrows_nothing(self, at, counter):
        claim, paper = counter.receive("claim"), counter.receive("certificate")
        page = html(at("clerk").get(f"{TRAY}?tray=open&kind=claim"))
        assert claim.number in page
        assert paper.number not in page
        page = html(at("clerk").get(f"{TRAY}?tray=open&state=En revisión"))
        assert "Ningún trámite cumple" in page
        person = counter.staff["clerk"].pk
        assert claim.number in html(at("clerk").get(f"{TRAY}?tray=open&person={person}"))
        page = html(at("clerk").get(f"{TRAY}?tray=x&kind=x&state=x&person=x&page=x"))
        assert claim.number in page

    def test_one_is_found_by_number_code_or_the_applicants_document(self, at, counter):
        asked = counter.receive("claim")
        for text in (asked.number, shown_code(asked.code).lower()):
            answer = at("clerk").post(TRAY, {"text": text})
            assert answer["Location"] == page_of(asked)
        page = html(at("clerk").post(TRAY, {"text": TYPED.id_number}))
        assert "Trámites de esa persona" in page
        assert asked.number in page
        assert AccessRecord.objects.get(action="search_people").found == 1
        assert "No hay un trámite" in html(at("clerk").post(TRAY, {"text": "nadie"}))
        assert "No hay un trámite" in html(at("lawyer").post(TRAY, {"text": TYPED.id_number}))

    def test_a_notary_sees_only_his_own(self, at, counter):
        hers = counter.receive("claim")
        his = counter.receive("transfer_notice", by=counter.staff["notary"])
        page = html(at("notary").get(f"{TRAY}?tray=open"))
        assert his.number in page
        assert hers.number not in page
        assert at("notary").get(page_of(hers)).status_code == 403
        assert at("notary").get(page_of(his)).status_code == 200

    def test_strangers_find_nothing(self, at, counter):
        asked = counter.receive("claim")
        for address in (TRAY, page_of(asked), f"{page_of(asked)}receipt", HOLIDAYS):
            assert at("stranger").get(address).status_code == 404
            assert Client().get(address).status_code == 302


class TestDesk:
    def test_it_shows_steps_by_role_and_the_timeline(self, at, counter):
        asked = counter.receive("claim", note="CANARIONOTA")
        page = html(at("clerk").get(page_of(asked)))
        assert 'value="step:review"' in page
        assert "CANARIONOTA" in page
        page = html(at("technician").get(page_of(asked)))
        assert 'value="step:review"' not in page
        assert "El siguiente paso es de otra oficina" in page
        assert AccessRecord.objects.filter(action="view_applicant").count() == 2

    def test_a_remark_is_asked_for_beside_what_was_typed(self, at, counter):
        asked = counter.receive("claim")
        do(at("clerk"), asked, "step:review")
        page = do(at("technician"), asked, "step:observe")
        assert 'id="observe_note_error"' in page
        page = do(at("technician"), asked, "step:observe", note="Falta la firma")
        assert "El paso quedó dado" in page
        assert "Espera al solicitante" in page

    def test_a_step_that_is_not_here_any_more(self, at, counter):
        asked = counter.receive("claim")
        do(at("clerk"), asked, "step:review")
        page = do(at("clerk"), asked, "step:withdraw", note="tarde")
        assert "data-error-summary" in page
        assert "El trámite está en «En revisión»" in page

    def test_the_second_pair_of_eyes_is_told_before(self, at, counter):
        asked = counter.receive("claim", "REQUEST")
        clerk, chief = at("clerk"), at("chief")
        do(clerk, asked, "tick:identity")
        do(clerk, asked, "step:review")
        do(chief, asked, "step:report", note="Procede")
        do(at("lawyer"), asked, "step:advise", note="Conforme")
        page = html(chief.get(page_of(asked)))
        assert "este lo da otra persona" in page
        assert 'value="step:accept"' not in page

    def test_documents_come_with_their_scans_and_only_handlers_open_them(self, at, counter):
        asked = counter.receive("claim")
        scan = SimpleUploadedFile("reclamo.pdf", PDF, content_type="application/pdf")
        typed = {"requirement": "claim", "kind": "REQUEST", "file": scan} | PAPER
        assert "reclamo.pdf" in do(at("clerk"), asked, "document", **typed)
        file = SourceFile.objects.get().file_id
        address = f"{page_of(asked)}files/{file}"
        assert at("technician").get(address).content == PDF
        assert at("lawyer").get(address).status_code == 403
        assert at("clerk").get(f"{page_of(asked)}files/{'0' * 64}").status_code == 404
        other = counter.receive("claim")
        assert at("clerk").get(f"{page_of(other)}files/{file}").status_code == 404

    def test_a_scan_that_is_none_is_refused_beside_its_requirement(self, at, counter):
        asked = counter.receive("claim")
        scan = SimpleUploadedFile("x.exe", b"MZ", content_type="application/pdf")
        typed = {"requirement": "claim", "kind": "REQUEST", "file": scan} | PAPER
        page = do(at("clerk"), asked, "document", **typed)
        assert "no es PDF, JPEG" in page
        assert 'value="88"' in page

    def test_another_person_confirms_the_inscription_that_somebody_wrote(self, at, counter):
        asked = counter.receive("cadastral_update")
        scan = SimpleUploadedFile("razon.png", b"\x89PNG\r\n\x1a\n", content_type="image/png")
        typed = {"requirement": "inscription", "kind": "INSCRIPTION", "file": scan} | PAPER
        page = do(at("technician"), asked, "document", repertory="1204", **typed)
        assert "repertorio 1204" in page
        assert "Otra persona debe decir que la vio" in page
        confirm = f"confirm:{AdministrativeSource.objects.get(repertory='1204').pk}"
        assert "data-error-summary" in do(at("technician"), asked, confirm)
        page = html(at("chief").get(page_of(asked)))
        assert f"Lo escribió {people.ROSA.full_name}." in page
        assert 'class="scan"' in page
        other = counter.receive("cadastral_update")
        assert "data-error-summary" in do(at("chief"), other, confirm)
        assert "quedó confirmado" in do(at("chief"), asked, confirm)
        page = html(at("technician").get(page_of(asked)))
        assert "Confirmada" in page
        assert people.VERA.full_name in page

    def test_nobody_confirms_what_he_wrote_himself(self, at, counter):
        asked = counter.receive("cadastral_update")
        typed = {"requirement": "inscription", "kind": "INSCRIPTION", "repertory": "1204"} | PAPER
        page = do(at("chief"), asked, "document", **typed)
        assert "la confirma otra persona" in page
        assert 'value="confirm:' not in page

    def test_ticks_are_undone(self, at, counter):
        asked = counter.receive("claim")
        assert "quedó cumplido" in do(at("clerk"), asked, "tick:identity")
        assert "sin efecto" in do(at("clerk"), asked, "undo:identity")
        assert "data-error-summary" in do(at("clerk"), asked, "tick:dance")

    def test_a_printed_notice_with_its_certification(self, at, counter):
        asked = counter.receive("claim")
        do(at("clerk"), asked, "notify", how="PRINTED", text="Acérquese a ventanilla.")
        notice = ProcedureNotice.objects.get()
        page = html(at("clerk").get(f"{page_of(asked)}notices/{notice.pk}"))
        for words in ("Razón de notificación", "RAZÓN: En Mejia", "Acérquese", "Quien recibe"):
            assert words in page
        html(at("clerk").get(f"{page_of(asked)}receipt"))
        looks = AccessRecord.objects.filter(action="view_applicant", procedure=asked.number)
        assert looks.count() == 3  # the page after the step, the notice, the receipt
        other = counter.receive("claim")
        assert at("clerk").get(f"{page_of(other)}notices/{notice.pk}").status_code == 404

    def test_a_notice_by_mail_or_the_advice_to_print(self, at, counter, settings):
        asked = counter.receive("claim")
        typed = {"how": "EMAIL", "text": "Acérquese."}
        assert "imprima la notificación" in do(at("clerk"), asked, "notify", **typed)
        settings.EMAIL_HOST = "correo.ejemplo.test"
        do(at("clerk"), asked, "notify", **typed)
        assert mail.outbox[0].to == [TYPED.email]

    def test_remarks_stay_among_officials(self, at, counter):
        asked = counter.receive("claim")
        assert "CANARIONOTA" in do(at("lawyer"), asked, "comment", comment="CANARIONOTA")
        assert "CANARIONOTA" not in Client().get(f"/mejia/tramites/{asked.code}").content.decode()

    def test_the_change_is_prepared_at_the_predio_and_comes_back(self, at, counter):
        asked = counter.receive("subdivision", "REQUEST", "SURVEY", "ENCUMBRANCE_CERTIFICATE")
        do(at("clerk"), asked, "step:review")
        page = html(at("technician").get(page_of(asked)))
        assert f"/acts/split_parcel?procedure={asked.number}" in page


class TestHolidays:
    def test_all_officials_read_and_the_administrator_declares(self, at, counter):
        day = add_business_days(today_in(counter.town), 2)
        typed = {"day": day.isoformat(), "name": "Cantonización", "source": "Ordenanza 12"}
        page = html(at("clerk").get(f"{HOLIDAYS}?year=2026"))
        assert "Batalla de Pichincha" in page
        assert 'name="source"' not in page
        assert at("clerk").post(HOLIDAYS, typed).status_code == 200  # the page says why not
        assert not MunicipalHoliday.objects.exists()
        admin = client_of(staff.appoint(people.TOMAS, "municipal_administrator", counter.town))
        page = html(admin.post(HOLIDAYS, typed, follow=True))
        assert "Cantonización" in html(admin.get(f"{HOLIDAYS}?year={day.year}"))
        assert "ya es día de descanso" in html(admin.post(HOLIDAYS, typed))
        html(admin.post(HOLIDAYS, {"withdraw": day.isoformat()}, follow=True))
        assert MunicipalHoliday.objects.get().withdrawn_at
        html(admin.post(HOLIDAYS, {"withdraw": "x"}, follow=True))

    def test_years_without_law(self, at):
        assert "no cubre este año" in html(at("clerk").get(f"{HOLIDAYS}?year=1990"))
