"""Proposals of a municipality: the tray, one of them, and those that want the same ground or predio."""

from uuid import UUID

from django.db.models import Q, QuerySet

from cadastre.models import (
    AdministrativeSource,
    Procedure,
    ProcedureRequirement,
    Proposal,
    ProposalGround,
)
from cadastre.queries.requirement_states import sources_of
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality

OPEN = ("DRAFT", "SUBMITTED", "RETURNED", "APPROVED")


class ProposalNotFound(NotFound):
    """There is no such proposal in this municipality."""

    code = "proposal_not_found"


def find_proposal(municipality: Municipality, proposal: UUID) -> Proposal:
    """The proposal of that id; ProposalNotFound."""
    found = Proposal.objects.filter(municipality=municipality, pk=proposal).first()
    if found is None:
        raise ProposalNotFound("No hay tal propuesta en este municipio.")
    return found


def proposals_in(municipality: Municipality, *, state: str | None = None) -> QuerySet[Proposal]:
    """The tray: open proposals, oldest first, or those of one state."""
    wanted = [state] if state else OPEN
    return (
        Proposal.objects.filter(municipality=municipality, state__in=wanted)
        .prefetch_related("events")
        .order_by("prepared_at", "pk")
    )


def procedure_number(proposal: Proposal) -> str:
    """The number of the procedure that the proposal belongs to; empty when it has none."""
    found = Procedure.objects.filter(proposal=proposal).first()
    return found.number if found else ""


def counting_sources(proposal: Proposal) -> QuerySet[AdministrativeSource]:
    """The documents that count, oldest first: those brought, less those that its procedure undid since.

    Once it is effective, those that its act rests on.
    """
    if proposal.operation_id is not None:
        found = AdministrativeSource.objects.filter(operations__operation=proposal.operation_id)
    else:
        found = AdministrativeSource.objects.filter(pk__in=proposal.sources.values("source"))
        found = found.exclude(pk__in=_undone(proposal))
    return found.order_by("issued_on", "pk")


def _undone(proposal: Proposal) -> set[UUID]:
    rows = ProcedureRequirement.objects.filter(procedure__proposal=proposal, source__isnull=False)
    ever = set(rows.values_list("source_id", flat=True))
    procedures = Procedure.objects.filter(proposal=proposal)
    return ever - {source.pk for one in procedures for source in sources_of(one)}


def documents_of(proposal: Proposal) -> list[AdministrativeSource]:
    """The documents that count so far, with files and confirmations, oldest first."""
    return list(
        counting_sources(proposal)
        .select_related("municipality", "confirmation__confirmed_by", "typed_by")
        .prefetch_related("files")
    )


def rivals_of(proposal: Proposal) -> list[Proposal]:
    """Other open proposals that touch one of its predios, or the interior of its ground."""
    same = Q(units__unit__in=proposal.units.values("unit"))
    mine = ProposalGround.objects.filter(proposal=proposal).first()
    if mine is not None:
        same |= Q(pk__in=_on_the_same_ground(mine))
    found = (
        Proposal.objects.filter(same, municipality=proposal.municipality, state__in=OPEN)
        .exclude(pk=proposal.pk)
        .distinct()
        .order_by("prepared_at", "pk")
    )
    return list(found)


def _on_the_same_ground(mine: ProposalGround) -> QuerySet[ProposalGround, UUID]:
    """Asked of the ground alone: the wall stands on proposals, and its table keeps its index."""
    touching = ProposalGround.objects.filter(
        ground__bboverlaps=mine.ground, ground__relate=(mine.ground, "2********")
    )
    return touching.values_list("proposal_id", flat=True)
