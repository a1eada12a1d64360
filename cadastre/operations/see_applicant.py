"""A look at who asked for a procedure: told to offices that see people, and recorded."""

from cadastre.models import Procedure
from cadastre.queries.procedures import ApplicantTold, applicant_of
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor


def see_applicant(procedure: Procedure, *, by: Actor, sees: frozenset[str]) -> ApplicantTold | None:
    """Who asked, for a reader who sees the names of people (`sees`: fields of `party`); None for others.

    The look is recorded; the page shows only the fields of `sees`.
    """
    if "full_name" not in sees:
        return None
    log_applicant_seen(procedure.number, municipality=procedure.municipality, by=by)
    return applicant_of(procedure)


def log_applicant_seen(number: str, *, municipality: Municipality, by: Actor) -> None:
    """The record alone: a rehearsal writes it after its transaction is undone."""
    log_access(
        municipality=municipality,
        actor=by,
        action="view_applicant",
        query=number,
        found=1,
        procedure=number,
    )
