"""An act asked for by somebody with documents: made at once where his word is enough, otherwise left as a proposal."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from cadastre.acts.act_law import act_law, needs_second_person
from cadastre.acts.required_sources import waits_for_others
from cadastre.models import AdministrativeSource, Proposal
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.evidence import facts_of
from cadastre.operations.deed.filing import Filing
from cadastre.operations.prepare_proposal import prepare_proposal
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeAct:
    """Either the operation or the proposal; ``outcome`` is what it did or would do, as JSON values."""

    outcome: Mapping[str, Any]
    operation: UUID | None = None
    proposal: Proposal | None = None


def make_act(
    verb: str,
    told: dict[str, Any],
    *,
    municipality: Municipality,
    by: Actor,
    reason: str,
    sources: Sequence[AdministrativeSource] = (),
    revisions: Mapping[UUID, int] | None = None,
) -> MadeAct:
    """The act made; a proposal where its law asks for a second person, or a document waits for its scan or one.

    Raises what ``carry_out_act`` and ``prepare_proposal`` do.
    """
    today = today_in(municipality)
    law = act_law(verb, cause=str(told.get("cause", "")), on=today)
    if waits_for_others(law, facts_of(sources), on=today) or needs_second_person(law, told):
        proposal = prepare_proposal(
            verb,
            told,
            municipality=municipality,
            by=by,
            reason=reason,
            sources=sources,
            revisions=revisions,
        )
        return MadeAct(outcome=proposal.preview, proposal=proposal)
    filing = Filing(by=by, reason=reason, sources=sources, revisions=revisions or {})
    outcome = carry_out_act(verb, told, municipality=municipality, filing=filing)
    return MadeAct(outcome=outcome.plain(), operation=outcome.operation_id)
