"""A document that the applicant brings: kept with its scan, it meets the requirement that asks for its kind."""

from django.db import transaction

from cadastre.models import AdministrativeSource, Procedure
from cadastre.operations.bring_document import (
    BroughtFile,
    check_whole,
    checked_document,
    keep_document,
)
from cadastre.operations.tick_requirement import (
    check_may_tick,
    check_open,
    tick_requirement,
    tick_sources,
)
from gis_project.territory.clock import today_in
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, person


def bring_procedure_document(
    procedure: Procedure,
    *,
    document: AdministrativeSource,
    by: Actor,
    file: BroughtFile | None = None,
    requirement: str = "",
) -> AdministrativeSource:
    """The saved document; it meets ``requirement``, or the first open one that its kind fits.

    Raises NotAllowed, ProcedureClosed, TickRefused, UnknownRequirement, DocumentFileRefused, DocumentDatedAhead,
    SourceIncomplete.
    """
    town = procedure.municipality
    check_may_tick(procedure, by=by)
    media_type = checked_document(document, file, municipality=town)
    document.typed_by = person(by)
    with transaction.atomic():
        locked = Procedure.objects.select_for_update(no_key=True).get(pk=procedure.pk)
        check_open(locked)
        keep_document(document, file, municipality=town, media_type=media_type)
        if requirement:
            tick_requirement(locked, requirement, by=by, source=document)
        else:
            tick_sources(locked, [document], by=by)
        check_whole(document, file, on=today_in(town))
        record_audit_event(
            municipality=town,
            actor=by,
            action="bring_procedure_document",
            object_type="cadastre.Procedure",
            object_id=locked.pk,
            body={
                "source": document.pk,
                "kind": str(document.kind),
                "sha256": document.file_sha256,
            },
        )
    return document
