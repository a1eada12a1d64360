"""The property tax ordinances of a municipality, drafts and former ones included, and one of them by name."""

from uuid import UUID

from django.db.models import QuerySet

from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality, Ordinance

SUBJECT = "PROPERTY_TAX"


def ordinances_of(municipality: Municipality) -> QuerySet[Ordinance]:
    """All of them, the youngest validity first, drafts before what is approved for the same days."""
    return Ordinance.objects.filter(municipality=municipality, subject=SUBJECT).order_by(
        "-valid__startswith", "-state", "number", "id"
    )


def ordinance_named(municipality: Municipality, text: str) -> Ordinance:
    """The ordinance of that identifier or number; among several of one number the youngest. NotFound."""
    known = ordinances_of(municipality)
    try:
        found = known.filter(pk=UUID(text)).first()
    except ValueError:
        found = known.filter(number__iexact=text.strip()).first()
    if found is None:
        raise NotFound(
            f"{municipality.name} no tiene una ordenanza de avalúos con ese número: véalos en la lista "
            "de ordenanzas."
        )
    return found


def ordinance_before(ordinance: Ordinance) -> Ordinance | None:
    """The approved one that ruled last before ``ordinance`` begins, or begins with it; None for the first."""
    return (
        ordinances_of(ordinance.municipality)
        .exclude(pk=ordinance.pk)
        .filter(state=Ordinance.State.APPROVED, valid__startswith__lte=ordinance.valid.lower)
        .first()
    )
