"""A requirement is met: with a document brought, or because an official looked; and is undone when it was not."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from cadastre.models import (
    AdministrativeSource,
    Procedure,
    ProcedureRequirement,
    Proposal,
    ProposalSource,
)
from cadastre.operations.advance_procedure import write_event
from cadastre.procedures.procedure_type import Requirement, procedure_type
from cadastre.queries.proposals import OPEN
from cadastre.queries.requirement_states import EXCUSED, requirement_states
from gis_project.core.errors import Conflict, InvalidInput, NotFound
from gis_project.territory.clock import today_in
from gis_project.territory.policy import Actor, can, check_can, person

MAY_TICK = ("receive_procedures", "decide_procedures", "edit_parcels", "issue_certificates")
How = ProcedureRequirement.How


class UnknownRequirement(NotFound):
    """The type of procedure asks for no such thing: use a code of its list."""

    code = "unknown_requirement"


class TickRefused(InvalidInput):
    """This requirement is not met by looking: bring the document, or pay what is owed."""

    code = "tick_refused"


class ProcedureClosed(Conflict):
    """The procedure is closed: what is asked belongs to a new one."""

    code = "procedure_closed"


def tick_requirement(
    procedure: Procedure,
    requirement: str,
    *,
    by: Actor,
    source: AdministrativeSource | None = None,
    note: str = "",
    undo: bool = False,
) -> ProcedureRequirement:
    """The written tick. UnknownRequirement, TickRefused, ProcedureClosed, NotAllowed."""
    check_may_tick(procedure, by=by)
    check_open(procedure)
    asked = _asked(procedure, requirement)
    if asked.ticks_from == "open_debts" and source is None and not undo:
        raise TickRefused(
            "Las deudas se consultan solas: que pague en recaudación y traiga el certificado de Tesorería."
        )
    if source is None and asked.ticks_from == "source" and not undo:
        raise TickRefused(f"«{asked.text}» se cumple con el documento: registre sus datos.")
    if source is not None and source.kind not in asked.kinds:
        raise TickRefused(f"Un documento de esa clase no cumple «{asked.text}».")
    how = How.UNDONE if undo else (How.SOURCE if source is not None else How.MANUAL)
    with transaction.atomic():
        return _write(procedure, asked, how, by=by, source=source, note=note)


def tick_sources(
    procedure: Procedure, sources: Sequence[AdministrativeSource], *, by: Actor
) -> None:
    """Tick with each document the first open requirement that its kind meets; one that meets none is refused."""
    for source in sources:
        fitting = [
            one for one in procedure_type(procedure.kind).requirements if source.kind in one.kinds
        ]
        if not fitting:
            raise TickRefused(
                f"Este trámite no pide «{source.get_kind_display()}».",
                details={"kind": source.kind},
            )
        met = {
            state.requirement.code
            for state in requirement_states(procedure, on=today_in(procedure.municipality))
            if state.is_met
        }
        open_first = sorted(fitting, key=lambda one: one.code in met)
        _write(procedure, open_first[0], How.SOURCE, by=by, source=source, note="")


def keep_ticks(procedure: Procedure, *, by: Actor) -> list[Requirement]:
    """Write down what the data answer now, and return what is still missing."""
    states = requirement_states(procedure, on=today_in(procedure.municipality))
    for state in states:
        if state.is_met and not state.is_kept and state.how != EXCUSED:
            how = How.OPEN_DEBTS if state.requirement.ticks_from == "open_debts" else How.HOLDS
            _write(procedure, state.requirement, how, by=by, source=None, note="")
    return [
        state.requirement
        for state in states
        if not state.is_met and not state.requirement.is_optional
    ]


def check_may_tick(procedure: Procedure, *, by: Actor) -> None:
    """NotAllowed unless the person handles procedures there, or received this one."""
    town = procedure.municipality
    on = today_in(town)
    if not any(can(by, one, municipality=town, on=on) for one in MAY_TICK):
        check_can(by, MAY_TICK[0], municipality=town, on=on)


def check_open(procedure: Procedure) -> None:
    """ProcedureClosed when it has ended."""
    if procedure.closed_at is not None:
        raise ProcedureClosed("El trámite está cerrado: lo que se pide va en uno nuevo.")


def _asked(procedure: Procedure, code: str) -> Requirement:
    for one in procedure_type(procedure.kind).requirements:
        if one.code == code:
            return one
    raise UnknownRequirement("Este trámite no pide ese requisito.", details={"code": code[:40]})


def _write(
    procedure: Procedure,
    asked: Requirement,
    how: ProcedureRequirement.How,
    *,
    by: Actor,
    source: AdministrativeSource | None,
    note: str,
) -> ProcedureRequirement:
    tick = ProcedureRequirement.objects.create(
        procedure=procedure,
        requirement=asked.code,
        how=how,
        source=source,
        by=person(by),
        note=note.strip()[:300],
    )
    if how not in (How.HOLDS, How.OPEN_DEBTS):
        write_event(procedure, "tick", origin=procedure.state, by=by, note=asked.text)
    if source is not None and procedure.proposal_id is not None:
        _show_to_the_proposal(procedure.proposal_id, source)
    return tick


def _show_to_the_proposal(proposal: UUID, source: AdministrativeSource) -> None:
    """Who decides on the open proposal behind the procedure sees the document there, and may confirm it."""
    if Proposal.objects.filter(pk=proposal, state__in=OPEN).exists():
        ProposalSource.objects.get_or_create(proposal_id=proposal, source=source)
