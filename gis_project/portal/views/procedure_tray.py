"""The officials' trays of procedures: mine, my office's, overdue, all; and one found by number, code or cédula."""

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.models import Procedure
from cadastre.procedures.procedure_type import procedure_types
from cadastre.queries.procedure_holders import step_capabilities
from cadastre.queries.procedures import ProcedureNotFound, find_by_code, find_procedure
from cadastre.queries.procedures_of_person import procedures_of_person
from gis_project.core.errors import DomainError
from gis_project.core.identification import check_identity
from gis_project.core.verification_code import InvalidVerificationCode, read_code
from gis_project.portal.pages_of_results import page_number, page_turns
from gis_project.portal.procedure_door import ProcedureDesk, procedure_desk
from gis_project.portal.procedure_forms import FindForm
from gis_project.portal.procedure_tray import (
    TRAYS,
    counts,
    listed,
    people_of,
    procedures_in,
    read_filters,
    state_titles,
)
from gis_project.portal.views.holidays import MAY_SEE_HOLIDAYS
from gis_project.territory.operations.log_access import log_access

PAGE_SIZE = 25
_MOST_FOUND = 50


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("text")
def procedures(request: HttpRequest, municipality: str) -> HttpResponse:
    """The tray asked for by `?tray=`, narrowed by `kind`, `state` and `person`; a POST finds one procedure."""
    desk = procedure_desk(request, municipality)
    found = None
    form = FindForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        text = form.cleaned_data["text"].strip()
        one = _named(desk, text)
        if one is not None:
            return redirect("procedure", desk.place.slug, one.number)
        try:
            found = _asked_by(desk, text)
        except DomainError as refusal:
            form.add_error("text", refusal.message)
    filters = read_filters(request.GET, municipality=desk.place)
    page = page_number(request)
    held = step_capabilities(desk.who, municipality=desk.place, on=desk.on)
    whose: dict[str, Any] = {
        "by": desk.who,
        "municipality": desk.place,
        "on": desk.on,
        "held": held,
    }
    rows = procedures_in(filters, **whose)
    told = {"kind": filters.kind, "state": filters.state, "person": filters.person}
    narrowing = {name: value for name, value in told.items() if value}
    here = f"{reverse('procedures', args=[desk.place.slug])}?" + urlencode(
        {"tray": filters.tray, **narrowing}
    )
    seen = rows[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    count = counts(**whose)
    context = {
        "municipality": desk.place,
        "trail": desk.trail(),
        "form": form,
        "found": None if found is None else listed(found, municipality=desk.place, on=desk.on),
        "rows": listed(seen, municipality=desk.place, on=desk.on),
        "filters": filters,
        "is_narrowed": bool(narrowing),
        "trays": [(code, name, count.get(code)) for code, name in TRAYS.items()],
        "tray_name": TRAYS[filters.tray],
        "kinds": [(one.code, one.title) for one in procedure_types().values()],
        "states": state_titles(),
        "people": people_of(desk.place).items(),
        "may_receive": desk.may("receive_procedures", "decide_procedures"),
        "may_see_holidays": desk.may(*MAY_SEE_HOLIDAYS),
        **page_turns(here, page=page, size=PAGE_SIZE, matched=rows.count()),
    }
    return render(request, "portal/procedures/tray.html", context)


def _named(desk: ProcedureDesk, text: str) -> Procedure | None:
    """The procedure of that number or tracking code; None when it is neither here."""
    try:
        return find_procedure(desk.place, text)
    except ProcedureNotFound:
        pass
    try:
        return find_by_code(desk.place, read_code(text))
    except (InvalidVerificationCode, ProcedureNotFound):
        return None


def _asked_by(desk: ProcedureDesk, text: str) -> list[Procedure]:
    """Those that a person asked for; the look is recorded. ProcedureNotFound for what is no document."""
    digits = "".join(sign for sign in text if sign.isalnum())
    if not desk.may("search_people") or not any(sign.isdigit() for sign in digits):
        raise ProcedureNotFound(
            _("No hay un trámite con ese número ni ese código en este municipio.")
        )
    document = check_identity(digits).normalised[:20]
    rows = procedures_of_person(document, municipality=desk.place, by=desk.who, on=desk.on)
    found = list(rows[:_MOST_FOUND])
    log_access(
        municipality=desk.place,
        actor=desk.who,
        action="search_people",
        query=document,
        found=len(found),
        purpose="trámites de quien los pide",
        subject=document,
    )
    return found
