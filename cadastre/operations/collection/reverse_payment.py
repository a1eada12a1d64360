"""Reverses a payment on its own day: one person asks with a reason, another decides. The entry is mirrored."""

from django.db import transaction
from django.utils import timezone

from cadastre.collection.postings import Posting
from cadastre.models import CashClosing, LedgerEntry, LedgerPosting, Payment, PaymentReversal
from cadastre.operations.collection.cash_sessions import AnotherPersonDecides
from cadastre.operations.collection.locks import lock_debts, lock_desk
from cadastre.operations.collection.write_entry import Booking, write_entry
from cadastre.queries.credit import credit_of, provisional_of
from cadastre.queries.debts import debts_by_id
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.models import User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import check_can


class NotReversible(Conflict):
    """The payment is of another day, its desk is closed, it is reversed already, or a later one stands on it."""

    code = "not_reversible"


def ask_reversal(payment: Payment, *, reason: str, by: User) -> PaymentReversal:
    """The request, which another person decides. Raises NotReversible."""
    today = today_in(payment.municipality)
    check_can(by, "collect_payments", municipality=payment.municipality, on=today)
    if not reason.strip():
        raise InvalidInput("Escriba por qué se reversa el cobro.")
    with transaction.atomic():
        lock_desk(payment.desk_id)
        _check_reversible(payment)
        if PaymentReversal.objects.filter(payment=payment).exists():
            raise NotReversible("El reverso de este cobro ya está pedido.")
        asked = PaymentReversal.objects.create(payment=payment, reason=reason.strip(), asked_by=by)
        record_audit_event(
            municipality=payment.municipality,
            actor=by,
            action="ask_reversal",
            object_type="payment",
            object_id=payment.pk,
            body={"reason": asked.reason},
        )
    return asked


def decide_reversal(asked: PaymentReversal, *, by: User) -> LedgerEntry:
    """The mirroring entry. Raises AnotherPersonDecides for who asked, NotReversible, NotAllowed."""
    payment = asked.payment
    place = payment.municipality
    today = today_in(place)
    check_can(by, "supervise_collection", municipality=place, on=today)
    if asked.asked_by_id == by.pk:
        raise AnotherPersonDecides("El reverso lo aprueba otra persona que quien lo pidió.")
    with transaction.atomic():
        lock_desk(payment.desk_id)
        rows = list(LedgerPosting.objects.filter(entry_id=payment.entry_id))
        refs = [row.title_id or row.arrears_id for row in rows if row.title_id or row.arrears_id]
        lock_debts([*refs, *([payment.unit_id] if payment.unit_id else [])])
        asked.refresh_from_db()
        if asked.decided_at is not None:
            raise NotReversible("El reverso de este cobro ya está hecho.")
        _check_reversible(payment)
        _check_nothing_later(payment, rows)
        _check_not_spent(payment, rows)
        entry = write_entry(
            Booking(
                municipality=place,
                kind=LedgerEntry.Kind.REVERSAL,
                booked_on=today,
                reason=asked.reason,
                links={"reverses": payment.entry},
            ),
            [_mirror(row) for row in rows],
            by=by,
            titles=debts_by_id(place, [ref for ref in refs if ref]),
            unit_id=payment.unit_id,
            tax_year=payment.provisional_year,
        )
        asked.decided_by, asked.decided_at, asked.entry = by, timezone.now(), entry
        asked.save(update_fields=["decided_by", "decided_at", "entry"])
    return entry


def _check_reversible(payment: Payment) -> None:
    session = payment.session
    if session is None or session.day != today_in(payment.municipality):
        raise NotReversible(
            "Un cobro se reversa el mismo día y en su caja. Después es un pago indebido: se reclama y se devuelve "
            "por resolución."
        )
    if CashClosing.objects.filter(session=session).exists():
        raise NotReversible("La caja ya está cerrada: se reclama como pago indebido.")


def _check_nothing_later(payment: Payment, rows: list[LedgerPosting]) -> None:
    titles = [row.title_id for row in rows if row.title_id]
    arrears = [row.arrears_id for row in rows if row.arrears_id]
    later = LedgerEntry.objects.filter(
        reversal__isnull=True, recorded_at__gt=payment.entry.recorded_at
    ).exclude(kind=LedgerEntry.Kind.REVERSAL)
    if (
        later.filter(postings__title__in=titles).exists()
        or later.filter(postings__arrears__in=arrears).exists()
    ):
        raise NotReversible("Hay un cobro posterior del mismo título: reverse primero el último.")


def _check_not_spent(payment: Payment, rows: list[LedgerPosting]) -> None:
    """What the payment left in the predio's favour, or paid provisionally, must still be there."""
    place = payment.municipality
    for row in rows:
        if row.unit_id is None or row.amount > 0:
            continue
        if row.tax_year is None:
            held = credit_of(row.unit_id, municipality=place)
        else:
            held = provisional_of(row.unit_id, municipality=place, year=row.tax_year)
        if held < -row.amount:
            raise NotReversible(
                "Lo que este cobro dejó a favor del predio ya se usó: reverse primero lo que lo usó."
            )


def _mirror(row: LedgerPosting) -> Posting:
    ref = row.title_id or row.arrears_id
    return Posting(row.account, -row.amount, str(ref) if ref else "")
