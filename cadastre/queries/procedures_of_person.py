"""The procedures that a person asked for, by cédula, RUC or passport. Callers record the look."""

from datetime import date

from django.db.models import Q, QuerySet

from cadastre.models import Procedure
from cadastre.queries.parties_of_person import identities_of_person, same_person
from cadastre.queries.procedures import procedures_seen_by
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor


def procedures_of_person(
    document: str, *, municipality: Municipality, by: Actor, on: date
) -> QuerySet[Procedure]:
    """Open and closed ones that the actor may see, newest first."""
    parties = identities_of_person(document, municipality=municipality).values("party")
    asked = Q(applicant__id_number__in=same_person(document)) | Q(applicant__party__in=parties)
    seen = procedures_seen_by(by, municipality=municipality, on=on)
    return seen.filter(asked).order_by("-received_at", "pk")
