"""A remark among officials in a procedure's timeline; the applicant is not told of it."""

from cadastre.models import Procedure, ProcedureEvent
from cadastre.operations.advance_procedure import write_event
from cadastre.queries.procedures import check_may_see
from gis_project.core.errors import InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.policy import Actor

COMMENT = "comment"


class CommentEmpty(InvalidInput):
    """A remark says something: write it."""

    code = "comment_empty"


def comment_procedure(procedure: Procedure, *, text: str, by: Actor) -> ProcedureEvent:
    """The written remark, on an open or closed procedure. CommentEmpty, NotAllowed."""
    check_may_see(procedure, by=by, on=today_in(procedure.municipality))
    if not text.strip():
        raise CommentEmpty("Escriba el comentario.")
    return write_event(procedure, COMMENT, origin=procedure.state, by=by, note=text)
