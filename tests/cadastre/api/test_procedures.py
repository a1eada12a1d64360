"""The doors of procedures: from the notice to the update through the API, trays, names, and who finds them closed."""

import json

import pytest
from django.test import Client

from cadastre.models import Procedure, Proposal, Right
from gis_project.territory.models import AccessRecord
from tests import people
from tests.cadastre.operations.counter_town import SECRET, Counter

pytestmark = pytest.mark.django_db
APPLICANT = {"full_name": SECRET, "email": "canariopedido@ejemplo.test"}
DEED = {"kind": "DEED", "issuer": "Notaría 1", "number": "40", "issued_on": "2026-02-10"}
INSCRIPTION = {
    "kind": "INSCRIPTION",
    "issuer": "Registro de la Propiedad",
    "number": "88",
    "repertory": "901",
    "issued_on": "2026-03-02",
}
NOTICE = [
    {"kind": "OWNERS_ACT", "number": "1", "issued_on": "2026-02-01"},
    {"kind": "ENCUMBRANCE_CERTIFICATE", "number": "2", "issued_on": "2026-02-01"},
]


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def desk(counter):
    def sign_in(name: str) -> Client:
        client = Client()
        client.force_login(counter.staff[name])
        return client

    return sign_in


def post(client: Client, path: str, body: dict):
    return client.post(
        f"/api/mejia/procedures{path}", json.dumps(body), content_type="application/json"
    )


def receive(client: Client, kind: str, *sources: dict):
    told = {"kind": kind, "applicant": APPLICANT, "units": ["7"], "sources": sources}
    return post(client, "", told)


def test_from_the_notice_to_the_update(counter, desk):
    clerk, rosa, rita, vera = map(desk, ("clerk", "technician", "revenue", "chief"))
    notice = receive(clerk, "transfer_notice", *NOTICE)
    assert notice.status_code == 201
    number = notice.json()["number"]
    assert notice.json()["state_es"] == "Recibido"
    assert post(clerk, f"/{number}/tick", {"requirement": "identity"}).status_code == 200
    assert post(clerk, f"/{number}/review", {}).json()["state"] == "in_review"
    assert post(rosa, f"/{number}/confirm", {}).json()["state"] == "for_liquidation"
    refused = post(rosa, f"/{number}/liquidate", {})
    assert refused.status_code == 403
    amounts = {"alcabala": {"amount": "850.00", "receipt": "12"}, "utilidad": {"amount": "0.00"}}
    rehearsed = post(rita, f"/{number}/liquidate?dry_run=true", {"amounts": amounts})
    assert rehearsed.json()["state"] == "liquidated"
    assert Procedure.objects.get().state == "for_liquidation"
    assert post(rita, f"/{number}/liquidate", {"amounts": amounts}).status_code == 200
    assert post(clerk, f"/{number}/deliver", {}).json()["is_open"] is False

    update = receive(clerk, "cadastral_update", DEED, INSCRIPTION).json()["number"]
    post(clerk, f"/{update}/tick", {"requirement": "identity"})
    post(clerk, f"/{update}/review", {})
    proposed = post(rosa, f"/{update}/propose", {"inputs": counter.sale()})
    assert proposed.json()["state"] == "for_approval"
    assert post(rosa, f"/{update}/approve", {}).status_code == 403
    assert post(vera, f"/{update}/approve", {}).json()["state"] == "approved"
    waits = post(rosa, f"/{update}/register", {})
    assert (waits.status_code, waits.json()["code"]) == (409, "source_not_confirmed")
    told = rosa.get(f"/api/mejia/procedures/{update}").json()["requirements"]
    (inscription,) = [one["document"] for one in told if one["code"] == "inscription"]
    confirmed = vera.post(
        f"/api/mejia/documents/{inscription}/confirm", "{}", content_type="application/json"
    )
    assert confirmed.status_code == 200
    done = post(rosa, f"/{update}/register", {}).json()
    assert (done["state"], done["is_open"]) == ("done", False)
    assert Proposal.objects.get().state == "EFFECTIVE"
    assert Right.objects.known().filter(party=counter.buyer).exists()
    steps = [event["step"] for event in done["events"] if event["step"] != "tick"]
    assert steps == ["receive", "review", "propose", "approve", "register"]


def test_trays(desk):
    clerk, rosa = desk("clerk"), desk("technician")
    first = receive(clerk, "claim").json()["number"]
    second = receive(clerk, "claim").json()["number"]
    post(clerk, f"/{first}/review", {})

    def numbers(client: Client, query: str) -> list[str]:
        return [one["number"] for one in client.get(f"/api/mejia/procedures{query}").json()]

    assert numbers(clerk, "?tray=true") == [second]
    assert numbers(rosa, "?tray=true") == [first]
    assert set(numbers(rosa, "")) == {first, second}
    assert numbers(rosa, "?kind=merge") == []
    assert numbers(rosa, "?closed=true") == []
    assert rosa.get("/api/mejia/procedures?kind=dance").status_code == 404


def test_a_rehearsal_uses_no_number_up(desk):
    clerk = desk("clerk")
    told = {"kind": "claim", "applicant": APPLICANT, "units": ["7"]}
    assert post(clerk, "?dry_run=true", told).status_code == 200
    assert Procedure.objects.count() == 0


def test_the_name_reaches_those_who_may_read_names(desk):
    number = receive(desk("notary"), "transfer_notice").json()["number"]
    assert desk("technician").get(f"/api/mejia/procedures/{number}").json()["applicant"] == {
        "full_name": SECRET,
        "cedula": "",
        "email": APPLICANT["email"],
        "phone": "",
    }
    clerk = desk("clerk").get(f"/api/mejia/procedures/{number}").json()["applicant"]
    assert clerk == {"full_name": SECRET}
    looks = AccessRecord.objects.filter(action="view_applicant", procedure=number)
    assert looks.count() == 2
    post(desk("clerk"), f"/{number}/review?dry_run=true", {})
    assert looks.count() == 3  # the rehearsal told it too
    notary = desk("notary").get(f"/api/mejia/procedures/{number}")
    assert notary.json()["applicant"] == {}
    assert looks.count() == 3


def test_a_document_of_somebody_else_is_refused(desk):
    told = {"kind": "claim", "units": ["7"]}
    told["applicant"] = APPLICANT | {"id_number": people.TOMAS.cedula}
    refused = post(desk("clerk"), "", told)
    assert (refused.status_code, refused.json()["code"]) == (422, "applicant_mismatch")
    assert not Procedure.objects.exists()


def test_a_notary_meets_only_his_own(desk):
    number = receive(desk("clerk"), "claim").json()["number"]
    notary = desk("notary")
    assert notary.get("/api/mejia/procedures").json() == []
    assert notary.get(f"/api/mejia/procedures/{number}").status_code == 403
    assert post(notary, f"/{number}/review", {}).status_code == 403


def test_strangers_find_nothing(desk):
    number = receive(desk("clerk"), "claim").json()["number"]
    stranger, nobody = desk("stranger"), Client()
    for client, status in ((stranger, 404), (nobody, 401)):
        assert client.get("/api/mejia/procedures").status_code == status
        assert client.get(f"/api/mejia/procedures/{number}").status_code == status
        assert post(client, "", {"kind": "claim", "applicant": APPLICANT}).status_code == status
        assert post(client, f"/{number}/review", {}).status_code == status


def test_what_is_wrong_is_said(desk):
    clerk = desk("clerk")
    number = receive(clerk, "claim").json()["number"]
    assert post(clerk, f"/{number}/dance", {}).json()["code"] == "no_such_step"
    assert post(clerk, f"/{number}/amend", {}).json()["code"] == "step_not_here"
    assert post(clerk, f"/{number}/withdraw", {}).json()["code"] == "note_missing"
    assert post(clerk, "/2020-000009/review", {}).json()["code"] == "procedure_not_found"
    assert post(clerk, f"/{number}/notify", {"text": "Venga", "how": "PRINTED"}).status_code == 200
    assert post(clerk, f"/{number}/notify", {"text": "x", "how": "EMAIL"}).status_code == 422
    assert receive(clerk, "dance").json()["code"] == "unknown_type"
