"""Receipts by their printed number, and those of a day or a predio."""

import re
from datetime import date

from django.db.models import QuerySet

from cadastre.models import Payment
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality

_NUMBER = re.compile(r"([A-Z0-9]{1,6})-0*(\d{1,9})", re.IGNORECASE)


class ReceiptNotFound(NotFound):
    """No receipt of this municipality bears that number: copy it from the paper, as C01-0000123."""

    code = "receipt_not_found"


def receipt_number(payment: Payment) -> str:
    """``C01-0000123``: the desk and its own running number."""
    return f"{payment.desk.code}-{payment.serial:07}"


def payments_in(municipality: Municipality) -> QuerySet[Payment]:
    """Payments with what a receipt needs, newest first."""
    return (
        Payment.objects.filter(municipality=municipality)
        .select_related("desk", "received_by", "reversal", "entry", "session", "municipality")
        .order_by("-received_at", "-serial")
    )


def receipt_numbered(municipality: Municipality, number: str) -> Payment:
    """The payment of that printed number. Raises ReceiptNotFound."""
    told = _NUMBER.fullmatch(number.strip())
    found = None
    if told is not None:
        found = (
            payments_in(municipality)
            .filter(desk__code=told[1].upper(), serial=int(told[2]))
            .first()
        )
    if found is None:
        raise ReceiptNotFound("No hay un comprobante con ese número en este municipio.")
    return found


def payments_on(municipality: Municipality, day: date) -> QuerySet[Payment]:
    """Those of a civil day."""
    return payments_in(municipality).filter(paid_on=day)
