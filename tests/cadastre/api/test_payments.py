"""POST /api/<m>/payments as a cashier's own program uses it."""

import json

import pytest
from django.test import Client

from cadastre.models import Payment
from tests.cadastre.operations.collection.desk import open_desk


@pytest.fixture
def desk(db):
    return open_desk()


def post(client, address, body, **headers):
    return client.post(
        f"/api/mejia/{address}", json.dumps(body), content_type="application/json", headers=headers
    )


def test_a_payment_and_its_reversal(desk):
    client, treasurer = Client(), Client()
    client.force_login(desk.clara)
    treasurer.force_login(desk.alma)
    asked = {"titles": [desk.title("1").number]}
    assert post(client, "payments", asked).status_code == 400  # no key
    key = {"Idempotency-Key": "turno 17"}
    made = post(client, "payments", asked, **key)
    assert (made.status_code, made.json()["receipt"]) == (201, "C01-0000001")
    assert Payment.objects.get().idempotency_key == "api turno 17"  # no other door's
    again = post(client, "payments", asked, **key)
    assert (again.status_code, again.json()["receipt"]) == (200, "C01-0000001")
    other = post(client, "payments", {"titles": [desk.title("2").number]}, **key)
    assert (other.status_code, other.json()["code"]) == (422, "idempotency_key_reused")
    extra = post(client, "payments", asked | {"amount_due": "1"}, **key)
    assert extra.status_code == 400
    twice = post(client, "payments", asked, **{"Idempotency-Key": "turno 18"})
    assert (twice.status_code, twice.json()["code"]) == (409, "nothing_owed")

    here = "payments/C01-0000001"
    assert post(treasurer, f"{here}/reversal/approval", {}).status_code == 409
    assert post(client, f"{here}/reversal", {"reason": "otro predio"}).status_code == 201
    assert post(client, f"{here}/reversal/approval", {}).status_code == 403
    assert post(treasurer, f"{here}/reversal/approval", {}).json()["state"] == "REVERSED"
    assert client.get(f"/api/mejia/{here}").json()["state"] == "REVERSED"
    assert client.get("/api/mejia/payments/C09-1").status_code == 404


def test_the_pages_of_a_cashiers_day(desk):
    """The page of a predio, a payment of what is ticked, its receipt, a double click, and the close."""
    client = Client()
    client.force_login(desk.clara)
    home = client.post("/mejia/treasury/", {"text": "1"})
    assert "Ver lo que debe" in home.content.decode()
    page = client.get("/mejia/treasury/p/1")
    assert page.context["total"] > 0
    told = {
        "title": str(desk.title("1").pk),
        "means": "CASH",
        "amount": "10,00",
        "request_key": page.context["request_key"],
    }
    answers = [client.post("/mejia/treasury/p/1", told) for _ in range(2)]
    assert {one.headers["Location"] for one in answers} == {"/mejia/treasury/receipts/C01-0000001"}
    receipt = client.get(answers[0].headers["Location"]).content.decode()
    assert "10,00" in receipt
    assert "Queda por pagar" in receipt
    assert client.post("/mejia/treasury/p/1", told | {"title": ""}).status_code == 200
    stale = {"due": f"{told['title']} 1.00", "amount": "", "request_key": "otra"}
    assert "Ahora se deben" in client.post("/mejia/treasury/p/1", told | stale).content.decode()
    by_title = client.post("/mejia/treasury/", {"text": desk.title("2").number})
    assert by_title.headers["Location"].startswith("/mejia/treasury/p/1703")
    found = client.post("/mejia/treasury/", {"text": "c01-1"})
    assert found.headers["Location"] == "/mejia/treasury/receipts/C01-0000001"
    wrong = client.post("/mejia/treasury/close/", {"counted": "1"})
    assert "cuente otra vez" in wrong.content.decode()
    assert client.post("/mejia/treasury/close/", {"counted": "30,00"}).status_code == 302
    assert client.get("/mejia/treasury/close/").status_code == 302
    reports = client.get("/mejia/treasury/reports/")
    assert reports.context["months_total"] == 10
