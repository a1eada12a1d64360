"""A cashier opens a desk for the day, counts and closes it; the treasurer takes the money over.

One session at a time is open at a desk. What was counted stands against the ledger; a difference is explained and
booked, never left.
"""

from collections import defaultdict
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from cadastre.collection.postings import Posting
from cadastre.models import CashClosing, CashDesk, CashSession, LedgerEntry, Payment
from cadastre.operations.collection.locks import lock_desk
from cadastre.operations.collection.write_entry import Booking, write_entry
from gis_project.core.errors import Conflict, InvalidInput, NotAllowed
from gis_project.core.money import ZERO, format_usd, to_cents
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


class DeskBusy(Conflict):
    """The desk has an open session: its cashier closes it first."""

    code = "desk_busy"


class NoOpenSession(Conflict):
    """The person has no open session today: open a desk first."""

    code = "no_open_session"


class CashDiffers(InvalidInput):
    """The money counted is not what the ledger says: count again, or explain the difference."""

    code = "cash_differs"


class AnotherPersonDecides(NotAllowed):
    """Who asked or closed does not also approve or receive: another person does."""

    code = "another_person_decides"


def add_cash_desk(
    *, municipality: Municipality, code: str, name: str, kind: CashDesk.Kind, by: Actor
) -> CashDesk:
    """The new desk; its code begins its receipts' numbers."""
    check_can(by, "supervise_collection", municipality=municipality, on=today_in(municipality))
    told = code.strip().upper()
    if not told.isalnum() or len(told) > 6:
        raise InvalidInput("El código de una caja tiene hasta 6 letras o cifras, como C01.")
    if CashDesk.objects.filter(municipality=municipality, code=told).exists():
        raise Conflict(f"Ya hay una caja {told}: use otro código.")
    with transaction.atomic():
        desk = CashDesk.objects.create(
            municipality=municipality, code=told, name=name.strip(), kind=kind, opened_by=person(by)
        )
        _audit(desk.municipality, by, "add_cash_desk", desk.pk, {"code": told, "kind": str(kind)})
    return desk


def open_session(desk: CashDesk, *, opening_float: Decimal, by: User) -> CashSession:
    """The person's session at the desk for today. Raises DeskBusy."""
    today = today_in(desk.municipality)
    check_can(by, "collect_payments", municipality=desk.municipality, on=today)
    with transaction.atomic():
        lock_desk(desk.pk)
        still_open = CashSession.objects.filter(desk=desk, closing__isnull=True).first()
        if still_open is not None:
            raise DeskBusy(
                f"La caja {desk.code} está abierta desde el {still_open.day:%d/%m/%Y}: ciérrela antes de abrirla."
            )
        if open_session_of(by, municipality=desk.municipality) is not None:
            raise DeskBusy("Usted ya tiene una caja abierta: ciérrela antes de abrir otra.")
        shift = CashSession.objects.filter(desk=desk, day=today).count() + 1
        session = CashSession.objects.create(
            desk=desk,
            cashier=by,
            day=today,
            shift=shift,
            opening_float=to_cents(opening_float),
        )
        _audit(desk.municipality, by, "open_cash_session", session.pk, {"desk": desk.code})
    return session


def open_session_of(who: User, *, municipality: Municipality) -> CashSession | None:
    """The session that the person has open there, whatever its day."""
    return (
        CashSession.objects.filter(
            desk__municipality=municipality, cashier=who, closing__isnull=True
        )
        .select_related("desk", "desk__municipality")
        .first()
    )


def session_totals(session: CashSession) -> dict[str, Decimal]:
    """Means of payment → what the session took, reversals taken off."""
    totals: dict[str, Decimal] = defaultdict(lambda: ZERO)
    rows = Payment.objects.filter(session=session, reversal__entry__isnull=True)
    for means, amount in rows.values_list("means", "amount"):
        totals[means] += amount
    return dict(totals)


def close_session(
    session: CashSession, *, counted: Decimal, explanation: str, by: User
) -> CashClosing:
    """The closing with the cash counted, the opening float in it. Raises CashDiffers without an explanation."""
    desk = session.desk
    check_can(
        by, "collect_payments", municipality=desk.municipality, on=today_in(desk.municipality)
    )
    if session.cashier_id != by.pk:
        raise NotAllowed("Cierra la caja quien la abrió.")
    with transaction.atomic():
        lock_desk(desk.pk)
        if CashClosing.objects.filter(session=session).exists():
            raise NoOpenSession("Esta caja ya está cerrada.")
        totals = session_totals(session)
        expected = session.opening_float + totals.get(Payment.Means.CASH, ZERO)
        difference = to_cents(counted) - expected
        if difference and not explanation.strip():
            raise CashDiffers(
                f"Según el libro hay {format_usd(expected, symbol=True)} y se contó "
                f"{format_usd(counted, symbol=True)}: cuente otra vez, o explique la diferencia.",
                details={"expected": str(expected), "counted": str(counted)},
            )
        entry = _book_difference(session, difference, explanation, by) if difference else None
        closing = CashClosing.objects.create(
            session=session,
            counted=to_cents(counted),
            expected=expected,
            explanation=explanation.strip(),
            totals={means: str(amount) for means, amount in sorted(totals.items())},
            entry=entry,
            closed_by=by,
        )
        _audit(
            desk.municipality,
            by,
            "close_cash_session",
            session.pk,
            {"counted": closing.counted, "expected": expected, "totals": closing.totals},
        )
    return closing


def receive_closing(closing: CashClosing, *, by: User) -> CashClosing:
    """The treasurer has the money of the closing. Raises AnotherPersonDecides for who closed it."""
    municipality = closing.session.desk.municipality
    check_can(by, "supervise_collection", municipality=municipality, on=today_in(municipality))
    if closing.closed_by_id == by.pk:
        raise AnotherPersonDecides("Recibe el dinero otra persona que quien cerró la caja.")
    with transaction.atomic():
        lock_desk(closing.session.desk_id)
        closing.refresh_from_db()
        if closing.received_at is not None:
            raise Conflict("Este cierre ya fue recibido.")
        closing.received_by, closing.received_at = by, timezone.now()
        closing.save(update_fields=["received_by", "received_at"])
        _audit(municipality, by, "receive_cash_closing", closing.session_id, {})
    return closing


def _book_difference(
    session: CashSession, difference: Decimal, explanation: str, by: User
) -> LedgerEntry:
    return write_entry(
        Booking(
            municipality=session.desk.municipality,
            kind=LedgerEntry.Kind.CLOSING,
            booked_on=session.day,
            reason=explanation.strip()[:300],
        ),
        [Posting("CASH", difference), Posting("SHORTAGE", -difference)],
        by=by,
    )


def _audit(
    place: Municipality, by: Actor, action: str, ref: object, body: dict[str, object]
) -> None:
    record_audit_event(
        municipality=place,
        actor=by,
        action=action,
        object_type="cash_desk",
        object_id=ref,
        body=body,
    )
