"""A payment plan: one person enters it for what is owed today, another approves it; the receipts say if it is kept.

The instalments are of tax, surcharge and fines; the interest of each day is paid on top of them.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from cadastre.models import Payment, PaymentPlan, PlanTitle
from cadastre.operations.collection.cash_sessions import AnotherPersonDecides
from cadastre.operations.collection.locks import lock_debts
from cadastre.queries.debts import debts_by_id, title_due
from cadastre.queries.published_rates import rates_and_remissions
from cadastre.taxation.debt_parts import DebtPart
from cadastre.taxation.payment_plans import PlanInstalment, late_by, payment_plan
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.core.money import ZERO
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


@dataclass(frozen=True, slots=True)
class PlanState:
    """How a plan stands: what was paid of its titles since, and how much of what was due is missing."""

    plan: PaymentPlan
    paid: Decimal
    late: Decimal


def enter_plan(
    titles: Sequence[UUID],
    *,
    municipality: Municipality,
    down: Decimal,
    months: int,
    resolution: str,
    by: Actor,
) -> PaymentPlan:
    """The plan, which counts once approved. Raises PlanOutsideTheLaw, Conflict, InterestRateMissing, NotAllowed."""
    today = today_in(municipality)
    check_can(by, "supervise_collection", municipality=municipality, on=today)
    if not resolution.strip():
        raise InvalidInput("Escriba la resolución o el número del convenio.")
    with transaction.atomic():
        lock_debts(titles)
        if PlanTitle.objects.filter(Q(title__in=titles) | Q(arrears__in=titles)).exists():
            raise Conflict("Uno de los títulos ya está en un convenio.")
        law = rates_and_remissions(municipality)
        known = debts_by_id(municipality, titles)
        dues = [title_due(one, on=today, law=law) for one in known]
        owed = sum((due.gross - due.unpaid.get(DebtPart.INTEREST, ZERO) for due in dues), ZERO)
        instalments = payment_plan(owed=owed, down=down, months=months, granted_on=today)
        plan = PaymentPlan.objects.create(
            municipality=municipality,
            resolution=resolution.strip()[:120],
            granted_on=today,
            owed=owed,
            instalments=[
                {"number": one.number, "due_on": one.due_on.isoformat(), "amount": str(one.amount)}
                for one in instalments
            ],
            entered_by=person(by),
        )
        PlanTitle.objects.bulk_create(
            PlanTitle(
                plan=plan,
                title_id=None if one.debt.is_taken_over else one.id,
                arrears_id=one.id if one.debt.is_taken_over else None,
            )
            for one in known
        )
        _audit(plan, "enter_payment_plan", by)
    return plan


def approve_plan(plan: PaymentPlan, *, by: Actor) -> PaymentPlan:
    """The same plan, in force. Raises AnotherPersonDecides for who entered it."""
    place = plan.municipality
    check_can(by, "supervise_collection", municipality=place, on=today_in(place))
    who = person(by)
    if who is None or plan.entered_by_id == who.pk:
        raise AnotherPersonDecides("El convenio lo aprueba otra persona que quien lo registró.")
    if plan.approved_at is not None:
        raise Conflict("El convenio ya está aprobado.")
    with transaction.atomic():
        plan.approved_by, plan.approved_at = who, timezone.now()
        plan.save(update_fields=["approved_by", "approved_at"])
        _audit(plan, "approve_payment_plan", by)
    return plan


def plan_states(municipality: Municipality, *, on: date) -> list[PlanState]:
    """The approved plans with what was paid since each was entered, those most late first."""
    found = []
    for plan in PaymentPlan.objects.filter(
        municipality=municipality, approved_at__isnull=False
    ).order_by("granted_on", "resolution"):
        paid = _paid(plan)
        schedule = [
            PlanInstalment(one["number"], date.fromisoformat(one["due_on"]), Decimal(one["amount"]))
            for one in plan.instalments
        ]
        found.append(PlanState(plan, paid, late_by(schedule, paid=paid, on=on)))
    return sorted(found, key=lambda state: -state.late)


def _paid(plan: PaymentPlan) -> Decimal:
    """What receipts since the plan tell as paid of its titles, without interest."""
    titles = PlanTitle.objects.filter(plan=plan)
    numbers = {
        str(number)
        for pair in titles.values_list("title__number", "arrears__number")
        for number in pair
        if number
    }
    payments = Payment.objects.filter(
        Q(entry__postings__title__plans__plan=plan) | Q(entry__postings__arrears__plans__plan=plan),
        received_at__gte=plan.entered_at,
        reversal__entry__isnull=True,
    )
    return sum(
        (
            Decimal(amount)
            for payment in payments.distinct()
            for told in payment.told["titles"]
            if told["number"] in numbers
            for part, amount in told["paid"].items()
            if part != DebtPart.INTEREST
        ),
        ZERO,
    )


def _audit(plan: PaymentPlan, action: str, by: Actor) -> None:
    record_audit_event(
        municipality=plan.municipality,
        actor=by,
        action=action,
        object_type="payment_plan",
        object_id=plan.pk,
        body={"resolution": plan.resolution, "owed": plan.owed, "instalments": plan.instalments},
    )
