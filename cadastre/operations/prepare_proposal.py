"""A proposal: the act rehearsed and kept with what it would do, without touching the register."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import shapely
from django.db import transaction

from cadastre.models import (
    AdministrativeSource,
    Proposal,
    ProposalEvent,
    ProposalGround,
    ProposalSource,
    ProposalUnit,
)
from cadastre.models.geometry_edge import to_geos
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


def prepare_proposal(
    verb: str,
    told: dict[str, Any],
    *,
    municipality: Municipality,
    by: Actor,
    reason: str,
    sources: Sequence[AdministrativeSource] = (),
    revisions: Mapping[UUID, int] | None = None,
) -> Proposal:
    """The submitted proposal with its preview; raises what the act would, save missing papers and debts."""
    check_can(by, "edit_parcels", municipality=municipality, on=today_in(municipality))
    outcome = rehearse(
        verb,
        told,
        municipality=municipality,
        by=by,
        reason=reason,
        sources=sources,
        revisions=revisions,
    )
    with transaction.atomic():
        proposal = Proposal.objects.create(
            municipality=municipality,
            verb=verb,
            cause=outcome.cause,
            inputs=told,
            preview=outcome.plain(),
            state=Proposal.State.SUBMITTED,
            reason=reason,
            prepared_by=person(by),
        )
        ground = _ground(outcome)
        if ground is not None:
            ProposalGround.objects.create(proposal=proposal, ground=ground)
        ProposalUnit.objects.bulk_create(
            ProposalUnit(proposal=proposal, unit_id=state.unit_id, revision=state.revision)
            for state in outcome.before
        )
        ProposalSource.objects.bulk_create(
            ProposalSource(proposal=proposal, source=source) for source in sources
        )
        ProposalEvent.objects.create(
            proposal=proposal, state=proposal.state, by=person(by), note=reason
        )
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="prepare_proposal",
            object_type="cadastre.Proposal",
            object_id=proposal.pk,
            body={"verb": verb, "units": [state.unit_id for state in outcome.before]},
        )
    return proposal


def rehearse(
    verb: str,
    told: dict[str, Any],
    *,
    municipality: Municipality,
    by: Actor,
    reason: str,
    sources: Sequence[AdministrativeSource] = (),
    revisions: Mapping[UUID, int] | None = None,
) -> Outcome:
    """What the act would do now; obstacles list what still stands in its way."""
    filing = Filing(by=by, reason=reason, sources=sources, revisions=revisions or {}, dry_run=True)
    return carry_out_act(verb, told, municipality=municipality, filing=filing)


def _ground(outcome: Outcome) -> Any:
    """All ground that the act touches, before and after, as one multipolygon; None when there is none."""
    shapes = [state.geom for state in (*outcome.before, *outcome.after) if state.geom is not None]
    if not shapes:
        return None
    # Only a sketch for finding others on the same ground: it is not stored as anybody's boundary.
    whole = shapely.unary_union(shapes)
    return to_geos(whole) if whole.geom_type in ("Polygon", "MultiPolygon") else None
