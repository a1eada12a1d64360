"""What happens to a proposal on its way: approved by a second person, returned with remarks, withdrawn."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from cadastre.acts.act_law import act_law, needs_second_person
from cadastre.models import Proposal, ProposalEvent
from cadastre.models.party import PartyIdentity
from cadastre.models.party_member import PartyMember
from cadastre.models.right import Right
from cadastre.operations.advance_procedure import follow_proposal
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.register_party import document_columns
from cadastre.quality.rule import Moment
from cadastre.queries.quality_gate import check_quality_gate
from gis_project.core.errors import Conflict, InvalidInput, NotAllowed
from gis_project.core.identification import check_identity
from gis_project.territory.clock import today_in
from gis_project.territory.models import User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import CONSOLE, Actor, check_can, person

_OPEN = (Proposal.State.SUBMITTED, Proposal.State.APPROVED, Proposal.State.RETURNED)


class ProposalNotThere(Conflict):
    """The proposal is no longer where this step begins: reload it."""

    code = "proposal_not_there"


class SamePerson(NotAllowed):
    """Who prepared a proposal does not approve it: ask somebody else whose role may."""

    code = "same_person"


class OwnPredio(NotAllowed):
    """Nobody approves a change of a predio of his own: ask somebody else whose role may."""

    code = "own_predio"


class ApproverWithoutDocument(NotAllowed):
    """Without a cédula in the account nobody can tell whose predio it is: have the account completed."""

    code = "approver_without_document"


class NotAsPrepared(Conflict):
    """The key or number names another predio today than when it was prepared: return it and prepare it anew."""

    code = "not_as_prepared"


class NoteMissing(InvalidInput):
    """A return says what is to be mended: write the remark."""

    code = "note_missing"


def approve_proposal(proposal: Proposal, *, by: Actor, note: str = "") -> Proposal:
    """The approved proposal; it waits for its documents.

    Raises SamePerson, OwnPredio, ApproverWithoutDocument, ProposalNotThere, NotAsPrepared or RegisterMovedOn when
    its predios are not those that were seen, QualityStops with the findings that the act would leave, and what
    the act itself raises when it can no longer be made.
    """
    town = proposal.municipality
    check_can(by, "approve_operations", municipality=town, on=today_in(town))
    with transaction.atomic():
        locked = locked_proposal(proposal, Proposal.State.SUBMITTED)
        who = person(by)
        if who is not None:
            if locked.prepared_by_id == who.pk:
                raise SamePerson("Quien preparó la propuesta no la aprueba: pídalo a otra persona.")
            _check_no_interest(locked, who)
        check_quality_of(locked)
        locked.approved_by, locked.approved_at = who, timezone.now()
        return take_step(locked, Proposal.State.APPROVED, by=by, note=note)


def return_proposal(proposal: Proposal, *, by: Actor, note: str) -> Proposal:
    """The proposal sent back with remarks, to be prepared anew. NoteMissing, ProposalNotThere."""
    town = proposal.municipality
    check_can(by, "approve_operations", municipality=town, on=today_in(town))
    if not note.strip():
        raise NoteMissing("Escriba qué debe corregirse.")
    with transaction.atomic():
        locked = locked_proposal(proposal, Proposal.State.SUBMITTED, Proposal.State.APPROVED)
        locked.approved_by = locked.approved_at = None
        return take_step(locked, Proposal.State.RETURNED, by=by, note=note)


def withdraw_proposal(proposal: Proposal, *, by: Actor, note: str = "") -> Proposal:
    """The proposal taken back by the office; the register never knew of it. ProposalNotThere."""
    town = proposal.municipality
    check_can(by, "edit_parcels", municipality=town, on=today_in(town))
    with transaction.atomic():
        return take_step(
            locked_proposal(proposal, *_OPEN), Proposal.State.WITHDRAWN, by=by, note=note
        )


def needs_approval(proposal: Proposal) -> bool:
    """Whether the law of its act asks for a second person, for what the proposal changes."""
    law = act_law(proposal.verb, cause=proposal.cause, on=today_in(proposal.municipality))
    return needs_second_person(law, proposal.inputs)


def check_quality_of(proposal: Proposal) -> None:
    """Rehearse the act on the predios seen, and hold what it would leave against the rules that stop an approval.

    NotAsPrepared, RegisterMovedOn, QualityStops.
    """
    town = proposal.municipality
    prepared_on = dict(proposal.units.values_list("unit_id", "revision"))

    def inspect(outcome: Outcome) -> None:
        if {state.unit_id for state in outcome.before} != set(prepared_on):
            raise NotAsPrepared(
                "La clave o el número señala hoy otro predio que cuando se preparó: devuelva la propuesta "
                "para que se prepare de nuevo."
            )
        check_quality_gate(
            town,
            [state.unit_id for state in outcome.after],
            moment=Moment.APPROVAL,
            on=max(outcome.valid_from, today_in(town)),
        )

    filing = Filing(
        by=CONSOLE,
        reason=proposal.reason,
        dry_run=True,
        inspect=inspect,
        revisions=prepared_on,
    )
    carry_out_act(proposal.verb, proposal.inputs, municipality=town, filing=filing)


def _check_no_interest(proposal: Proposal, who: User) -> None:
    """Nobody who holds a right before or after the act, himself, as a member of a group or by his RUC."""
    if not who.cedula:
        raise ApproverWithoutDocument(
            "Su cuenta no tiene cédula: pida que la completen antes de aprobar, o que apruebe otra persona."
        )
    own = (who.cedula, f"{who.cedula}001")
    concerned = PartyIdentity.objects.filter(
        municipality=proposal.municipality,
        party__in=_with_members(_parties(proposal)),
        id_number__in=own,
    )
    if _document_given(proposal) in own or concerned.exists():
        raise OwnPredio(
            "Usted figura como titular del predio, o llegaría a serlo: que lo apruebe otra persona."
        )


def _parties(proposal: Proposal) -> set[UUID]:
    """Whoever holds a right on its predios now, or in its preview before or after; and whose data it corrects."""
    now = Right.objects.known().filter(
        unit__in=proposal.units.values("unit"), valid__upper_inf=True
    )
    shown = (
        UUID(right[0])
        for states in (proposal.preview["before"], proposal.preview["after"])
        for state in states
        for right in state["rights"]
    )
    return {*now.values_list("party", flat=True), *shown, *_corrected(proposal.inputs)}


def _corrected(inputs: Mapping[str, Any]) -> set[UUID]:
    """The person whose own data the act writes anew, and the members that it gives him."""
    members = (inputs.get("changes") or {}).get("members") or ()
    told = (inputs.get("party"), *(member["party"] for member in members))
    return {UUID(party) for party in told if party}


def _document_given(proposal: Proposal) -> str:
    """The document that the act gives to somebody, as the register would keep it; empty for none."""
    document = (proposal.inputs.get("changes") or {}).get("document") or ""
    return document_columns(check_identity(document))[1]


def _with_members(parties: set[UUID]) -> set[UUID]:
    """The parties and the members of those that are groups, and of the groups among these."""
    found, newest = set(parties), parties
    while newest:
        members = PartyMember.objects.known().filter(group__in=newest, valid__upper_inf=True)
        newest = set(members.values_list("member", flat=True)) - found
        found |= newest
    return found


def locked_proposal(proposal: Proposal, *states: str) -> Proposal:
    found = Proposal.objects.select_for_update(no_key=True).get(pk=proposal.pk)
    if found.state not in states:
        raise ProposalNotThere(
            f"La propuesta está «{found.get_state_display()}»: vuelva a abrirla.",
            details={"state": found.state},
        )
    return found


def take_step(proposal: Proposal, state: str, *, by: Actor, note: str) -> Proposal:
    """The locked proposal in its new state, and with it the procedure that asked for the change."""
    proposal.state = state
    proposal.save(update_fields=["state", "approved_by", "approved_at", "operation"])
    ProposalEvent.objects.create(proposal=proposal, state=state, by=person(by), note=note)
    record_audit_event(
        municipality=proposal.municipality,
        actor=by,
        action=f"proposal_{state.lower()}",
        object_type="cadastre.Proposal",
        object_id=proposal.pk,
        body={"verb": proposal.verb, "operation": proposal.operation_id},
    )
    follow_proposal(proposal, by=by, note=note)
    return proposal
