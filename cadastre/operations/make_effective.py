"""An approved proposal enters the register once its documents are there: the act is made, as approved."""

from collections.abc import Sequence

from django.db import transaction

from cadastre.models import AdministrativeSource, Operation, Proposal, ProposalSource
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.decide_proposal import locked_proposal, needs_approval, take_step
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
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
        brought = AdministrativeSource.objects.filter(
            pk__in=locked.sources.values("source")
        ).order_by("issued_on", "pk")
        filing = Filing(
            by=by,
            reason=locked.reason,
            sources=list(brought),
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
    """Same ground and same rights as in the preview; keys are given only now."""
    shown = [
        (state["geom_hash"], sorted(map(tuple, state["rights"]), key=str))
        for state in proposal.preview["after"]
    ]
    done = [(state.geom_hash, sorted(state.rights, key=str)) for state in outcome.after]
    if shown != done:
        raise NotAsApproved(
            "El terreno o los derechos cambiaron desde que se aprobó: devuelva la propuesta y "
            "prepárela de nuevo."
        )
