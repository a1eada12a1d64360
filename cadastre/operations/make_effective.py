"""An approved proposal enters the register once its documents are there: the act is made, as approved."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from cadastre.models import AdministrativeSource, Operation, Proposal, ProposalSource
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.decide_proposal import locked_proposal, needs_approval, take_step
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.queries.proposals import counting_sources
from gis_project.core.errors import Conflict
from gis_project.territory.policy import Actor


class NotApproved(Conflict):
    """The act needs a second person's approval first."""

    code = "not_approved"


class NotAsApproved(Conflict):
    """The act would no longer do what was approved: return the proposal and prepare it anew."""

    code = "not_as_approved"


def make_effective(
    proposal: Proposal, *, by: Actor, sources: Sequence[AdministrativeSource] = ()
) -> Outcome:
    """The outcome of the act; ``sources`` join those that the proposal has already.

    Raises SourcesMissing while documents are missing, NotApproved, RegisterMovedOn when a predio
    changed since the proposal was prepared, NotAsApproved, and what the act raises.
    """
    with transaction.atomic():
        locked = locked_proposal(proposal, Proposal.State.SUBMITTED, Proposal.State.APPROVED)
        if locked.state != Proposal.State.APPROVED and needs_approval(locked):
            raise NotApproved("La propuesta espera la aprobación de otra persona.")
        ProposalSource.objects.bulk_create(
            ProposalSource(proposal=locked, source=source) for source in sources
        )
        filing = Filing(
            by=by,
            reason=locked.reason,
            sources=list(counting_sources(locked)),
            revisions=dict(locked.units.values_list("unit_id", "revision")),
            approved_by=locked.approved_by,
        )
        outcome = carry_out_act(
            locked.verb, locked.inputs, municipality=locked.municipality, filing=filing
        )
        _check_as_approved(locked, outcome)
        locked.operation = Operation.objects.get(pk=outcome.operation_id)
        take_step(locked, Proposal.State.EFFECTIVE, by=by, note="")
    return outcome


def _check_as_approved(proposal: Proposal, outcome: Outcome) -> None:
    """The same predios as when it was prepared, left as the preview shows them; keys are given only now."""
    asked = set(proposal.units.values_list("unit_id", flat=True))
    if {state.unit_id for state in outcome.before} != asked:
        raise NotAsApproved(
            "La clave o el número señala hoy otro predio que cuando se aprobó: devuelva la propuesta y "
            "prepárela de nuevo."
        )
    before = proposal.preview["before"]
    shown = [_facts(state, before) for state in proposal.preview["after"]]
    done = [_facts(state.plain(), before) for state in outcome.after]
    if shown != done:
        raise NotAsApproved(
            "El predio no quedaría como se aprobó: devuelva la propuesta y prepárela de nuevo."
        )


_AS_APPROVED = ("kind", "state", "aliquot", "is_taxable", "titled_area_m2", "geom_hash")


def _facts(state: Mapping[str, Any], before: Sequence[Mapping[str, Any]]) -> tuple[Any, ...]:
    """What was approved of a state; predios and burdens that the act itself makes have another id each time."""
    units = {known["unit"] for known in before}
    burdens = {burden for known in before for burden, _, _ in known["encumbrances"]}
    return (
        state["unit"] if state["unit"] in units else "",
        *(state[name] for name in _AS_APPROVED),
        sorted(map(tuple, state["rights"]), key=str),
        sorted(
            (burden if burden in burdens else "", kind, str(amount))
            for burden, kind, amount in state["encumbrances"]
        ),
    )
