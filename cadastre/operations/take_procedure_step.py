"""Somebody takes a procedure one step on: permission, table, requirements, amounts, and the proposal behind it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction

from cadastre.acts.act_law import is_excused_from_debts
from cadastre.models import (
    AdministrativeSource,
    Procedure,
    ProcedureAmount,
    Proposal,
    ProposalSource,
)
from cadastre.operations.advance_procedure import advance
from cadastre.operations.decide_proposal import (
    NoteMissing,
    SamePerson,
    approve_proposal,
    locked_proposal,
    return_proposal,
)
from cadastre.operations.decide_proposal import take_step as move_proposal
from cadastre.operations.make_effective import make_effective
from cadastre.operations.prepare_proposal import prepare_proposal
from cadastre.operations.procedure_papers import note_of_papers
from cadastre.operations.tick_requirement import check_open, keep_ticks, tick_sources
from cadastre.procedures.procedure_type import Transition, procedure_type
from cadastre.queries.proposals import OPEN
from cadastre.queries.requirement_states import sources_of
from gis_project.core.errors import Conflict, InvalidInput, NotFound
from gis_project.core.money import to_cents
from gis_project.territory.clock import today_in
from gis_project.territory.policy import Actor, check_can, person


class NoSuchStep(NotFound):
    """This type of procedure has no such step: see its manual."""

    code = "no_such_step"


class StepNotHere(Conflict):
    """The procedure is no longer where this step begins: reload it."""

    code = "step_not_here"


class RequirementsMissing(InvalidInput):
    """Something that the procedure asks for is missing: bring it, or return the procedure with remarks."""

    code = "requirements_missing"


class AmountsMissing(InvalidInput):
    """The step records amounts: write each one and the number of its receipt; zero needs none."""

    code = "amounts_missing"


class ProposalMissing(InvalidInput):
    """The step needs a proposal of change for a predio of this procedure: prepare it first."""

    code = "proposal_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """USD of one concept, and the receipt with which it was paid."""

    amount: Decimal
    receipt: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """The change that a step proposes: the act's inputs, or a proposal that was prepared already."""

    inputs: dict[str, Any] = field(default_factory=dict)
    revisions: Mapping[UUID, int] = field(default_factory=dict)
    proposal: Proposal | None = None


def take_procedure_step(
    procedure: Procedure,
    step: str,
    *,
    by: Actor,
    note: str = "",
    sources: Sequence[AdministrativeSource] = (),
    amounts: Mapping[str, Amount] | None = None,
    change: Change | None = None,
) -> Procedure:
    """The procedure after the step.

    Raises NoSuchStep, StepNotHere, NotAllowed, SamePerson, NoteMissing, RequirementsMissing,
    AmountsMissing, ProposalMissing, PaperMissing, PaperNotSigned, and what the proposal's own step raises.
    """
    transition = _step(procedure, step)
    town = procedure.municipality
    check_can(by, transition.capability, municipality=town, on=today_in(town))
    if transition.needs_note and not note.strip():
        raise NoteMissing(f"«{transition.title}» necesita una nota: escríbala.")
    with transaction.atomic():
        _check_other_person(procedure, transition, by)
        if transition.proposal in ("APPROVED", "RETURNED", "EFFECTIVE"):
            return _with_proposal(procedure, transition, by=by, note=note, sources=sources)
        locked = _locked(procedure)
        tick_sources(locked, sources, by=by)
        if transition.needs_requirements:
            _check_requirements(locked, by, cause=_cause(change))
        _record_amounts(locked, transition, amounts or {}, by)
        if transition.proposal == "SUBMITTED":
            _propose(locked, change or Change(), by=by, note=note)
        note = note_of_papers(locked, transition, note)
        advanced = advance(locked, transition, by=by, note=note)
        if advanced.closed_at is not None and transition.proposal == "":
            _let_go(advanced, by)
        return advanced


def _step(procedure: Procedure, step: str) -> Transition:
    found = procedure_type(procedure.kind)
    transition = found.step(step, state=procedure.state)
    if transition is not None:
        return transition
    if all(one.step != step for one in found.transitions):
        raise NoSuchStep(f"«{found.title}» no tiene el paso «{step[:40]}».")
    check_open(procedure)
    here = ", ".join(f"«{one.title}»" for one in found.steps_from(procedure.state))
    raise StepNotHere(
        f"El trámite está en «{found.state(procedure.state).title}». Desde ahí se puede: {here}.",
        details={"state": procedure.state},
    )


def _locked(procedure: Procedure) -> Procedure:
    """The procedure as it is now; StepNotHere when somebody else was first."""
    locked = Procedure.objects.select_for_update(no_key=True).get(pk=procedure.pk)
    if locked.state != procedure.state:
        raise StepNotHere("Otra persona acaba de mover este trámite: vuelva a abrirlo.")
    return locked


def _with_proposal(
    procedure: Procedure,
    transition: Transition,
    *,
    by: Actor,
    note: str,
    sources: Sequence[AdministrativeSource],
) -> Procedure:
    """The proposal takes the step and the procedure follows; the proposal is locked first, as from its own door."""
    proposal = procedure.proposal
    if proposal is None:
        raise ProposalMissing("El trámite no tiene una propuesta de cambio.")
    locked_proposal(proposal, *Proposal.State.values)
    tick_sources(_locked(procedure), sources, by=by)
    if transition.proposal == "APPROVED":
        approve_proposal(proposal, by=by, note=note)
    elif transition.proposal == "RETURNED":
        return_proposal(proposal, by=by, note=note)
    else:
        _check_requirements(procedure, by, cause=proposal.cause)
        make_effective(proposal, by=by, sources=_not_yet_of(proposal, procedure))
    return Procedure.objects.get(pk=procedure.pk)


def _check_other_person(procedure: Procedure, transition: Transition, by: Actor) -> None:
    who = person(by)
    if not transition.not_by or who is None:
        return
    if procedure.events.filter(step=transition.not_by, by=who).exists():
        raise SamePerson(f"«{transition.title}» lo hace otra persona, no quien dio el paso previo.")


def _cause(change: Change | None) -> str:
    """For which cause the change is proposed; empty where its act knows none, or it is not told yet."""
    if change is None:
        return ""
    return change.proposal.cause if change.proposal else str(change.inputs.get("cause", ""))


def _check_requirements(procedure: Procedure, by: Actor, *, cause: str) -> None:
    missing = keep_ticks(procedure, by=by)
    verb = procedure_type(procedure.kind).verb
    if verb and is_excused_from_debts(verb, cause, on=today_in(procedure.municipality)):
        missing = [one for one in missing if one.ticks_from != "open_debts"]
    if missing:
        listed = "; ".join(one.text for one in missing)
        raise RequirementsMissing(
            f"Falta: {listed}.", details={"missing": [one.code for one in missing]}
        )


def _record_amounts(
    procedure: Procedure, transition: Transition, amounts: Mapping[str, Amount], by: Actor
) -> None:
    if set(amounts) != set(transition.amounts):
        wanted = ", ".join(transition.amounts) or "ninguno"
        raise AmountsMissing(f"Valores que registra este paso: {wanted}.")
    for concept, told in amounts.items():
        if told.amount < 0 or (told.amount > 0 and not told.receipt.strip()):
            raise AmountsMissing(
                f"Escriba el valor de {concept} y el número de su comprobante; cero no lo necesita.",
                details={"concept": concept},
            )
        ProcedureAmount.objects.create(
            procedure=procedure,
            concept=concept,
            amount=to_cents(told.amount),
            receipt=told.receipt.strip(),
            by=person(by),
        )


def _propose(procedure: Procedure, change: Change, *, by: Actor, note: str) -> None:
    former, verb = procedure.proposal, procedure_type(procedure.kind).verb
    if former is not None:
        procedure.proposal = None
        procedure.save(update_fields=["proposal"])
        _withdraw(former, by)
    proposal = change.proposal
    if proposal is None:
        if not change.inputs:
            raise ProposalMissing("Prepare el cambio en el mapa y elíjalo aquí, o envíe sus datos.")
        procedure.proposal = prepare_proposal(
            verb,
            change.inputs,
            municipality=procedure.municipality,
            by=by,
            reason=note.strip() or f"Trámite {procedure.number}",
            sources=sources_of(procedure),
            revisions=change.revisions,
        )
        return
    proposal = locked_proposal(proposal, *Proposal.State.values)
    units = procedure.units.values("unit")
    fits = (
        proposal.municipality_id == procedure.municipality_id
        and proposal.verb == verb
        and proposal.state in (Proposal.State.SUBMITTED, Proposal.State.APPROVED)
        and not Procedure.objects.filter(proposal=proposal).exists()
        and (not units.exists() or proposal.units.filter(unit__in=units).exists())
    )
    if not fits:
        raise ProposalMissing("Esa propuesta no es de un predio ni del acto de este trámite.")
    procedure.proposal = proposal
    ProposalSource.objects.bulk_create(
        ProposalSource(proposal=proposal, source=source)
        for source in _not_yet_of(proposal, procedure)
    )


def _not_yet_of(proposal: Proposal, procedure: Procedure) -> list[AdministrativeSource]:
    known = set(proposal.sources.values_list("source_id", flat=True))
    return [source for source in sources_of(procedure) if source.pk not in known]


def _let_go(procedure: Procedure, by: Actor) -> None:
    """A procedure that ended without its change leaves no open proposal behind."""
    if procedure.proposal is not None:
        _withdraw(procedure.proposal, by)


def _withdraw(proposal: Proposal, by: Actor) -> None:
    if proposal.state in OPEN:
        locked = locked_proposal(proposal, *OPEN)
        move_proposal(locked, Proposal.State.WITHDRAWN, by=by, note="")
