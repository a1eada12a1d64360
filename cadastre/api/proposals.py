"""/api/<m>/proposals: the tray, one proposal with its rivals, and its steps."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from ninja.security import django_auth

from cadastre.api.act_schema import ActOut, ProposalOut, StepIn, proposal_out, saved_sources
from cadastre.api.desk import Desk, desk_of
from cadastre.models import Proposal
from cadastre.operations.decide_proposal import (
    approve_proposal,
    return_proposal,
    withdraw_proposal,
)
from cadastre.operations.make_effective import make_effective
from cadastre.queries.proposals import (
    OPEN,
    find_proposal,
    procedure_number,
    proposals_in,
    rivals_of,
)
from gis_project.core.errors import NotFound

router = Router(tags=["propuestas"], auth=django_auth)


class UnknownStep(NotFound):
    """A proposal knows no such step: approve, return, withdraw or effective."""

    code = "unknown_step"


_PURPOSE = "propuestas de cambio por la API"
_READ = ("edit_parcels", "approve_operations", "view_register")
_STEPS: dict[str, Callable[..., Proposal]] = {
    "approve": approve_proposal,
    "return": return_proposal,
    "withdraw": withdraw_proposal,
}


@router.get(
    "/{municipality}/proposals",
    response=list[ProposalOut],
    operation_id="proposals",
    summary="La bandeja de propuestas de cambio",
)
def proposals(
    request: HttpRequest,
    municipality: str,
    state: Proposal.State | None = None,
) -> list[dict[str, Any]]:
    """Las abiertas, de la más antigua a la más nueva, o las de un estado.

    Los derechos y gravámenes se ven según el nombramiento; la consulta queda registrada.
    """
    desk = desk_of(request, municipality, *_READ)
    found = proposals_in(desk.municipality, state=state.value if state else None)[:200]
    told = [_told(desk, proposal) for proposal in found]
    previews = [one["preview"] for one in told]
    desk.log_holders(*previews, query=f"proposals {state or 'OPEN'}", purpose=_PURPOSE)
    return told


@router.get(
    "/{municipality}/proposals/{proposal}",
    response=ProposalOut,
    operation_id="proposal",
    summary="Una propuesta: qué haría, quién la lleva, y con cuáles choca",
)
def proposal(request: HttpRequest, municipality: str, proposal: UUID) -> dict[str, Any]:
    desk = desk_of(request, municipality, *_READ)
    found = find_proposal(desk.municipality, proposal)
    return _looked_at(desk, found)


@router.post(
    "/{municipality}/proposals/{proposal}/effective",
    response={201: ActOut},
    exclude_none=True,
    operation_id="make_effective",
    summary="Realizar la propuesta aprobada, con sus documentos",
)
def effective(
    request: HttpRequest, municipality: str, proposal: UUID, step: StepIn
) -> Status[dict[str, Any]]:
    desk = desk_of(request, municipality, "edit_parcels")
    with transaction.atomic():
        found = find_proposal(desk.municipality, proposal)
        sources = saved_sources(step.sources, desk.municipality, by=desk.who)
        outcome = make_effective(found, by=desk.who, sources=sources)
    seen = desk.seen(outcome.plain(), is_open=True)
    desk.log_holders(seen, query=str(found.pk), purpose=_PURPOSE, procedure=procedure_number(found))
    return Status(
        201,
        {
            "is_dry_run": False,
            "operation": str(outcome.operation_id),
            "proposal": str(found.pk),
            "state": Proposal.State.EFFECTIVE.value,
            "outcome": seen,
        },
    )


@router.post(
    "/{municipality}/proposals/{proposal}/{step_name}",
    response=ProposalOut,
    operation_id="proposal_step",
    summary="Aprobar (approve), devolver (return) o retirar (withdraw) una propuesta",
)
def take_step(
    request: HttpRequest, municipality: str, proposal: UUID, step_name: str, step: StepIn
) -> dict[str, Any]:
    desk = desk_of(request, municipality, "edit_parcels", "approve_operations")
    found = find_proposal(desk.municipality, proposal)
    act = _STEPS.get(step_name)
    if act is None:
        raise UnknownStep(f"No existe el paso «{step_name[:20]}»: approve, return o withdraw.")
    return _looked_at(desk, act(found, by=desk.who, note=step.note))


def _told(desk: Desk, proposal: Proposal) -> dict[str, Any]:
    rivals = [
        {"proposal": str(rival.pk), "verb": rival.verb, "state": rival.state}
        for rival in (rivals_of(proposal) if proposal.state in OPEN else [])
    ]
    mine = proposal.prepared_by_id == desk.who.pk
    preview = desk.seen(proposal.preview, is_open=proposal.state in OPEN)
    return proposal_out(proposal, preview=preview, mine=mine, conflicts=rivals)


def _looked_at(desk: Desk, proposal: Proposal) -> dict[str, Any]:
    told = _told(desk, proposal)
    desk.log_holders(
        told["preview"],
        query=str(proposal.pk),
        purpose=_PURPOSE,
        procedure=procedure_number(proposal),
    )
    return told
