"""/api/<m>/procedures: receive one, the trays, one whole, and its steps."""

from typing import Any

from django.db import transaction
from django.http import HttpRequest
from ninja import Router, Status
from ninja.security import django_auth

from cadastre.api.act_schema import saved_sources
from cadastre.api.desk import Desk, desk_of
from cadastre.api.procedure_schema import (
    ProcedureIn,
    ProcedureOut,
    ProcedureStepIn,
    ProcedureWhole,
    procedure_row,
    whole_procedure,
)
from cadastre.models import AdministrativeSource, Procedure
from cadastre.operations.bind_applicant import bind_applicant
from cadastre.operations.deed.door import party_named, unit_named
from cadastre.operations.notify_applicant import notify_applicant
from cadastre.operations.receive_procedure import Applicant, check_may_receive, receive_procedure
from cadastre.operations.see_applicant import log_applicant_seen
from cadastre.operations.take_procedure_step import Amount, Change, take_procedure_step
from cadastre.operations.tick_requirement import tick_requirement
from cadastre.procedures.procedure_type import procedure_type
from cadastre.queries.procedures import (
    check_may_see,
    find_procedure,
    procedures_seen_by,
    waiting_for,
)
from cadastre.queries.proposals import find_proposal
from gis_project.territory.field_visibility import audiences_of, fields_for
from gis_project.territory.policy import can
from gis_project.territory.roles import capabilities

router = Router(tags=["trámites"], auth=django_auth)
_READ = ("view_register", "receive_procedures")
_WRITE = (*_READ, "decide_procedures")
_SHOWN = 200


@router.post(
    "/{municipality}/procedures",
    response={200: ProcedureWhole, 201: ProcedureWhole},
    operation_id="receive_procedure",
    summary="Recibir un trámite en ventanilla",
)
def receive(
    request: HttpRequest, municipality: str, told: ProcedureIn, dry_run: bool = False
) -> Status[dict[str, Any]]:
    """Da el número y el código de seguimiento. Con `dry_run=true` nada queda escrito."""
    desk = desk_of(request, municipality, *_WRITE)
    found = procedure_type(told.kind)
    check_may_receive(found, municipality=desk.municipality, by=desk.who, on=desk.today)
    party = told.applicant.party
    typed = Applicant(
        **told.applicant.dict(exclude={"party"}),
        party=party_named(desk.municipality, party) if party else None,
    )
    applicant = bind_applicant(typed, municipality=desk.municipality, by=desk.who)
    with transaction.atomic():
        procedure = receive_procedure(
            told.kind,
            municipality=desk.municipality,
            by=desk.who,
            applicant=applicant,
            units=[unit_named(desk.municipality, text) for text in told.units],
            sources=saved_sources(told.sources, desk.municipality, by=desk.who),
            note=told.note,
        )
        answer = _whole(desk, procedure)
        transaction.set_rollback(dry_run)
    return Status(200 if dry_run else 201, _looked_at(desk, answer))


@router.get(
    "/{municipality}/procedures",
    response=list[ProcedureOut],
    operation_id="procedures",
    summary="La bandeja de trámites: los que vencen primero",
)
def procedures(
    request: HttpRequest,
    municipality: str,
    kind: str = "",
    tray: bool = False,
    closed: bool = False,
) -> list[dict[str, Any]]:
    """Los abiertos; `tray=true`, los que esperan un paso de quien pregunta; `closed=true`, los cerrados."""
    desk = desk_of(request, municipality, *_READ)
    found = procedures_seen_by(desk.who, municipality=desk.municipality, on=desk.today)
    found = found.filter(closed_at__isnull=not closed)
    if kind:
        found = found.filter(kind=procedure_type(kind).code)
    if tray:
        mine = {
            one
            for one in capabilities()
            if can(desk.who, one, municipality=desk.municipality, on=desk.today)
        }
        found = found.filter(waiting_for(mine))
    return [procedure_row(procedure, on=desk.today) for procedure in found[:_SHOWN]]


@router.get(
    "/{municipality}/procedures/{number}",
    response=ProcedureWhole,
    operation_id="procedure",
    summary="Un trámite: requisitos, pasos y lo que falta",
)
def procedure(request: HttpRequest, municipality: str, number: str) -> dict[str, Any]:
    desk = desk_of(request, municipality, *_READ)
    return _looked_at(desk, _whole(desk, _seen(desk, number)))


@router.post(
    "/{municipality}/procedures/{number}/{step}",
    response=ProcedureWhole,
    operation_id="procedure_step",
    summary="Dar un paso, cumplir un requisito (tick) o notificar (notify)",
)
def take_step(
    request: HttpRequest,
    municipality: str,
    number: str,
    step: str,
    told: ProcedureStepIn,
    dry_run: bool = False,
) -> dict[str, Any]:
    """Los pasos de cada clase están en docs/reference/procedures.md. Con `dry_run=true` nada queda escrito."""
    desk = desk_of(request, municipality, *_WRITE)
    with transaction.atomic():
        found = _seen(desk, number)
        _take(desk, found, step, told, is_rehearsal=dry_run)
        answer = _whole(desk, find_procedure(desk.municipality, number))
        transaction.set_rollback(dry_run)
    return _looked_at(desk, answer)


def _take(
    desk: Desk, found: Procedure, step: str, told: ProcedureStepIn, *, is_rehearsal: bool
) -> None:
    sources = saved_sources(told.sources, desk.municipality, by=desk.who)
    if step == "tick":
        brought: list[AdministrativeSource | None] = [*sources]
        for source in brought or [None]:
            tick_requirement(
                found,
                told.requirement,
                by=desk.who,
                source=source,
                note=told.note,
                undo=told.undo,
            )
        return
    if step == "notify":
        # A rehearsal sends nothing: the printed notice asks for the same.
        how = "PRINTED" if is_rehearsal else told.how.value
        notify_applicant(found, how=how, text=told.text, by=desk.who)
        return
    proposal = find_proposal(desk.municipality, told.proposal) if told.proposal else None
    take_procedure_step(
        found,
        step,
        by=desk.who,
        note=told.note,
        sources=sources,
        amounts={
            concept: Amount(amount=one.amount, receipt=one.receipt)
            for concept, one in told.amounts.items()
        },
        change=Change(inputs=told.inputs, revisions=told.revisions, proposal=proposal),
    )


def _seen(desk: Desk, number: str) -> Procedure:
    found = find_procedure(desk.municipality, number)
    check_may_see(found, by=desk.who, on=desk.today)
    return found


def _whole(desk: Desk, found: Procedure) -> dict[str, Any]:
    audiences = audiences_of(desk.who, municipality=desk.municipality, on=desk.today)
    sees = fields_for(audiences, "party", municipality=desk.municipality)
    return whole_procedure(found, on=desk.today, sees=sees)


def _looked_at(desk: Desk, answer: dict[str, Any]) -> dict[str, Any]:
    """The answer, its look at the applicant recorded: after a rehearsal is undone, and only if it tells any."""
    if answer["applicant"]:
        log_applicant_seen(answer["number"], municipality=desk.municipality, by=desk.who)
    return answer
