"""POST /api/<m>/payments: takes a payment once; its receipt, and its reversal by two people."""

from decimal import Decimal
from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Field, Header, Router, Schema, Status
from ninja.security import django_auth
from pydantic import ConfigDict

from cadastre.api.desk import desk_of
from cadastre.models import Payment, PaymentReversal
from cadastre.operations.collection.cash_sessions import NoOpenSession, open_session_of
from cadastre.operations.collection.reverse_payment import (
    NotReversible,
    ask_reversal,
    decide_reversal,
)
from cadastre.operations.collection.take_payment import PaymentAsked, take_payment
from cadastre.queries.debts import debts_numbered
from cadastre.queries.receipts import receipt_number, receipt_numbered

router = Router(tags=["recaudación"], auth=django_auth)
Key = Annotated[
    str,
    Header(
        alias="Idempotency-Key",
        min_length=8,
        max_length=80,
        description="Una por cobro: repetir la petición con la misma no cobra otra vez.",
    ),
]


class PaymentIn(Schema):
    """`amount` vacío paga todo; `expected` es lo que se le dijo a la persona, y se comprueba."""

    model_config = ConfigDict(extra="forbid")
    titles: list[Annotated[str, Field(max_length=40)]] = Field(min_length=1, max_length=100)
    amount: Decimal | None = Field(None, gt=0, max_digits=14, decimal_places=2)
    expected: Decimal | None = Field(None, gt=0, max_digits=14, decimal_places=2)
    means: Payment.Means = Payment.Means.CASH
    reference: str = Field("", max_length=60, description="voucher, cheque o transferencia")


class ReasonIn(Schema):
    model_config = ConfigDict(extra="forbid")
    reason: str = Field(min_length=1, max_length=300)


class PaymentOut(Schema):
    """`told`: por título, lo pagado por partes, lo añadido o rebajado con su artículo, y lo que queda."""

    receipt: str
    paid_on: str
    amount: str
    means: str
    is_new: bool
    state: str = Field(description="VALID, REVERSAL_ASKED o REVERSED")
    told: dict[str, Any]


@router.post(
    "/{municipality}/payments",
    response={200: PaymentOut, 201: PaymentOut},
    operation_id="take_payment",
    summary="Cobrar en la caja abierta de quien lo pide",
)
def payments(
    request: HttpRequest, municipality: str, asked: PaymentIn, idempotency_key: Key
) -> Status[dict[str, Any]]:
    """El monto se calcula aquí. 201 si se cobró ahora; 200 y el mismo comprobante si ya se había cobrado."""
    desk = desk_of(request, municipality, "collect_payments")
    session = open_session_of(desk.who, municipality=desk.municipality)
    if session is None:
        raise NoOpenSession("No tiene una caja abierta: ábrala en la página de Tesorería.")
    titles = debts_numbered(desk.municipality, asked.titles)
    made = take_payment(
        PaymentAsked(
            titles=[title.id for title in titles],
            amount=asked.amount,
            expected=asked.expected,
            means=asked.means,
            reference=asked.reference,
        ),
        desk=session.desk,
        session=session,
        key=f"api {idempotency_key}",  # so that no other door's keys meet it
        by=desk.who,
    )
    return Status(201 if made.is_new else 200, _told(made.payment, is_new=made.is_new))


@router.get(
    "/{municipality}/payments/{receipt}",
    response=PaymentOut,
    operation_id="payment",
    summary="Un comprobante de pago",
)
def payment(request: HttpRequest, municipality: str, receipt: str) -> dict[str, Any]:
    desk = desk_of(request, municipality, "collect_payments", "view_tax")
    return _told(receipt_numbered(desk.municipality, receipt), is_new=False)


@router.post(
    "/{municipality}/payments/{receipt}/reversal",
    response={201: PaymentOut},
    operation_id="ask_reversal",
    summary="Pedir el reverso de un cobro del día",
)
def reversal(
    request: HttpRequest, municipality: str, receipt: str, asked: ReasonIn
) -> Status[dict[str, Any]]:
    desk = desk_of(request, municipality, "collect_payments")
    found = receipt_numbered(desk.municipality, receipt)
    ask_reversal(found, reason=asked.reason, by=desk.who)
    return Status(201, _told(receipt_numbered(desk.municipality, receipt), is_new=False))


@router.post(
    "/{municipality}/payments/{receipt}/reversal/approval",
    response=PaymentOut,
    operation_id="decide_reversal",
    summary="Aprobar el reverso que otra persona pidió",
)
def approval(request: HttpRequest, municipality: str, receipt: str) -> dict[str, Any]:
    desk = desk_of(request, municipality, "supervise_collection")
    found = receipt_numbered(desk.municipality, receipt)
    asked = PaymentReversal.objects.filter(payment=found).first()
    if asked is None:
        raise NotReversible("Nadie pidió el reverso de este cobro.")
    decide_reversal(asked, by=desk.who)
    return _told(receipt_numbered(desk.municipality, receipt), is_new=False)


def _told(made: Payment, *, is_new: bool) -> dict[str, Any]:
    asked = getattr(made, "reversal", None)
    return {
        "receipt": receipt_number(made),
        "paid_on": made.paid_on.isoformat(),
        "amount": str(made.amount),
        "means": made.means,
        "is_new": is_new,
        "state": "VALID" if asked is None else "REVERSED" if asked.entry_id else "REVERSAL_ASKED",
        "told": made.told,
    }
