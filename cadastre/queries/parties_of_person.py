"""The parties behind one person's document: the person, by cédula or by RUC, and the groups they belong to."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from cadastre.models import PartyIdentity, PartyMember
from gis_project.territory.models import Municipality

_CEDULA_DIGITS = 10
_FIRST_OFFICE = "001"


def same_person(document: str) -> tuple[str, ...]:
    """The numbers under which a natural person may stand: a cédula and the RUC made of it; given one first."""
    if not (document.isascii() and document.isdigit()):
        return (document,)
    if len(document) == _CEDULA_DIGITS:
        return (document, document + _FIRST_OFFICE)
    if len(document) == _CEDULA_DIGITS + 3 and document.endswith(_FIRST_OFFICE):
        return (document, document[:_CEDULA_DIGITS])
    return (document,)


def identities_of_person(document: str, *, municipality: Municipality) -> QuerySet[PartyIdentity]:
    """Who stands in the register under the document, or under the RUC or cédula of the same person."""
    given, *others = same_person(document)
    kinds = (PartyIdentity.IdKind.CEDULA, PartyIdentity.IdKind.RUC)
    return PartyIdentity.objects.filter(
        Q(id_number=given) | Q(id_number__in=others, id_kind__in=kinds),
        municipality=municipality,
    )


def parties_of_person(document: str, *, municipality: Municipality, on: date) -> set[UUID]:
    """The person's parties and every group (spouses, heirs) that one of them is in on a civil date."""
    found: set[UUID] = set()
    reached = set(
        identities_of_person(document, municipality=municipality).values_list("party_id", flat=True)
    )
    while reached:
        found |= reached
        groups = PartyMember.objects.known().valid_on(on).filter(member_id__in=reached)
        reached = set(groups.values_list("group_id", flat=True)) - found
    return found
