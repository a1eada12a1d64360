"""A bank's signed message: taken once; none that is altered, old, repeated or of another amount."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from cadastre.models import BankMessage, CashDesk, Payment
from cadastre.operations.collection.bank_callback import (
    BankNotKnown,
    MessageRepeated,
    SignedMessage,
    signature_of,
    take_bank_message,
)
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from tests.cadastre.operations.collection.desk import open_desk

SECRET = "un secreto de prueba de treinta y dos"


@pytest.fixture
def bank(db, settings):
    """What a bank says of lot 1: `say(amount)` signs, `tell(message)` sends."""
    settings.BANK_SECRETS = {"mejia/PICH": SECRET}
    desk = open_desk()
    CashDesk.objects.create(municipality=desk.town, code="PICH", name="Banco", kind="BANK")
    return desk


def say(desk, amount="68.50", *, nonce="a" * 16, at=None, reference="R1", secret=SECRET):
    told_at = (at or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    told = {
        "reference": reference,
        "title": desk.title("1").number,
        "paid_on": today_in(desk.town).isoformat(),
        "amount": amount,
    }
    body = json.dumps(told).encode()
    return SignedMessage(
        told_at, nonce, signature_of(secret, told_at=told_at, nonce=nonce, body=body), body
    )


def tell(desk, message):
    return take_bank_message(message, municipality=desk.town, desk_code="pich")


def amount_today(desk):
    """What lot 1 owes on the day the test runs, which the bank was told."""
    wrong = tell(desk, say(desk, "0.01", nonce="0" * 16, reference="R0"))
    assert wrong.outcome == "REJECTED"
    return wrong.reason.split("$ ")[1].split(",")[0] + "." + wrong.reason.split(",")[1][:2]


def test_a_signed_message_pays_once(bank):
    amount = amount_today(bank)
    first = tell(bank, say(bank, amount))
    assert first.outcome == "PAID"
    with pytest.raises(MessageRepeated):
        tell(bank, say(bank, amount))
    assert tell(bank, say(bank, amount, nonce="b" * 16)).outcome == "REPEATED"
    assert tell(bank, say(bank, amount, nonce="c" * 16, reference="R2")).outcome == "REJECTED"
    assert (Payment.objects.count(), BankMessage.objects.count()) == (1, 4)


def test_no_byte_of_a_message_may_change(bank):
    good = say(bank)
    for position in range(len(good.body)):
        body = bytearray(good.body)
        body[position] ^= 1
        with pytest.raises(BankNotKnown):
            tell(bank, replace(good, body=bytes(body)))
    old, soon = (datetime.now(UTC) + timedelta(minutes=minutes) for minutes in (-6, 6))
    for wrong in (
        replace(good, nonce="z" * 16),
        replace(good, told_at="2026-01-01T00:00:00Z"),
        replace(good, signature="0" * 64),
        replace(good, signature=""),
        say(bank, at=old),
        say(bank, at=soon),
        say(bank, secret="otro secreto"),
        say(bank, nonce="corto"),
    ):
        with pytest.raises(BankNotKnown):
            tell(bank, wrong)
    with pytest.raises(BankNotKnown):
        take_bank_message(good, municipality=bank.town, desk_code="C01")
    assert not Payment.objects.exists()


@pytest.mark.parametrize(
    "body", [b"[]", b"{}", b"x", b'{"reference":"R","title":"T","paid_on":"ayer","amount":"1.00"}']
)
def test_a_signed_body_must_say_what_a_payment_needs(bank, body):
    good = say(bank)
    signed = signature_of(SECRET, told_at=good.told_at, nonce=good.nonce, body=body)
    with pytest.raises(InvalidInput):
        tell(bank, replace(good, body=body, signature=signed))


def test_the_address_answers_the_bank(bank):
    message = say(bank, amount_today(bank))
    sent = Client(enforce_csrf_checks=True).post(
        "/api/mejia/bank/PICH/payments",
        message.body,
        content_type="application/json",
        headers={
            "X-Lindero-Timestamp": message.told_at,
            "X-Lindero-Nonce": message.nonce,
            "X-Lindero-Signature": message.signature,
        },
    )
    assert (sent.status_code, sent.json()["receipt"]) == (201, "PICH-0000001")
    unsigned = Client().post("/api/mejia/bank/PICH/payments", b"{}", content_type="text/plain")
    assert unsigned.status_code == 400
