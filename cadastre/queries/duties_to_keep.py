"""Why a person's data must still be kept, each with what to do about it; empty when they may be erased.

The register answers for who holds, owes and asks (LOPDP: processing by mandate of law; COOTAD 139, 494).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from cadastre.models import (
    Party,
    PartyIdentity,
    Procedure,
    Proposal,
    Responsibility,
    Restriction,
    Right,
    TaxTitle,
)
from cadastre.queries.papers_about import papers_about
from cadastre.queries.parties_of_person import parties_of_person
from cadastre.queries.proposals import OPEN
from cadastre.queries.roll_state import live_titles
from gis_project.territory.models import Membership

_LISTED = 5


@dataclass(frozen=True, slots=True)
class Duty:
    """`code` for programs, `message` (es) says why and what to do."""

    code: str
    message: str


def duties_to_keep(party: Party, *, on: date) -> tuple[Duty, ...]:
    """Every duty that stands on a civil date, of the person and of the groups that the person is in."""
    return tuple(_duties(party, on))


def _duties(party: Party, on: date) -> Iterator[Duty]:
    town = party.municipality
    document = PartyIdentity.objects.get(party=party).id_number
    parties = {party.pk}
    if document:
        parties |= parties_of_person(document, municipality=town, on=on)
    lasting = Q(valid__endswith__isnull=True) | Q(valid__endswith__gt=on)
    rights = Right.objects.known().filter(lasting, party__in=parties)
    if numbers := _some(rights.values_list("unit__number", flat=True).distinct()):
        yield Duty("holds_rights", f"Es titular de predios ({numbers}): primero transfiéralos.")
    for model in (Restriction, Responsibility):
        if model.objects.known().filter(lasting, beneficiary__in=parties).exists():
            yield Duty(
                "benefits",
                "Un gravamen o una carga está a su favor: primero levántelo (lift_encumbrance).",
            )
    owed = live_titles().filter(taxpayer__in=parties, state=TaxTitle.State.ISSUED, total__gt=0)
    if numbers := _some(owed.values_list("number", flat=True)):
        yield Duty("owes", f"Debe títulos de crédito ({numbers}): espere el pago o la baja.")
    asks = Q(applicant__party__in=parties)
    if document:
        asks |= Q(applicant__id_number=document)
    asked = Procedure.objects.filter(asks, municipality=town, closed_at__isnull=True)
    if found := [one.number for one in asked[:_LISTED]]:
        yield Duty("asks", f"Tiene trámites abiertos ({', '.join(found)}): resuélvalos antes.")
    named = Q()
    for one in parties:
        named |= Q(inputs__icontains=str(one)) | Q(preview__icontains=str(one))
    if Proposal.objects.filter(named, municipality=town, state__in=OPEN).exists():
        yield Duty("proposed", "Una propuesta abierta la nombra: realícela o retírela.")
    if any(
        paper.valid_until >= on and not hasattr(paper, "voiding") for paper in papers_about(party)
    ):
        yield Duty(
            "in_papers", "Hay documentos vigentes con sus datos: anúlelos o espere que venzan."
        )
    serves = Membership.objects.on(on).filter(
        Q(municipality=town) | Q(organisation__municipalities=town), user__cedula=document
    )
    if document and serves.exists():
        yield Duty("serves", "Tiene un nombramiento en el municipio: primero debe terminar.")


def _some(values: object) -> str:
    found = [str(value or "sin número") for value in values[: _LISTED + 1]]  # type: ignore[index]  # a queryset
    return ", ".join(found[:_LISTED]) + (", …" if len(found) > _LISTED else "")
