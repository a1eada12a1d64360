"""The doors of papers: issue by page and API, sign, verify, compare a file; nobody else's, never a name."""

import json
from datetime import timedelta
from decimal import Decimal
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from django.utils import timezone

from cadastre.models import PropertyUnit, Right
from cadastre.operations.issue_certificate import issue_certificate
from gis_project.territory.file_store import path_of, read_file
from gis_project.territory.models import (
    Municipality,
    Paper,
    PaperFee,
    PaperSignature,
    PaperSigningRule,
)
from gis_project.territory.operations import sign_paper
from gis_project.territory.operations.issue_paper import Payment
from gis_project.territory.operations.sign_paper import (
    latest_file,
    missing_roles,
    sign_with_batch_key,
    sign_with_trial_key,
    take_signed_file,
)
from gis_project.territory.operations.void_paper import void_paper
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.named_municipality import named_municipality
from gis_project.territory.signing import trial_key
from gis_project.territory.signing.sign_pdf import sign_pdf
from tests import register
from tests.cadastre.operations.test_issue_certificate import prepare
from tests.people import BRUNO, INES, ROSA, TOMAS, VERA
from tests.staff import account, appoint

pytestmark = pytest.mark.django_db
TWO = Payment(receipt="0012", amount=Decimal(2), total=Decimal(100))
FIVE = Payment(receipt="0012", amount=Decimal(5), total=Decimal(100))


@pytest.fixture
def town(settings, tmp_path) -> Municipality:
    settings.VAR = tmp_path
    settings.MEDIA_ROOT = tmp_path / "files"
    place = prepare()
    Municipality.objects.filter(pk=place.pk).update(is_sample=True)
    return named_municipality(place.slug)


@pytest.fixture
def paper(town) -> Paper:
    return issued("APPRAISAL", TWO)


def issued(kind: str, payment: Payment) -> Paper:
    unit = PropertyUnit.objects.select_related("municipality").get(number="1")
    return issue_certificate(unit, kind=kind, by=CONSOLE, payment=payment)


def verified(paper: Paper) -> dict:
    answer = Client().get(f"/verify/{paper.code}", HTTP_ACCEPT="application/json")
    return json.loads(answer.content)


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def signed_outside(paper: Paper, *, cedula: str, field: str = "Firma1") -> bytes:
    certificate, key = trial_key.key_for(name="Nombre Secreto", cedula=cedula)
    return sign_pdf(
        latest_file(paper), certificate=certificate, key=key, field=field, reason="x"
    ).content


class TestVerify:
    def test_unsigned_signed_changed_void(self, town, paper):
        assert verified(paper)["state"] == "UNSIGNED"
        chief = appoint(BRUNO, "cadastre_chief", town)
        sign_with_trial_key(paper, by=chief)
        told = verified(paper)
        assert told["state"] == "VALID"
        assert all(fact["holds"] for fact in told["facts"].values())
        assert [one["is_good"] for one in told["signatures"]] == [True]
        PropertyUnit.objects.filter(number="1").update(state="OBSERVED")
        assert verified(paper)["facts"]["state"] == {
            "stated": "ACTIVE",
            "today": "OBSERVED",
            "holds": False,
        }
        page = Client().get(f"/verify/{paper.code}").content.decode()
        assert "algo ha cambiado" in page
        void_paper(Paper.objects.get(pk=paper.pk), by=chief, reason="error de dedo")
        assert verified(paper)["state"] == "VOID"

    def test_no_name_and_no_cedula_in_any_form(self, town, paper):
        sign_with_trial_key(paper, by=appoint(BRUNO, "cadastre_chief", town))
        for accepted in ("text/html", "application/json", "*/*"):
            page = Client().get(f"/verify/{paper.code}", HTTP_ACCEPT=accepted).content.decode()
            for secret in ("Rosa", "Quishpe", "1710034065", BRUNO.cedula, BRUNO.full_name):
                assert secret not in page

    def test_a_wrong_code_says_to_look_again(self, town):
        answer = Client().get("/verify/ABCD-EFGH-JKM")
        assert answer.status_code == 404
        assert "once letras" in answer.content.decode()
        assert Client().get("/verify/?code=x").status_code == 404

    def test_any_spelling_of_the_code_leads_there(self, town, paper):
        typed = f"{paper.code[:4].lower()}-{paper.code[4:8]} {paper.code[8:]}"
        answer = Client().get("/verify/", {"code": typed})
        assert answer.headers["Location"] == f"/verify/{paper.code}"

    def test_one_flipped_byte_of_a_file_is_told(self, town, paper):
        content = read_file(paper.body_id)
        changed = bytearray(content)
        changed[len(content) // 2] ^= 1
        for file, word in ((content, "sin cambios"), (bytes(changed), "NO es el que se emitió")):
            sent = {"file": SimpleUploadedFile("c.pdf", file, "application/pdf")}
            assert word in Client().post(f"/verify/{paper.code}", sent).content.decode()

    def test_a_damaged_kept_file_is_told(self, town, paper):
        sign_with_trial_key(paper, by=appoint(BRUNO, "cadastre_chief", town))
        path = path_of(PaperSignature.objects.get().file_id)
        content = bytearray(path.read_bytes())
        content[2000] ^= 1
        path.write_bytes(content)
        assert verified(paper)["state"] == "DAMAGED"

    def test_nobody_asks_without_end(self, town, paper):
        answers = [Client().get(f"/verify/{paper.code}").status_code for _ in range(40)]
        assert 429 in answers


class TestSigning:
    def test_two_signatures_wait_for_both(self, town):
        paper = issued("PLAN", FIVE)
        sign_with_trial_key(paper, by=appoint(BRUNO, "cadastre_chief", town))
        assert missing_roles(paper) == ["planner"]
        assert verified(paper)["state"] == "UNSIGNED"
        sign_with_trial_key(paper, by=appoint(VERA, "planner", town))
        assert verified(paper)["state"] == "VALID"

    def test_a_file_signed_outside_is_taken(self, town, paper):
        chief = appoint(BRUNO, "cadastre_chief", town)
        take_signed_file(paper, by=chief, content=signed_outside(paper, cedula=BRUNO.cedula))
        assert verified(paper)["state"] == "VALID"
        with pytest.raises(sign_paper.NothingToSign):
            take_signed_file(paper, by=chief, content=b"")

    def test_each_failing_check_has_its_own_refusal(self, town, paper):
        chief = appoint(BRUNO, "cadastre_chief", town)

        def refused(kind, content):
            with pytest.raises(kind):
                take_signed_file(paper, by=chief, content=content)
            assert not paper.signatures.exists()

        other = issued("APPRAISAL", TWO)
        refused(sign_paper.UnsignedPdf, latest_file(paper))
        refused(sign_paper.PaperContentDiffers, signed_outside(other, cedula=BRUNO.cedula))
        refused(sign_paper.CertificateOfAnother, signed_outside(paper, cedula=ROSA.cedula))
        changed = signed_outside(paper, cedula=BRUNO.cedula).replace(b"/Reason (x)", b"/Reason (y)")
        refused(sign_paper.SignatureBroken, changed)

    def test_a_certificate_of_unknown_making_is_refused(self, town, paper, settings, tmp_path):
        settings.VAR = tmp_path / "elsewhere"
        content = signed_outside(paper, cedula=BRUNO.cedula)
        settings.VAR = tmp_path
        with pytest.raises(sign_paper.CertificateNotTrusted):
            take_signed_file(paper, by=appoint(BRUNO, "cadastre_chief", town), content=content)

    def test_a_signature_older_than_the_paper_is_refused(self, town, paper):
        content = signed_outside(paper, cedula=BRUNO.cedula)
        later = timezone.now() + timezone.timedelta(hours=2)
        paper.issued_at = later
        with pytest.raises(sign_paper.SigningTimeOff):
            take_signed_file(paper, by=appoint(BRUNO, "cadastre_chief", town), content=content)

    def test_who_holds_another_role_does_not_sign(self, town, paper):
        with pytest.raises(sign_paper.NothingToSign):
            sign_with_trial_key(paper, by=appoint(BRUNO, "planner", town))
        with pytest.raises(sign_paper.NotAllowed):
            sign_with_trial_key(paper, by=appoint(ROSA, "cadastre_technician", town))

    def test_the_trial_key_is_for_samples_only(self, town, paper):
        Municipality.objects.update(is_sample=False)
        chief = appoint(BRUNO, "cadastre_chief", town)
        with pytest.raises(sign_paper.TrialKeyRefused):
            sign_with_trial_key(Paper.objects.get(pk=paper.pk), by=chief)

    def test_the_batch_key_signs_only_where_a_rule_allows_it(self, town, paper, settings, tmp_path):
        from cryptography import x509
        from cryptography.hazmat.primitives import serialization
        from cryptography.hazmat.primitives.serialization import pkcs12

        certificate, key = trial_key.key_for(name="GAD Municipal", cedula="1760003330001")
        file = tmp_path / "llave.p12"
        file.write_bytes(
            pkcs12.serialize_key_and_certificates(
                b"x",
                serialization.load_pem_private_key(key, None),
                x509.load_pem_x509_certificate(certificate),
                None,
                serialization.BestAvailableEncryption(b"clave"),
            )
        )
        chief = appoint(BRUNO, "cadastre_chief", town)
        with pytest.raises(sign_paper.BatchKeyRefused):
            sign_with_batch_key(paper, by=chief)
        settings.BATCH_KEY, settings.BATCH_KEY_PASSPHRASE = str(file), "clave"
        sign_with_batch_key(paper, by=chief)
        assert verified(paper)["signatures"][0]["method"] == "BATCH_KEY"
        assert verified(paper)["state"] == "VALID"
        PaperSigningRule.objects.update(allows_batch_key=False)
        with pytest.raises(sign_paper.BatchKeyRefused):
            sign_with_batch_key(issued("APPRAISAL", TWO), by=chief)


class TestDoors:
    def test_the_page_issues_and_leads_to_the_paper(self, town):
        client = client_of(appoint(ROSA, "counter_clerk", town))
        address = f"/{town.slug}/p/17035001020300010000 0000/papers/".replace(" ", "")
        wrong = client.post(address, {"kind": "APPRAISAL", "receipt": "7", "amount": "1.00"})
        assert "$ 2,00" in wrong.content.decode()
        done = client.post(address, {"kind": "APPRAISAL", "receipt": "7", "amount": "2.00"})
        paper = Paper.objects.get()
        assert done.headers["Location"] == f"/{town.slug}/papers/{paper.code}/"
        page = client.get(done.headers["Location"])
        assert page.status_code == 200
        pdf = client.get(f"/api/{town.slug}/certificates/{paper.code}.pdf")
        assert b"".join([pdf.content])[:5] == b"%PDF-"
        assert client.get(f"/{town.slug}/papers/").status_code == 200

    def test_the_official_signs_by_uploading_on_the_page(self, town, paper):
        client = client_of(appoint(BRUNO, "cadastre_chief", town))
        file = BytesIO(signed_outside(paper, cedula=BRUNO.cedula))
        file.name = "firmado.pdf"
        page = f"/{town.slug}/papers/{paper.code}/"
        assert client.post(page, {"act": "upload", "file": file}).status_code == 302
        assert paper.signatures.get().method == "UPLOAD"
        assert client.post(page, {"act": "void", "reason": "x"}).status_code == 302
        assert "anulado" in client.get(page).content.decode()

    def test_a_rehearsal_leaves_nothing_behind(self, town):
        client = client_of(appoint(ROSA, "counter_clerk", town))
        asked = {
            "kind": "APPRAISAL",
            "key": "170350010203000100000000",
            "receipt": "7",
            "amount": "2.00",
        }
        address = f"/api/{town.slug}/certificates"
        told = client.post(f"{address}?dry_run=true", asked, "application/json")
        assert told.status_code == 200
        assert told.json()["facts"]["value"] == "40000.00"
        assert not Paper.objects.exists()
        done = client.post(address, asked, "application/json")
        assert done.status_code == 201
        assert done.json()["number"] == told.json()["number"]
        assert done.json()["waits_for"] == ["cadastre_chief"]
        refused = client.post(address, asked | {"amount": "0"}, "application/json")
        assert (refused.status_code, refused.json()["code"]) == (422, "paper_not_paid")

    def test_only_the_holder_and_the_office_get_the_file(self, town, paper):
        address = f"/api/{town.slug}/certificates/{paper.code}.pdf"
        assert Client().get(address).status_code == 401
        stranger = account(TOMAS)
        assert client_of(stranger).get(address).status_code == 404
        stranger.cedula = "1710034065"
        stranger.save()
        assert client_of(stranger).get(address).status_code == 200

    def test_who_buys_later_does_not_read_who_held_it_before(self, town, paper):
        address = f"/api/{town.slug}/certificates/{paper.code}.pdf"
        seller, buyer = account(TOMAS), account(INES)
        seller.cedula = "1710034065"
        seller.save()
        later = timezone.now() + timedelta(seconds=2)
        act = register.operation(town, "transfer_rights", recorded_at=later)
        for right in Right.objects.filter(unit_id=paper.subject_id):
            right.recorded = DateTimeTZRange(right.recorded.lower, later)
            right.closed_by = act
            right.save(update_fields=["recorded", "closed_by"])
        unit = PropertyUnit.objects.get(pk=paper.subject_id)
        register.holder(act, unit, "Inés", buyer.cedula, share=1)
        assert client_of(buyer).get(address).status_code == 404
        assert client_of(seller).get(address).status_code == 200

    def test_a_town_without_fees_says_so(self, town):
        assert PaperFee.objects.exists()
        client = client_of(appoint(ROSA, "counter_clerk", town))
        PaperFee.objects.update(valid=("2020-01-01", "2020-02-01"))
        page = client.get(f"/{town.slug}/papers/").content.decode()
        assert "Ninguna ordenanza de tasas" in page
