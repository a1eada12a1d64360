"""A procedure moves along its table: by a step that somebody takes, or because its proposal moved."""

from django.utils import timezone

from cadastre.models import Procedure, ProcedureEvent, Proposal
from cadastre.procedures.procedure_type import Transition, procedure_type
from gis_project.core.business_days import add_business_days, business_days_between
from gis_project.territory.clock import today_in
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, person
from gis_project.territory.queries.days_off import days_off

_OVERTAKES = (Proposal.State.APPROVED, Proposal.State.EFFECTIVE)


def follow_proposal(proposal: Proposal, *, by: Actor, note: str) -> None:
    """Advance the procedure of a proposal that has just changed its state; nothing for one without."""
    procedure = (
        Procedure.objects.select_for_update(no_key=True)
        .filter(proposal=proposal, closed_at__isnull=True)
        .first()
    )
    if procedure is None:
        return
    procedure.proposal = proposal
    # A proposal withdrawn outside its procedure leaves the work to be done again, as a returned one does.
    wanted = (
        Proposal.State.RETURNED
        if proposal.state == Proposal.State.WITHDRAWN
        else Proposal.State(proposal.state)
    )
    transition = _bound(procedure, wanted)
    if transition is not None:
        advance(procedure, transition, by=by, note=note)


def advance(procedure: Procedure, transition: Transition, *, by: Actor, note: str) -> Procedure:
    """The procedure, locked by the caller, in its new state, with its term and its event."""
    found = procedure_type(procedure.kind)
    today, off = today_in(procedure.municipality), days_off(procedure.municipality)
    left, to = found.state(procedure.state), found.state(transition.to)
    if left.waits_for_applicant:
        waited = business_days_between(procedure.state_since, today, also=off)
        procedure.promised_on = add_business_days(procedure.promised_on, waited, also=off)
    origin, procedure.state, procedure.state_since = procedure.state, to.code, today
    term = transition.days
    procedure.due_on = add_business_days(today, term, also=off) if term else None
    if to.is_final:
        procedure.closed_at = timezone.now()
    procedure.save(
        update_fields=["state", "state_since", "due_on", "promised_on", "closed_at", "proposal"]
    )
    write_event(procedure, transition.step, origin=origin, by=by, note=note)
    overtaken = procedure.proposal is not None and procedure.proposal.state in _OVERTAKES
    following = _bound(procedure, procedure.proposal.state) if overtaken else None  # type: ignore[union-attr]
    if following is not None and not to.is_final:
        return advance(procedure, following, by=by, note="")
    return procedure


def write_event(
    procedure: Procedure, step: str, *, origin: str, by: Actor, note: str = ""
) -> ProcedureEvent:
    """The line of the timeline and its audit event; the note stays out of the latter."""
    event = ProcedureEvent.objects.create(
        procedure=procedure,
        step=step,
        origin=origin,
        state=procedure.state,
        by=person(by),
        note=note.strip(),
    )
    record_audit_event(
        municipality=procedure.municipality,
        actor=by,
        action=f"procedure_{step}",
        object_type="cadastre.Procedure",
        object_id=procedure.pk,
        body={"number": procedure.number, "kind": procedure.kind, "state": procedure.state},
    )
    return event


def _bound(procedure: Procedure, state: str) -> Transition | None:
    """The step from here that gives the proposal this state; what is effective ends the procedure from anywhere."""
    found = procedure_type(procedure.kind)
    here = next((one for one in found.steps_from(procedure.state) if one.proposal == state), None)
    if here is None and state == Proposal.State.EFFECTIVE:
        return next((one for one in found.transitions if one.proposal == state), None)
    return here
