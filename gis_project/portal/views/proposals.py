"""The tray of proposals, and one proposal: what it would do, who else wants that ground, its next step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cadastre.models import Proposal, SourceFile
from cadastre.operations.bring_document import bring_document
from cadastre.operations.confirm_source import confirm_source
from cadastre.operations.decide_proposal import (
    approve_proposal,
    return_proposal,
    withdraw_proposal,
)
from cadastre.operations.make_effective import make_effective
from cadastre.queries.own_no_debt import own_certificates
from cadastre.queries.proposals import (
    OPEN,
    documents_of,
    find_proposal,
    procedure_number,
    proposals_in,
    rivals_of,
)
from cadastre.queries.seen_preview import holders_told, seen_preview
from gis_project.core.errors import DomainError, NotAllowed, NotFound
from gis_project.portal.act_preview import act_preview
from gis_project.portal.audience import what_is_seen
from gis_project.portal.document_form import DocumentForm
from gis_project.portal.pages_of_results import page_number, page_turns
from gis_project.portal.property_page import PURPOSE
from gis_project.portal.proposal_page import (
    listed,
    opened_keys,
    requirements_of,
    steps_of,
)
from gis_project.portal.step_forms import ConfirmForm, RemarkForm
from gis_project.territory.clock import today_in
from gis_project.territory.file_store import path_of, read_file
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import can, municipality_for

PAGE_SIZE = 25
_READ = ("edit_parcels", "approve_operations", "view_register")


@login_required
@require_safe
def proposals(request: HttpRequest, municipality: str) -> HttpResponse:
    """The open proposals, oldest first; `?state=` those of one state."""
    place, on = _place(request, municipality, *_READ)
    state = request.GET.get("state", "")
    state = state if state in Proposal.State.values else ""
    page = page_number(request)
    found = proposals_in(place, state=state or None)
    if state and state not in OPEN:
        found = found.order_by("-prepared_at", "pk")
    rows = found.select_related("prepared_by", "municipality")[
        (page - 1) * PAGE_SIZE : page * PAGE_SIZE
    ]
    here = f"{reverse('proposals', args=[place.slug])}?state={state}"
    context = {
        "municipality": place,
        "trail": _trail(place, (_("Propuestas"), None)),
        "rows": [listed(proposal, on=on) for proposal in rows],
        "may_propose": can(request.user, "edit_parcels", municipality=place, on=on),
        "state": state,
        **page_turns(here, page=page, size=PAGE_SIZE, matched=found.count()),
    }
    return render(request, "portal/proposals/tray.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def proposal_page(request: HttpRequest, municipality: str, proposal: UUID) -> HttpResponse:
    """One proposal with its preview and the steps that this person may take."""
    place, on = _place(request, municipality, *_READ)
    found = find_proposal(place, proposal)
    may = _may(request, found, place, on)
    do = request.POST.get("do", "")
    form = _form(request, do)
    if request.method == "POST" and do in _STEPS and form.is_valid():
        try:
            _STEPS[do](found, request.user, form)
            messages.success(request, str(_done(do)))
            return redirect("proposal", place.slug, found.pk)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
            found.refresh_from_db()
    sees = what_is_seen(request, municipality=place, on=on)
    documents = documents_of(found)
    seen = seen_preview(
        found.preview, right=sees.right, burden=sees.burden, is_open=may.is_open, on=on
    )
    if shown := holders_told(seen):
        log_access(
            municipality=place,
            actor=request.user,
            action="view_holders",
            query=str(found.pk),
            found=shown,
            purpose=request.session.get(PURPOSE) or "propuesta de cambio",
            procedure=procedure_number(found),
        )
    units = [row.unit for row in found.units.select_related("unit")]
    context = {
        "municipality": place,
        "row": listed(found, on=on),
        "trail": _trail(
            place,
            (_("Propuestas"), reverse("proposals", args=[place.slug])),
            (listed(found, on=on).title, None),
        ),
        "proposal": found,
        "preview": act_preview(seen, municipality=place, sees=sees),
        "rivals": [listed(rival, on=on) for rival in rivals_of(found)] if may.is_open else [],
        "documents": documents,
        "own_documents": own_certificates(documents, units),
        "requirements": requirements_of(found, documents, on=on),
        "opened_keys": opened_keys(found),
        "steps": steps_of(found),
        "may": may,
        "form": form,
        "do": do,
        "document_form": form if do == "document" else DocumentForm(),
        "remark_form": form if do in ("approve", "return", "withdraw") else RemarkForm(),
    }
    return render(request, "portal/proposals/proposal.html", context)


@login_required
@require_safe
def proposal_file(
    request: HttpRequest, municipality: str, proposal: UUID, file: str
) -> HttpResponseBase:
    """The scan of one of the proposal's documents, for those who prepare and approve; the look is recorded."""
    place, _on = _place(
        request, municipality, "edit_parcels", "approve_operations", "register_inscription"
    )
    found = find_proposal(place, proposal)
    kept = (
        SourceFile.objects.filter(source__in=found.sources.values("source"), file_id=file)
        .select_related("file")
        .first()
    )
    if kept is None or not path_of(kept.file_id).is_file():
        raise NotFound("No hay tal archivo entre los documentos de esta propuesta.")
    log_access(
        municipality=place,
        actor=request.user,
        action="open_document",
        query=kept.file_id,
        found=1,
        purpose="propuesta de cambio",
    )
    disposition = content_disposition_header(as_attachment=True, filename=kept.name)
    return HttpResponse(
        read_file(kept.file_id),
        content_type=kept.file.media_type,
        headers={"Content-Disposition": disposition or "attachment"},
    )


@dataclass(frozen=True, slots=True)
class May:
    """The steps open to this person in the proposal's state."""

    is_open: bool
    bring: bool
    approve: bool
    give_back: bool
    withdraw: bool
    make: bool
    read_files: bool
    confirm: bool
    confirm_no_debt: bool


def _may(request: HttpRequest, found: Proposal, place: Municipality, on: date) -> May:
    edits = can(request.user, "edit_parcels", municipality=place, on=on)
    approves = can(request.user, "approve_operations", municipality=place, on=on)
    inscribes = can(request.user, "register_inscription", municipality=place, on=on)
    states = Proposal.State
    under_way = found.state in (states.SUBMITTED, states.APPROVED)
    return May(
        is_open=found.state in OPEN,
        bring=edits and (under_way or found.state == states.RETURNED),
        approve=approves and found.state == states.SUBMITTED,
        give_back=approves and under_way,
        withdraw=edits and (under_way or found.state == states.RETURNED),
        make=edits and under_way,
        read_files=edits or approves or inscribes,
        confirm=inscribes and found.state in OPEN,
        confirm_no_debt=approves and found.state in OPEN,
    )


def _bring(found: Proposal, by: Any, form: Any) -> object:
    return bring_document(found, document=form.document(), by=by, file=form.brought_file())


def _confirm(found: Proposal, by: Any, form: Any) -> object:
    wanted = form.cleaned_data["document"]
    source = next((one for one in documents_of(found) if one.pk == wanted), None)
    if source is None:
        raise NotFound("No hay tal documento en esta propuesta.")
    return confirm_source(source, by=by, note=form.cleaned_data["note"])


_STEPS: dict[str, Callable[[Proposal, Any, Any], object]] = {
    "document": _bring,
    "confirm": _confirm,
    "approve": lambda found, by, form: approve_proposal(found, by=by, note=form.note),
    "return": lambda found, by, form: return_proposal(found, by=by, note=form.note),
    "withdraw": lambda found, by, form: withdraw_proposal(found, by=by, note=form.note),
    "effective": lambda found, by, _form: make_effective(found, by=by),
}


def _done(do: str) -> str:
    return {
        "document": _("El documento quedó guardado."),
        "confirm": _("El documento quedó confirmado."),
        "approve": _("La propuesta quedó aprobada."),
        "return": _("La propuesta fue devuelta con su observación."),
        "withdraw": _("La propuesta fue retirada: el catastro no cambió."),
        "effective": _("El acto está vigente en el catastro."),
    }[do]


def _form(request: HttpRequest, do: str) -> Any:
    if do == "document":
        return DocumentForm(request.POST, request.FILES)
    if do == "confirm":
        return ConfirmForm(request.POST)
    if do in ("approve", "return", "withdraw"):
        return RemarkForm(request.POST)
    return forms.Form(request.POST or None)


def _place(
    request: HttpRequest, municipality: str, *capabilities: str
) -> tuple[Municipality, date]:
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    if not any(can(request.user, one, municipality=place, on=on) for one in capabilities):
        raise NotAllowed("Su nombramiento no permite ver las propuestas de cambio aquí.")
    return place, on


def _trail(place: Municipality, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    slug = place.slug
    return [
        (place.name, reverse("municipality", args=[slug])),
        (_("Ventanilla"), reverse("workbench", args=[slug])),
        *rest,
    ]
