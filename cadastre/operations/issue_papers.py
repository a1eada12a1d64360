"""Many papers of one kind, one after another: each is whole by itself, so a run that died goes on where it was."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from uuid import UUID

from cadastre.models import PropertyUnit
from cadastre.operations.issue_certificate import issue_certificate
from gis_project.core.errors import DomainError
from gis_project.territory.clock import today_in
from gis_project.territory.jobs import enqueue
from gis_project.territory.models import Job, Municipality, Paper
from gis_project.territory.operations.issue_paper import Payment, capability_for, receipt_total_of
from gis_project.territory.policy import Actor, check_can

TASK = "cadastre.tasks.issue_papers"


@dataclass(slots=True)
class Issued:
    """How many papers came out now, were there already, and were refused (predio id → why)."""

    issued: int = 0
    already: int = 0
    refused: dict[str, str] = field(default_factory=dict)


def ask_for_papers(
    units: Sequence[UUID], *, municipality: Municipality, kind: str, by: Actor, payment: Payment
) -> Job:
    """The queued job that issues a paper of `kind` on each predio; `payment` is each paper's."""
    check_can(by, capability_for(kind), municipality=municipality, on=today_in(municipality))
    return enqueue(
        TASK,
        municipality=municipality,
        actor=by,
        kind=kind,
        units=[str(unit) for unit in units],
        receipt=payment.receipt,
        amount=str(payment.amount),
        receipt_total="" if payment.total is None else str(payment.total),
    )


def issue_papers(
    units: Sequence[str],
    *,
    municipality: Municipality,
    kind: str,
    by: Actor,
    payment: Payment,
    since: datetime,
    advance: Callable[[int, int], None],
) -> Issued:
    """Issues on each predio that has no such paper from this run (same receipt, issued from `since` on).

    The receipt pays for all of them: `payment.amount` is each paper's. Where its total is not told, it is what
    earlier papers say of it, or else what these cost.
    """
    done = set(
        Paper.objects.filter(
            municipality=municipality, kind=kind, receipt=payment.receipt, issued_at__gte=since
        ).values_list("subject_id", flat=True)
    )
    total = payment.total
    if total is None:
        total = receipt_total_of(municipality, payment.receipt)
    whole = replace(payment, total=payment.amount * len(units) if total is None else total)
    result = Issued()
    for number, unit_id in enumerate(units, start=1):
        if unit_id in done:
            result.already += 1
        else:
            _issue(unit_id, municipality, kind, by, whole, result)
        advance(number, len(units))
    return result


def _issue(
    unit_id: str, municipality: Municipality, kind: str, by: Actor, payment: Payment, result: Issued
) -> None:
    unit = PropertyUnit.objects.select_related("municipality").get(
        pk=unit_id, municipality=municipality
    )
    try:
        issue_certificate(unit, kind=kind, by=by, payment=payment)
    except DomainError as refusal:
        result.refused[unit_id] = refusal.message
    else:
        result.issued += 1
