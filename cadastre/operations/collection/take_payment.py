"""Takes a payment of what is due on the day, oldest title first, into the ledger, with a receipt; once a request.

The amount is worked out here under a lock on each title, whatever a page, a bank or a caller had seen before.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Max

from cadastre.collection.postings import payment_postings
from cadastre.models import (
    CashClosing,
    CashDesk,
    CashSession,
    LedgerEntry,
    Payment,
    TaxRoll,
)
from cadastre.operations.collection.charge_roll import charge_roll
from cadastre.operations.collection.locks import lock_debts, lock_desk, lock_request
from cadastre.operations.collection.told_payment import told_payment
from cadastre.operations.collection.write_entry import Booking, write_entry
from cadastre.queries.credit import credit_of
from cadastre.queries.debts import OwedTitle, debts_by_id, title_due
from cadastre.queries.published_rates import rates_and_remissions
from cadastre.taxation.imputation import Imputation, impute
from gis_project.core.canonical import sha256_hex
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.core.money import ZERO, format_usd, to_cents
from gis_project.territory.clock import today_in
from gis_project.territory.models import User
from gis_project.territory.policy import Actor, check_can, person

_ACCOUNT = {
    Payment.Means.CASH: "CASH",
    Payment.Means.CHEQUE: "CASH",
    Payment.Means.CREDIT: "CREDIT",
}


class NothingOwed(Conflict):
    """The titles are paid already: look at their receipts, and take no money."""

    code = "nothing_owed"


class PaysTooMuch(InvalidInput):
    """The amount is more than what is due: give change, or say that the rest stays as a credit of the predio."""

    code = "pays_too_much"


class AmountChanged(Conflict):
    """What is due is not what was told: tell the person the new amount and ask again."""

    code = "amount_changed"


class KeyReused(InvalidInput):
    """The idempotency key belongs to another request: a new payment needs a key of its own."""

    code = "idempotency_key_reused"


class SessionClosed(Conflict):
    """The cash session is closed, or of another day or person: open a desk for today."""

    code = "session_closed"


class CreditTooSmall(Conflict):
    """The predio's credit is less than the amount: take the rest by other means."""

    code = "credit_too_small"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentAsked:
    """What is to be paid. Without ``amount`` all that is due; ``expected`` is what the person was told, checked again.

    ``paid_on`` is told by who collects for others (a bank's file); at a window it is today.
    """

    titles: Sequence[UUID]
    amount: Decimal | None = None
    expected: Decimal | None = None
    means: Payment.Means = Payment.Means.CASH
    reference: str = ""
    keeps_rest: bool = False
    unit_id: UUID | None = None
    paid_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaymentMade:
    """The payment, and whether this call made it; the same request again gets the same one."""

    payment: Payment
    is_new: bool


def take_payment(
    asked: PaymentAsked, *, desk: CashDesk, session: CashSession | None, key: str, by: Actor
) -> PaymentMade:
    """The payment with its receipt's number. ``session`` is None at a bank's desk.

    Raises NothingOwed, PaysTooMuch, AmountChanged, KeyReused, SessionClosed, CreditTooSmall, InterestRateMissing,
    NotYetPayable, NotAllowed.
    """
    place = desk.municipality
    today = today_in(place)
    check_can(by, "collect_payments", municipality=place, on=today)
    print_of_request = sha256_hex(
        {
            "titles": sorted(str(ref) for ref in asked.titles),
            "amount": asked.amount,
            "expected": asked.expected,
            "means": str(asked.means),
            "reference": asked.reference,
            "paid_on": asked.paid_on,
        }
    )
    with transaction.atomic():
        lock_request(place.pk, key)
        made = Payment.objects.filter(municipality=place, idempotency_key=key).first()
        if made is not None:
            if made.request_hash != print_of_request:
                raise KeyReused("La clave de la petición ya se usó para otro cobro: use una nueva.")
            return PaymentMade(made, is_new=False)
        lock_desk(desk.pk)
        check_session(session, desk=desk, by=by, today=today)
        lock_debts([*asked.titles, *([asked.unit_id] if asked.unit_id else [])])
        titles = debts_by_id(place, asked.titles)
        worked_on = day_paid(asked.paid_on, desk=desk, today=today)
        imputation = _imputed(titles, asked, worked_on, desk)
        entry = _book(titles, imputation, asked, desk, today, worked_on, by)
        payment = Payment.objects.create(
            municipality=place,
            desk=desk,
            session=session,
            serial=next_serial(desk),
            entry=entry,
            unit_id=asked.unit_id or titles[0].unit_id,
            paid_on=worked_on,
            amount=_amount(imputation),
            means=asked.means,
            reference=asked.reference,
            told=told_payment(titles, imputation),
            idempotency_key=key,
            request_hash=print_of_request,
            received_by=person(by),
        )
    return PaymentMade(payment, is_new=True)


def day_paid(told: date | None, *, desk: CashDesk, today: date) -> date:
    """The day whose discount or interest counts; InvalidInput where a window tells another than its own.

    Whoever takes money at a window could otherwise give January's discount in June.
    """
    if told is None or told == today:
        return today
    if desk.kind != CashDesk.Kind.BANK or told > today:
        raise InvalidInput(
            "Solo un banco dice qué día cobró, y no uno futuro: en ventanilla el pago es de hoy.",
            details={"paid_on": str(told)},
        )
    return told


def next_serial(desk: CashDesk) -> int:
    """The number that follows at the desk, which is locked."""
    last = Payment.objects.filter(desk=desk).aggregate(last=Max("serial"))["last"]
    return int(last or 0) + 1


def check_session(session: CashSession | None, *, desk: CashDesk, by: Actor, today: date) -> None:
    """Raise SessionClosed unless the desk, which is locked, may take this person's money now."""
    if desk.kind == CashDesk.Kind.BANK and session is None:
        return
    who = person(by)
    if (
        session is None
        or session.desk_id != desk.pk
        or session.day != today
        or not isinstance(who, User)
        or session.cashier_id != who.pk
        or CashClosing.objects.filter(session=session).exists()
    ):
        raise SessionClosed("La caja no está abierta hoy por usted: abra su turno de caja.")


def _imputed(
    titles: Sequence[OwedTitle], asked: PaymentAsked, on: date, desk: CashDesk
) -> Imputation:
    law = rates_and_remissions(desk.municipality)
    dues = [title_due(title, on=on, law=law) for title in titles if title.unpaid > 0]
    total = sum((due.total for due in dues), ZERO)
    if not dues or total <= 0:
        raise NothingOwed(_paid_already(titles))
    if asked.expected is not None and to_cents(asked.expected) != total:
        raise AmountChanged(
            f"Ahora se deben {format_usd(total, symbol=True)}, no {format_usd(asked.expected, symbol=True)}: "
            "dígaselo a la persona y cobre otra vez.",
            details={"total": str(total)},
        )
    amount = total if asked.amount is None else to_cents(asked.amount)
    if amount <= 0:
        raise InvalidInput("El monto que se cobra es mayor que cero.")
    if amount > total and not (asked.keeps_rest and asked.unit_id):
        raise PaysTooMuch(
            f"Se deben {format_usd(total, symbol=True)}: dé el vuelto, o deje el resto a favor del predio.",
            details={"total": str(total)},
        )
    if asked.means is Payment.Means.CREDIT:
        _check_credit(asked, amount, desk)
    return impute(dues, amount)


def _check_credit(asked: PaymentAsked, amount: Decimal, desk: CashDesk) -> None:
    held = credit_of(asked.unit_id, municipality=desk.municipality) if asked.unit_id else ZERO
    if held < amount:
        raise CreditTooSmall(
            f"El predio tiene {format_usd(held, symbol=True)} a su favor: cobre el resto por otro medio.",
            details={"credit": str(held)},
        )


def _book(
    titles: Sequence[OwedTitle],
    made: Imputation,
    asked: PaymentAsked,
    desk: CashDesk,
    today: date,
    worked_on: date,
    by: Actor,
) -> LedgerEntry:
    ours = [title.id for title in titles if not title.debt.is_taken_over]
    rolls = TaxRoll.objects.filter(titles__in=ours, charge__isnull=True)
    for roll in rolls.distinct().order_by("pk"):
        charge_roll(roll, by=by)
    return write_entry(
        Booking(
            municipality=desk.municipality,
            kind=LedgerEntry.Kind.PAYMENT,
            booked_on=today,
            worked_on=worked_on,
        ),
        payment_postings(made, into=_ACCOUNT.get(asked.means, "BANK")),
        by=by,
        titles=titles,
        unit_id=asked.unit_id or titles[0].unit_id,
    )


def _amount(made: Imputation) -> Decimal:
    return sum((one.amount for one in made.settlements), ZERO) + made.left


def _paid_already(titles: Sequence[OwedTitle]) -> str:
    numbers = ", ".join(title.debt.number for title in titles)
    return f"No se debe nada de {numbers}: ya consta pagado. Busque su comprobante."
