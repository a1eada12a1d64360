"""A paper is voided: it stays with its number, and /verify says so."""

from django.db import transaction

from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.models import Paper, PaperVoiding
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person


class PaperAlreadyVoid(Conflict):
    """The paper is void already: issue a new one."""

    code = "paper_already_void"


class VoidingWithoutReason(InvalidInput):
    """A voiding needs its reason: write why the paper no longer stands."""

    code = "voiding_without_reason"


def void_paper(paper: Paper, *, by: Actor, reason: str) -> PaperVoiding:
    """The voiding of a paper. Needs `sign_papers`: who answers for papers takes them back."""
    town = paper.municipality
    check_can(by, "sign_papers", municipality=town, on=today_in(town))
    if not reason.strip():
        raise VoidingWithoutReason("Escriba por qué se anula el documento.")
    with transaction.atomic():
        voiding, is_new = PaperVoiding.objects.get_or_create(
            paper=paper, defaults={"reason": reason.strip()[:300], "voided_by": person(by)}
        )
        if not is_new:
            raise PaperAlreadyVoid("El documento ya estaba anulado: emita uno nuevo.")
        record_audit_event(
            municipality=town,
            actor=by,
            action="void_paper",
            object_type="paper",
            object_id=paper.pk,
            body={"code": paper.code},
        )
    return voiding
