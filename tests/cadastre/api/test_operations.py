"""The doors of acts: rehearse, propose, approve, make effective; and who finds them closed."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.test import Client
from shapely import LineString, to_wkt

from cadastre.models import Operation, ParcelVersion, PropertyUnit, Proposal, Right
from gis_project.territory.models import AccessRecord
from tests import people, register, staff
from tests.shapes import at, square

pytestmark = pytest.mark.django_db
CUT = to_wkt(LineString([at(10, -10), at(10, 30)]))
SPLIT = {"unit": "7", "cut": {"by": "lines", "lines": [CUT]}}
RESOLUTION = {
    "kind": "RESOLUTION",
    "issuer": "Concejo",
    "number": "12",
    "issued_on": "2026-02-01",
}
INSCRIPTION = {
    "kind": "INSCRIPTION",
    "issuer": "Registro de la Propiedad",
    "number": "88",
    "repertory": "901",
    "issued_on": "2026-03-02",
}


@pytest.fixture
def town():
    town = register.town()
    lot = register.predio(
        register.operation(town), square(), "170350010100100100000000", number="7"
    )
    register.holder(register.operation(town), lot, "Tomás", people.TOMAS.cedula, share=1)
    return town


def signed_in(person, role, town=None, **client):
    browser = Client(**client)
    browser.force_login(staff.appoint(person, role, town))
    return browser


@pytest.fixture
def rosa(town):
    return signed_in(people.ROSA, "cadastre_technician", town)


@pytest.fixture
def vera(town):
    return signed_in(people.VERA, "cadastre_chief", town)


def post(client, path, body):
    return client.post(f"/api/mejia/{path}", json.dumps(body), content_type="application/json")


def test_a_rehearsal_leaves_nothing(rosa):
    before = ParcelVersion.objects.count()
    answer = post(rosa, "operations/split_parcel?dry_run=true", {"reason": "ver", "inputs": SPLIT})
    assert answer.status_code == 200
    told = answer.json()
    assert told["is_dry_run"] is True
    assert [o["code"] for o in told["outcome"]["obstacles"]] == ["sources_missing"] * 2
    assert sum(float(line["area_m2"]) for line in told["outcome"]["ledger"]) == 0
    assert (ParcelVersion.objects.count(), Proposal.objects.count()) == (before, 0)
    assert Operation.objects.filter(verb="split_parcel").count() == 0


def test_proposed_approved_and_made_effective(rosa, vera):
    proposed = post(rosa, "operations/split_parcel", {"reason": "Partición", "inputs": SPLIT})
    assert proposed.status_code == 201
    assert proposed.json()["state"] == "SUBMITTED"
    path = f"proposals/{proposed.json()['proposal']}"
    assert post(rosa, f"{path}/approve", {}).status_code == 403
    assert post(vera, f"{path}/approve", {"note": "conforme"}).json()["state"] == "APPROVED"
    refused = post(rosa, f"{path}/effective", {})
    assert (refused.status_code, refused.json()["code"]) == (422, "sources_missing")
    brought = rosa.post(f"/api/mejia/{path}/documents", INSCRIPTION)
    assert (brought.status_code, brought.json()["is_confirmed"]) == (201, False)
    unconfirmed = post(rosa, f"{path}/effective", {"sources": [RESOLUTION]})
    assert (unconfirmed.status_code, unconfirmed.json()["code"]) == (409, "source_not_confirmed")
    confirm = f"documents/{brought.json()['id']}/confirm"
    assert post(rosa, confirm, {}).status_code == 403
    assert post(vera, confirm, {"note": "vista en el libro"}).json()["is_confirmed"] is True
    assert post(vera, confirm, {}).json()["code"] == "already_confirmed"
    done = post(rosa, f"{path}/effective", {"sources": [RESOLUTION]})
    assert done.status_code == 201
    assert done.json()["outcome"]["valid_from"] == "2026-03-02"
    assert post(rosa, f"{path}/effective", {}).status_code == 409
    told = rosa.get(f"/api/mejia/{path}").json()
    assert [(one["kind"], one["has_file"]) for one in told["documents"]] == [
        ("RESOLUTION", False),
        ("INSCRIPTION", False),
    ]
    assert [event["state"] for event in told["events"]] == ["SUBMITTED", "APPROVED", "EFFECTIVE"]


def test_a_look_at_holders_is_recorded_with_its_purpose(rosa):
    path = post(rosa, "operations/split_parcel", {"reason": "x", "inputs": SPLIT}).json()
    rosa.get(f"/api/mejia/proposals/{path['proposal']}")
    rosa.get("/api/mejia/proposals")
    rosa.get("/api/mejia/proposals?state=WITHDRAWN")
    looks = AccessRecord.objects.filter(action="view_holders")
    told = [(look.found, look.purpose) for look in looks]
    assert told == [(3, "acto por la API: x"), *[(3, "propuestas de cambio por la API")] * 2]


def test_a_rehearsal_leaves_the_record_of_its_look(rosa):
    post(rosa, "operations/split_parcel?dry_run=true", {"reason": "ver", "inputs": SPLIT})
    look = AccessRecord.objects.get(action="view_holders")
    assert (look.found, look.purpose) == (3, "acto por la API: ver")


def test_who_sold_is_told_only_to_those_who_read_former_holders(rosa, vera, town):
    proposal = Proposal.objects.get(
        pk=post(rosa, "operations/split_parcel", {"reason": "x", "inputs": SPLIT}).json()[
            "proposal"
        ]
    )
    act = register.operation(town)
    Proposal.objects.filter(pk=proposal.pk).update(state="EFFECTIVE", operation=act)

    def hides_the_holder(client) -> bool:
        told = client.get(f"/api/mejia/proposals/{proposal.pk}").json()
        return told["preview"]["before"][0]["rights"][0][0] is None

    assert [hides_the_holder(client) for client in (rosa, vera)] == [False, False]
    right = Right.objects.get()
    right.recorded = DateTimeTZRange(right.recorded.lower, register.operation(town).recorded_at)
    right.closed_by = act
    right.save(update_fields=["recorded", "closed_by"])
    assert [hides_the_holder(client) for client in (rosa, vera)] == [True, False]


def test_who_typed_an_inscription_does_not_confirm_it(rosa, vera):
    proposal = post(rosa, "operations/split_parcel", {"reason": "x", "inputs": SPLIT}).json()
    path = f"/api/mejia/proposals/{proposal['proposal']}/documents"
    brought = vera.post(path, INSCRIPTION).json()
    answer = post(vera, f"documents/{brought['id']}/confirm", {})
    assert (answer.status_code, answer.json()["code"]) == (403, "same_person")
    resolution = vera.post(path, RESOLUTION).json()
    answer = post(vera, f"documents/{resolution['id']}/confirm", {})
    assert (answer.status_code, answer.json()["code"]) == (422, "nothing_to_confirm")
    answer = post(vera, f"documents/{proposal['proposal']}/confirm", {})
    assert (answer.status_code, answer.json()["code"]) == (404, "document_not_found")


def test_a_document_comes_whole_and_with_its_scan(rosa):
    proposal = post(rosa, "operations/split_parcel", {"reason": "x", "inputs": SPLIT}).json()
    path = f"/api/mejia/proposals/{proposal['proposal']}/documents"
    order = RESOLUTION | {"kind": "COURT_ORDER", "issuer": "Unidad Judicial"}
    for told in (INSCRIPTION | {"issuer": ""}, order):
        answer = rosa.post(path, told)
        assert (answer.status_code, answer.json()["code"]) == (422, "source_incomplete")
    scan = SimpleUploadedFile("sentencia.pdf", b"%PDF-1.7 prueba")
    brought = rosa.post(path, order | {"file": scan})
    assert (brought.status_code, brought.json()["has_file"]) == (201, True)
    assert rosa.post(path, order | {"estado": "x"}).status_code == 400


def test_two_on_the_same_ground_see_each_other(rosa):
    first, second = (
        post(rosa, "operations/split_parcel", {"reason": "x", "inputs": SPLIT}).json()["proposal"]
        for _ in range(2)
    )
    tray = {one["id"]: one for one in rosa.get("/api/mejia/proposals").json()}
    assert [c["proposal"] for c in tray[first]["conflicts"]] == [second]
    assert [c["proposal"] for c in tray[second]["conflicts"]] == [first]


def test_work_on_an_older_revision_is_a_conflict(rosa):
    unit = PropertyUnit.objects.get(number="7")
    PropertyUnit.objects.filter(pk=unit.pk).update(revision=4)
    body = {"reason": "x", "inputs": SPLIT, "revisions": {str(unit.pk): 3}}
    answer = post(rosa, "operations/split_parcel?dry_run=true", body)
    assert (answer.status_code, answer.json()["code"]) == (409, "register_moved_on")


@pytest.mark.parametrize(
    ("body", "code", "status"),
    [
        ({"inputs": SPLIT}, "bad_request", 400),
        ({"reason": "x", "inputs": {"unit": "7"}}, "inputs_refused", 422),
        ({"reason": "x", "inputs": SPLIT, "state": "EFFECTIVE"}, "bad_request", 400),
        ({"reason": "x", "inputs": SPLIT | {"unit": "999"}}, "property_not_found", 404),
        ({"reason": "x", "inputs": SPLIT, "revisions": {"7": 0}}, "bad_revisions", 400),
        (
            {"reason": "x", "inputs": SPLIT | {"cut": {"by": "lines", "lines": ["POINT EMPTY"]}}},
            "does_not_cut",
            422,
        ),
    ],
)
def test_what_cannot_be_read_is_refused(rosa, body, code, status):
    answer = post(rosa, "operations/split_parcel?dry_run=true", body)
    assert (answer.json()["code"], answer.status_code) == (code, status)


def test_strangers_and_readers(town):
    body = {"reason": "x", "inputs": SPLIT}
    celica = register.town("celica", "1104")
    assert post(Client(), "operations/split_parcel", body).status_code == 401
    bruno = signed_in(people.BRUNO, "cadastre_technician", celica)
    assert post(bruno, "operations/split_parcel", body).status_code == 404
    assert bruno.get("/api/mejia/proposals").status_code == 404
    clara = signed_in(people.CLARA, "cashier", town)
    assert post(clara, "operations/split_parcel", body).status_code == 403
    assert clara.get("/api/mejia/proposals").status_code == 403


def test_a_proposal_of_another_town_is_not_there(rosa, town):
    proposal = post(rosa, "operations/split_parcel", {"reason": "x", "inputs": SPLIT}).json()
    celica = register.town("celica", "1104")
    bruno = signed_in(people.BRUNO, "cadastre_chief", celica)
    path = f"/api/celica/proposals/{proposal['proposal']}"
    assert bruno.get(path).status_code == 404
    answer = bruno.post(f"{path}/approve", "{}", content_type="application/json")
    assert answer.status_code == 404


def test_no_cross_site_post(town):
    rosa = signed_in(people.ROSA, "cadastre_technician", town, enforce_csrf_checks=True)
    answer = post(rosa, "operations/split_parcel", {"reason": "x", "inputs": SPLIT})
    assert answer.status_code == 403
