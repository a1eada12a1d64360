"""What a procedure prints: the receipt with its tracking code, a notice with its certification, a brought scan."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cadastre.models import ProcedureNotice, SourceFile
from cadastre.operations.see_applicant import see_applicant
from cadastre.procedures.procedure_type import procedure_type
from cadastre.queries.properties import property_facts
from cadastre.queries.requirement_states import requirement_states
from gis_project.core.errors import NotAllowed, NotFound
from gis_project.core.verification_code import shown_code
from gis_project.portal.procedure_door import READS_FILES, procedure_desk
from gis_project.portal.qr import qr_svg
from gis_project.territory.file_store import path_of, read_file
from gis_project.territory.operations.log_access import log_access


@login_required
@require_safe
def receipt(request: HttpRequest, municipality: str, number: str) -> HttpResponse:
    """What the applicant takes home: number, tracking code and QR, what was brought and what is missing."""
    desk = procedure_desk(request, municipality)
    found = desk.procedure(number)
    follow = f"{settings.PUBLIC_URL}{reverse('tracking', args=[desk.place.slug, found.code])}"
    units = [row.unit for row in found.units.select_related("unit", "unit__municipality")]
    states = requirement_states(found, on=desk.on)
    context = {
        "municipality": desk.place,
        "trail": desk.trail(
            (found.number, reverse("procedure", args=[desk.place.slug, found.number])),
            (_("Comprobante"), None),
        ),
        "procedure": found,
        "kind": procedure_type(found.kind),
        "shown_code": shown_code(found.code),
        "follow": follow,
        "qr": qr_svg(follow),
        "predios": [property_facts(unit, on=desk.on) for unit in units],
        "applicant": see_applicant(found, by=desk.who, sees=desk.sees.party),
        "brought": [one.requirement for one in states if one.is_met],
        "missing": [
            one.requirement for one in states if not one.is_met and not one.requirement.is_optional
        ],
    }
    return render(request, "portal/procedures/receipt.html", context)


@login_required
@require_safe
def notice(request: HttpRequest, municipality: str, number: str, notice: int) -> HttpResponse:
    """A notice as it is printed, with its *razón de notificación* and the places for the signatures."""
    desk = procedure_desk(request, municipality)
    found = desk.procedure(number)
    row = get_object_or_404(
        ProcedureNotice.objects.select_related("by"), procedure=found, pk=notice
    )
    context = {
        "municipality": desk.place,
        "trail": desk.trail(
            (found.number, reverse("procedure", args=[desk.place.slug, found.number])),
            (_("Notificación"), None),
        ),
        "procedure": found,
        "kind": procedure_type(found.kind),
        "shown_code": shown_code(found.code),
        "notice": row,
        "sees": desk.sees,
        "applicant": see_applicant(found, by=desk.who, sees=desk.sees.party),
    }
    return render(request, "portal/procedures/notice.html", context)


@login_required
@require_safe
def procedure_file(
    request: HttpRequest, municipality: str, number: str, file: str
) -> HttpResponseBase:
    """The scan of a document that was brought, for those who may open it; the look is recorded."""
    desk = procedure_desk(request, municipality)
    found = desk.procedure(number)
    if not desk.may(*READS_FILES):
        raise NotAllowed("Su nombramiento no permite abrir los documentos de los trámites.")
    brought = found.requirements.filter(source__isnull=False).values("source")
    kept = (
        SourceFile.objects.filter(source__in=brought, file_id=file).select_related("file").first()
    )
    if kept is None or not path_of(kept.file_id).is_file():
        raise NotFound("No hay tal archivo entre los documentos de este trámite.")
    log_access(
        municipality=desk.place,
        actor=desk.who,
        action="open_document",
        query=kept.file_id,
        found=1,
        procedure=found.number,
    )
    disposition = content_disposition_header(as_attachment=True, filename=kept.name)
    return HttpResponse(
        read_file(kept.file_id),
        content_type=kept.file.media_type,
        headers={"Content-Disposition": disposition or "attachment"},
    )
