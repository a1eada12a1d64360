"""Officials' page that brings a predio into the register: ground from a file or typed, rehearsed, handed in."""

from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.operations.register_parcel import VERB
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.portal.acquirers import Acquirer, find_acquirers, takers_told
from gis_project.portal.act_rehearsal import ActAsked, proposed, rehearsed
from gis_project.portal.acts_of import offered_act
from gis_project.portal.ground_on_map import GroundOnMap, ground_on_map
from gis_project.portal.procedure_door import ProcedureDesk, procedure_desk
from gis_project.portal.procedure_named import procedure_named
from gis_project.portal.register_parcel_form import MOST_HOLDERS, RegisterParcelForm


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def new_parcel(request: HttpRequest, municipality: str) -> HttpResponse:
    """The form with the ground on the map; a refusal stands beside what was typed."""
    desk = procedure_desk(request, municipality, "edit_parcels")
    do = request.POST.get("do", "")
    form = _form(desk, do)
    preview = on_map = None
    if request.method == "POST" and do in ("rehearse", "propose") and form.is_valid():
        try:
            on_map = ground_on_map(form.cleaned_data["points"], srid=form.ground_srid)
            asked = _asked(desk, form)
            tell = partial(_told, desk, form, _holders(desk, form))
            if do == "propose":
                made = proposed(asked, tell)
                messages.success(request, _("La propuesta quedó presentada: añada sus documentos."))
                page = reverse("proposal", args=[desk.place.slug, made.pk])
                return redirect(f"{page}#documentos")
            preview = rehearsed(asked, tell, sees=desk.sees)
        except NotAllowed:
            raise
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    return render(request, "portal/acts/new_parcel.html", _context(desk, form, preview, on_map))


def _context(
    desk: ProcedureDesk, form: RegisterParcelForm, preview: Any, on_map: GroundOnMap | None
) -> dict[str, Any]:
    act = offered_act(VERB, desk.on)
    slug = desk.place.slug
    return {
        "municipality": desk.place,
        "trail": [
            (desk.place.name, reverse("municipality", args=[slug])),
            (_("Ventanilla"), reverse("workbench", args=[slug])),
            (act.title, None),
        ],
        "act": act,
        "form": form,
        "preview": preview,
        "sees": desk.sees,
        "procedure": procedure_named(desk.request),
        "extent": on_map.extent if on_map else "",
        "place": on_map.place if on_map else "",
        "may_add_holder": form.holder_count < MOST_HOLDERS,
    }


def _form(desk: ProcedureDesk, do: str) -> RegisterParcelForm:
    request = desk.request
    text = request.POST.get("holders", "1")
    count = min(max(int(text) if text.isascii() and text.isdigit() else 1, 1), MOST_HOLDERS)
    if do == "more":
        # Read once more, so that a file chosen before asking for another row is not lost.
        read = RegisterParcelForm(request.POST, request.FILES, town=desk.place, holders=count)
        typed = dict(read.data.items())
        return RegisterParcelForm(
            initial=typed, town=desk.place, holders=min(count + 1, MOST_HOLDERS)
        )
    if request.method == "POST":
        return RegisterParcelForm(request.POST, request.FILES, town=desk.place, holders=count)
    number = procedure_named(request)
    fresh = {"reason": _("Trámite %s") % number} if number else {}
    return RegisterParcelForm(initial=fresh, town=desk.place, holders=1)


def _asked(desk: ProcedureDesk, form: RegisterParcelForm) -> ActAsked:
    return ActAsked(
        verb=VERB,
        municipality=desk.place,
        by=desk.who,
        on=desk.on,
        reason=form.cleaned_data["reason"],
        about=VERB,
        procedure=procedure_named(desk.request),
    )


def _holders(desk: ProcedureDesk, form: RegisterParcelForm) -> list[Acquirer]:
    return find_acquirers(
        form.typed_holders(),
        municipality=desk.place,
        by=desk.who,
        purpose=form.cleaned_data["reason"][:200],
    )


def _told(
    desk: ProcedureDesk, form: RegisterParcelForm, holders: list[Acquirer]
) -> tuple[dict[str, Any], list[str]]:
    takers, notes = takers_told(
        holders,
        kind="OWNERSHIP",
        municipality=desk.place,
        by=desk.who,
        reason=form.cleaned_data["reason"],
    )
    return form.told() | {"holders": takers}, notes
