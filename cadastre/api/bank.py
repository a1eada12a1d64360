"""POST /api/<m>/bank/<desk>/payments: a collecting bank tells, signed, that a title was paid at its window."""

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Header, Router, Schema, Status
from pydantic import Field

from cadastre.operations.collection.bank_callback import SignedMessage, take_bank_message
from cadastre.queries.receipts import receipt_number
from gis_project.territory.queries.named_municipality import named_municipality
from gis_project.territory.rate_limit import BANK_MESSAGE, check_rate

# The signature is the credential: there is no session, so nothing that a browser could be led to send.
router = Router(tags=["recaudación"])
ToldAt = Annotated[str, Header(alias="X-Lindero-Timestamp", max_length=20)]
Nonce = Annotated[str, Header(alias="X-Lindero-Nonce", max_length=64)]
Signature = Annotated[str, Header(alias="X-Lindero-Signature", max_length=64)]


class BankAnswer(Schema):
    outcome: str = Field(description="PAID, REPEATED o REJECTED")
    reason: str
    receipt: str | None


@router.post(
    "/{municipality}/bank/{desk}/payments",
    response={200: BankAnswer, 201: BankAnswer},
    operation_id="bank_payment",
    summary="Aviso firmado de un cobro en una entidad recaudadora",
)
def bank_payment(
    request: HttpRequest,
    municipality: str,
    desk: str,
    told_at: ToldAt,
    nonce: Nonce,
    signature: Signature,
) -> Status[dict[str, Any]]:
    """Cuerpo JSON: reference, title, paid_on y amount, todos texto. El monto se comprueba, nunca se toma de aquí."""
    place = named_municipality(municipality)
    check_rate(BANK_MESSAGE, f"{place.slug} {desk}")
    judged = take_bank_message(
        SignedMessage(told_at, nonce, signature, request.body),
        municipality=place,
        desk_code=desk,
    )
    receipt = receipt_number(judged.receipt) if judged.receipt else None
    return Status(
        201 if judged.outcome == "PAID" else 200,
        {"outcome": judged.outcome, "reason": judged.reason, "receipt": receipt},
    )
