"""POST /api/<m>/operations/<verb>: rehearse an act, propose it, or make it where no second person is asked."""

from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from ninja.security import django_auth

from cadastre.acts.act_law import act_law, needs_second_person
from cadastre.acts.required_sources import waits_for_others
from cadastre.api.act_schema import ActIn, ActOut, saved_sources
from cadastre.api.desk import Desk, desk_of
from cadastre.models import AdministrativeSource
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.evidence import facts_of
from cadastre.operations.deed.filing import Filing
from cadastre.operations.prepare_proposal import prepare_proposal, rehearse
from gis_project.core.errors import BadRequest

router = Router(tags=["actos"], auth=django_auth)


class BadRevisions(BadRequest):
    """The revisions name a predio by something else than its id: send the id that the API told."""

    code = "bad_revisions"


@router.post(
    "/{municipality}/operations/{verb}",
    response={200: ActOut, 201: ActOut},
    exclude_none=True,
    operation_id="operation",
    summary="Ensayar, proponer o realizar un acto catastral",
)
def operation(
    request: HttpRequest, municipality: str, verb: str, act: ActIn, dry_run: bool = False
) -> Status[dict[str, Any]]:
    """Con `dry_run=true` devuelve el antes y el después exactos, y lo que aún lo impide; nada queda escrito.

    Sin él, el acto que exige a una segunda persona queda como propuesta, y también el que espera que se confirme
    su inscripción o se adjunte un archivo; los demás se realizan.
    """
    desk = desk_of(request, municipality, "edit_parcels")
    told = {**act.inputs}
    with transaction.atomic():
        sources = saved_sources(act.sources, desk.municipality, by=desk.who)
        if dry_run:
            outcome = rehearse(
                verb,
                told,
                municipality=desk.municipality,
                by=desk.who,
                reason=act.reason,
                sources=sources,
                revisions=_revisions(act),
            )
            answer: dict[str, Any] = {"is_dry_run": True}
            seen = desk.seen(outcome.plain(), is_open=True)
            transaction.set_rollback(True)
        else:
            answer, seen = _done(desk, verb, act, sources)
    desk.log_holders(seen, query=verb, purpose=f"acto por la API: {act.reason}")
    return Status(200 if dry_run else 201, answer | {"outcome": seen})


def _done(
    desk: Desk, verb: str, act: ActIn, sources: list[AdministrativeSource]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """The proposal, or the act made at once; and its before and after as this official may see them."""
    told = {**act.inputs}
    law = act_law(verb, cause=str(told.get("cause", "")), on=desk.today)
    waits = waits_for_others(law, facts_of(sources), on=desk.today)
    if waits or needs_second_person(law, told):
        proposal = prepare_proposal(
            verb,
            told,
            municipality=desk.municipality,
            by=desk.who,
            reason=act.reason,
            sources=sources,
            revisions=_revisions(act),
        )
        answer = {"is_dry_run": False, "proposal": str(proposal.pk), "state": proposal.state}
        return answer, desk.seen(proposal.preview, is_open=True)
    filing = Filing(by=desk.who, reason=act.reason, sources=sources, revisions=_revisions(act))
    outcome = carry_out_act(verb, told, municipality=desk.municipality, filing=filing)
    answer = {"is_dry_run": False, "operation": str(outcome.operation_id)}
    return answer, desk.seen(outcome.plain(), is_open=True)


def _revisions(act: ActIn) -> dict[UUID, int]:
    try:
        return {UUID(unit): revision for unit, revision in act.revisions.items()}
    except ValueError as error:
        raise BadRevisions("Las revisiones nombran los predios por su id.") from error
