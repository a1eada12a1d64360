"""A payment before the year's emission: on the former year's bases, with the day's discount, until the title is there.

The emission settles it as of the day it was paid: what the title needs less stays in the predio's favour, what it needs
more stays owed. The entry tells both amounts.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum

from cadastre.collection.postings import Posting, payment_postings
from cadastre.models import (
    CashDesk,
    CashSession,
    LedgerEntry,
    LedgerPosting,
    Payment,
    PropertyUnit,
    TaxTitle,
)
from cadastre.operations.collection.charge_roll import charge_roll
from cadastre.operations.collection.locks import lock_debts, lock_desk, lock_request
from cadastre.operations.collection.take_payment import (
    KeyReused,
    PaymentMade,
    check_session,
    next_serial,
)
from cadastre.operations.collection.write_entry import Booking, write_entry
from cadastre.queries.credit import provisional_of
from cadastre.queries.debts import OwedTitle, debts_by_id, debts_of, title_due
from cadastre.queries.published_rates import rates_and_remissions
from cadastre.taxation.debt_due import DebtDue, debt_due
from cadastre.taxation.debt_parts import DebtPart
from cadastre.taxation.imputation import impute
from gis_project.core.assessment import line_as_dict
from gis_project.core.canonical import sha256_hex
from gis_project.core.errors import Conflict
from gis_project.core.money import ZERO, format_usd
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, check_can, person


class NoFormerTitle(Conflict):
    """The predio had no title in the year before: there is nothing to base a provisional receipt on."""

    code = "no_former_title"


class TitleIsThere(Conflict):
    """The year's title is emitted, or was paid provisionally: collect the title, or show that receipt."""

    code = "title_is_there"


def provisional_due(unit: PropertyUnit, *, on: date) -> DebtDue:
    """What the predio would pay on the day if its title of this year were that of the year before."""
    before = [
        one
        for one in debts_of(unit.municipality, units=[unit.pk])
        if one.debt.year == on.year - 1 and not one.debt.is_taken_over
    ]
    if not before:
        raise NoFormerTitle(
            f"El predio no tiene título de {on.year - 1}: espere la emisión de {on.year}."
        )
    known = before[-1]
    title = TaxTitle.objects.get(pk=known.id)
    return debt_due(
        replace(
            known.debt,
            ref="",
            number="",
            year=on.year,
            unpaid={
                DebtPart.TAX: title.property_tax,
                DebtPart.FIRE_LEVY: title.fire_levy,
                DebtPart.OTHERS: title.others,
            },
            issued_tax=title.property_tax,
            worked_through=None,
        ),
        on=on,
    )


def take_provisional(
    unit: PropertyUnit,
    *,
    desk: CashDesk,
    session: CashSession,
    key: str,
    by: Actor,
    means: Payment.Means = Payment.Means.CASH,
) -> PaymentMade:
    """The provisional receipt of this year.

    Raises NoFormerTitle, TitleIsThere, KeyReused, SessionClosed, NotAllowed.
    """
    place = desk.municipality
    today = today_in(place)
    check_can(by, "collect_payments", municipality=place, on=today)
    asked = sha256_hex({"provisional": unit.pk, "year": today.year, "means": str(means)})
    with transaction.atomic():
        lock_request(place.pk, key)
        made = Payment.objects.filter(municipality=place, idempotency_key=key).first()
        if made is not None:
            if made.request_hash != asked:
                raise KeyReused("Esa clave ya cobró otra cosa: use una clave nueva por cobro.")
            return PaymentMade(made, is_new=False)
        lock_desk(desk.pk)
        check_session(session, desk=desk, by=by, today=today)
        lock_debts([unit.pk])
        _check_not_there(unit, today.year)
        due = provisional_due(unit, on=today)
        entry = write_entry(
            Booking(municipality=place, kind=LedgerEntry.Kind.PAYMENT, booked_on=today),
            [
                Posting("CASH" if means is Payment.Means.CASH else "BANK", due.total),
                Posting("PROVISIONAL", -due.total),
            ],
            by=by,
            unit_id=unit.pk,
            tax_year=today.year,
        )
        payment = Payment.objects.create(
            municipality=place,
            desk=desk,
            session=session,
            serial=next_serial(desk),
            entry=entry,
            unit=unit,
            paid_on=today,
            amount=due.total,
            means=means,
            provisional_year=today.year,
            told={
                "titles": [],
                "credit": "0.00",
                "provisional": {
                    "year": today.year,
                    "bases_of": today.year - 1,
                    "parts": {str(part): str(amount) for part, amount in due.unpaid.items()},
                    "lines": [line_as_dict(line) for line in due.new_lines],
                },
            },
            idempotency_key=key,
            request_hash=asked,
            received_by=person(by),
        )
    return PaymentMade(payment, is_new=True)


def settle_provisional(municipality: Municipality, *, year: int, by: Actor) -> list[LedgerEntry]:
    """One entry for each predio whose title of ``year`` is there now; again, nothing."""
    check_can(by, "collect_payments", municipality=municipality, on=today_in(municipality))
    return settle_received(municipality, year=year, by=by)


def settle_received(municipality: Municipality, *, year: int, by: Actor) -> list[LedgerEntry]:
    """As settle_provisional, for who receives an emission: the check is the caller's."""
    held = (
        LedgerPosting.objects.filter(
            entry__municipality=municipality, account="PROVISIONAL", tax_year=year
        )
        .values("unit_id")
        .annotate(held=Sum("amount"))
        .filter(held__lt=0)
    )
    found = []
    for row in held.order_by("unit_id"):
        entry = _settle(municipality, row["unit_id"], year, by)
        if entry is not None:
            found.append(entry)
    return found


def _check_not_there(unit: PropertyUnit, year: int) -> None:
    if any(one.debt.year == year for one in debts_of(unit.municipality, units=[unit.pk])):
        raise TitleIsThere(f"El título de {year} ya está emitido: cóbrelo.")
    if provisional_of(unit.pk, municipality=unit.municipality, year=year):
        raise TitleIsThere(f"El predio ya tiene un recibo provisional de {year}.")


def _settle(municipality: Municipality, unit_id: UUID, year: int, by: Actor) -> LedgerEntry | None:
    with transaction.atomic():
        owed = [one for one in debts_of(municipality, units=[unit_id]) if one.debt.year == year]
        lock_debts([*(one.id for one in owed), unit_id])
        titles = debts_by_id(municipality, [one.id for one in owed])
        held = provisional_of(unit_id, municipality=municipality, year=year)
        receipt = (
            Payment.objects.filter(
                unit_id=unit_id, provisional_year=year, reversal__entry__isnull=True
            )
            .order_by("-received_at")
            .first()
        )
        if not titles or held <= 0 or receipt is None:
            return None
        return _book(municipality, titles, held, receipt, by)


def _book(
    municipality: Municipality,
    titles: tuple[OwedTitle, ...],
    held: Decimal,
    receipt: Payment,
    by: Actor,
) -> LedgerEntry:
    law = rates_and_remissions(municipality)
    dues = [title_due(one, on=receipt.paid_on, law=law) for one in titles if one.unpaid > 0]
    made = impute(dues, held)
    for title in TaxTitle.objects.filter(pk__in=[one.id for one in titles]).select_related("roll"):
        charge_roll(title.roll, by=by)
    billed = sum((due.total for due in dues), ZERO)
    return write_entry(
        Booking(
            municipality=municipality,
            kind=LedgerEntry.Kind.SETTLEMENT,
            booked_on=today_in(municipality),
            worked_on=receipt.paid_on,
            reason=(
                f"Recibo provisional del {receipt.paid_on:%d/%m/%Y} por {format_usd(held)}; el título, a esa "
                f"fecha, {format_usd(billed)}."
            ),
        ),
        payment_postings(made, into="PROVISIONAL"),
        by=by,
        titles=titles,
        unit_id=receipt.unit_id,
        tax_year=receipt.provisional_year,
    )
