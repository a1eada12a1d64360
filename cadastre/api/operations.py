"""POST /api/<m>/operations/<verb>: rehearse an act, propose it, or make it where no second person is asked."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from ninja.security import django_auth

from cadastre.api.act_schema import ActIn, ActOut, revisions_of, saved_sources
from cadastre.api.desk import Desk, desk_of
from cadastre.models import AdministrativeSource
from cadastre.operations.make_act import make_act
from cadastre.operations.prepare_proposal import rehearse

router = Router(tags=["actos"], auth=django_auth)


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
                revisions=revisions_of(act),
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
    made = make_act(
        verb,
        {**act.inputs},
        municipality=desk.municipality,
        by=desk.who,
        reason=act.reason,
        sources=sources,
        revisions=revisions_of(act),
    )
    answer: dict[str, Any] = {"is_dry_run": False}
    if made.proposal is not None:
        answer |= {"proposal": str(made.proposal.pk), "state": made.proposal.state}
    else:
        answer["operation"] = str(made.operation)
    return answer, desk.seen(made.outcome, is_open=True)
