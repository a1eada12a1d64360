"""The papers that were issued for a procedure: on its predios or its applicant, since it was received."""

from collections.abc import Collection

from django.db.models import Q

from cadastre.models import Procedure
from gis_project.territory.models import Paper


def papers_of_procedure(procedure: Procedure, kinds: Collection[str]) -> list[Paper]:
    """Those of the kinds that are not void, oldest first, with their signatures.

    One on a person who stands in no register is found by nobody's predio nor party: it is told in a note.
    """
    units = [str(one) for one in procedure.units.values_list("unit_id", flat=True)]
    about = Q(subject_type=Paper.Subject.UNIT, subject_id__in=units)
    applicant = procedure.applicant.party_id
    if applicant is not None:
        about |= Q(subject_type=Paper.Subject.PARTY, subject_id=str(applicant))
    return list(
        Paper.objects.filter(
            about,
            municipality=procedure.municipality_id,
            kind__in=list(kinds),
            # issued_at is cut to the second
            issued_at__gte=procedure.received_at.replace(microsecond=0),
            voiding__isnull=True,
        )
        .prefetch_related("signatures")
        .order_by("issued_at", "pk")
    )


def roles_to_sign(paper: Paper) -> list[str]:
    """The roles that the paper's rule names and that have not signed it."""
    signed = {one.role for one in paper.signatures.all()}
    return [role for role in paper.roles if role not in signed]
