"""A bank's signed message that a title was paid: its signature, hour and nonce are checked, and the amount is ours.

Signature: HMAC-SHA256 with the desk's secret over hour, nonce and body, a line each. A message counts once; an old or
altered one never. What it tells is judged as a line of the nightly file is.
"""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from cadastre.collection.bank_layout import BankLine
from cadastre.models import BankMessage, CashDesk
from cadastre.operations.collection.bank_files import JudgedLine, take_bank_line
from gis_project.core.errors import Conflict, InvalidInput, NotAllowed
from gis_project.core.money import InvalidAmount, parse_decimal, to_cents
from gis_project.territory.models import Municipality
from gis_project.territory.policy import CONSOLE

_AGE = timedelta(minutes=5)
_NONCE = re.compile(r"[A-Za-z0-9_-]{16,64}")
_MEMBERS = {"reference", "title", "paid_on", "amount"}
_LARGEST_BODY = 4_096


class BankNotKnown(NotAllowed):
    """The message is not signed as this bank's messages are: check secret, hour and what is signed."""

    code = "bank_not_known"


class MessageRepeated(Conflict):
    """The nonce was used before: each message has its own; ask for the payment by its reference."""

    code = "message_repeated"


@dataclass(frozen=True, slots=True)
class SignedMessage:
    """What came in: the three headers and the body's bytes."""

    told_at: str
    nonce: str
    signature: str
    body: bytes


def signature_of(secret: str, *, told_at: str, nonce: str, body: bytes) -> str:
    """The hexadecimal signature that a message must bear."""
    signed = told_at.encode() + b"\n" + nonce.encode() + b"\n" + body
    return hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def take_bank_message(
    message: SignedMessage, *, municipality: Municipality, desk_code: str
) -> JudgedLine:
    """What became of the payment that it tells of. Raises BankNotKnown, MessageRepeated, InvalidInput."""
    desk = CashDesk.objects.filter(
        municipality=municipality, code=desk_code.upper(), kind=CashDesk.Kind.BANK
    ).first()
    told_at = _checked(message, desk, municipality)
    if desk is None:
        raise _not_known()
    line = _line(message.body)
    try:
        with transaction.atomic():
            # whoever holds the desk's secret collects for it; no person of ours does
            judged = take_bank_line(line, desk=desk, by=CONSOLE)
            BankMessage.objects.create(
                desk=desk,
                nonce=message.nonce,
                told_at=told_at,
                body_sha256=hashlib.sha256(message.body).hexdigest(),
                outcome=judged.outcome,
                reason=judged.reason[:300],
                payment=judged.receipt,
            )
    except IntegrityError as error:
        if "bank_message_nonce_once" not in str(error):
            raise
        raise MessageRepeated("El número único de este aviso ya se usó.") from error
    return judged


def _checked(message: SignedMessage, desk: CashDesk | None, municipality: Municipality) -> datetime:
    secret = settings.BANK_SECRETS.get(f"{municipality.slug}/{desk.code}") if desk else None
    expected = signature_of(
        secret or "", told_at=message.told_at, nonce=message.nonce, body=message.body
    )
    is_signed = hmac.compare_digest(expected.encode(), message.signature.encode())
    if not secret or not is_signed or not _NONCE.fullmatch(message.nonce):
        raise _not_known()
    try:
        told_at = datetime.strptime(message.told_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise _not_known() from error
    if abs(timezone.now() - told_at) > _AGE:
        raise _not_known()
    return told_at


def _line(body: bytes) -> BankLine:
    wrong = InvalidInput(
        "El aviso es un objeto JSON con reference, title, paid_on y amount, como textos."
    )
    if len(body) > _LARGEST_BODY:
        raise wrong
    try:
        told: Any = json.loads(body)
        if not isinstance(told, dict) or set(told) != _MEMBERS:
            raise wrong
        if not all(isinstance(value, str) for value in told.values()):
            raise wrong
        amount = to_cents(parse_decimal(told["amount"], decimal_sign="."))
        paid_on = date.fromisoformat(told["paid_on"])
    except (ValueError, InvalidAmount, RecursionError) as error:
        raise wrong from error
    if not 0 < len(told["reference"].strip()) <= 60 or amount <= 0:
        raise wrong
    return BankLine(1, "", told["reference"].strip(), told["title"].strip(), paid_on, amount)


def _not_known() -> BankNotKnown:
    return BankNotKnown("El aviso no está firmado por esta entidad recaudadora.")
