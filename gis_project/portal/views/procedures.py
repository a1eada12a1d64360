"""Anybody's pages of procedures: where mine stands, by its code, and the manual of each type."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from cadastre.procedures.flow_drawing import draw_flow
from cadastre.procedures.procedure_type import procedure_type, procedure_types
from cadastre.queries.procedures import ProcedureNotFound, find_by_code
from cadastre.queries.requirement_states import requirement_states
from gis_project.core.errors import DomainError
from gis_project.core.verification_code import InvalidVerificationCode, read_code, shown_code
from gis_project.portal.municipality_of import municipality_or_404
from gis_project.territory.addresses import client_address
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.rate_limit import PROCEDURE_TRACKING, check_rate
from gis_project.territory.roles import shipped_roles


@require_safe
def tracking_start(request: HttpRequest, municipality: str) -> HttpResponse:
    """The form for the tracking code; `?code=` leads to its answer."""
    place = municipality_or_404(municipality)
    typed = request.GET.get("code", "")
    if not typed:
        return _start(request, place)
    try:
        return redirect("tracking", place.slug, read_code(typed))
    except InvalidVerificationCode as refusal:
        return _start(request, place, typed, refusal)


@require_safe
def tracking(request: HttpRequest, municipality: str, code: str) -> HttpResponse:
    """The state in plain words, what is missing and until when; no personal data and no remarks."""
    check_rate(PROCEDURE_TRACKING, client_address(request))
    place = municipality_or_404(municipality)
    try:
        procedure = find_by_code(place, read_code(code))
    except (InvalidVerificationCode, ProcedureNotFound) as refusal:
        return _start(request, place, code, refusal)
    found = procedure_type(procedure.kind)
    today = today_in(place)
    missing = [
        state.requirement
        for state in requirement_states(procedure, on=today)
        if not state.is_met and not state.requirement.is_optional
    ]
    context = {
        "municipality": place,
        "procedure": procedure,
        "kind": found,
        "state": found.state(procedure.state),
        "missing": missing if procedure.closed_at is None else [],
        "is_late": procedure.closed_at is None and procedure.promised_on < today,
        "shown_code": shown_code(procedure.code),
        "trail": _trail(place, (_("Seguir un trámite"), "tracking_start"), found.title),
    }
    response = render(request, "portal/procedures/tracking.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
def manuals(request: HttpRequest, municipality: str) -> HttpResponse:
    """Every type with its purpose and its term."""
    place = municipality_or_404(municipality)
    context = {
        "municipality": place,
        "kinds": procedure_types().values(),
        "trail": [
            (place.name, reverse("municipality", args=[place.slug])),
            (_("Manual de trámites"), None),
        ],
    }
    return render(request, "portal/procedures/manuals.html", context)


@require_safe
def manual(request: HttpRequest, municipality: str, kind: str) -> HttpResponse:
    """The manual of one type: flow, requirements, terms, who answers, legal base."""
    place = municipality_or_404(municipality)
    found = procedure_type(kind)
    context = {
        "municipality": place,
        "kind": found,
        "drawing": draw_flow(found),
        "steps": [
            (
                step,
                [found.state(origin).title for origin in step.origins],
                found.state(step.to).title,
            )
            for step in found.transitions
        ],
        "roles": _roles_by_capability(),
        "trail": _trail(place, (_("Manual de trámites"), "manuals"), found.title),
    }
    return render(request, "portal/procedures/manual.html", context)


def _roles_by_capability() -> dict[str, str]:
    """Capability → the names of the shipped roles that hold it."""
    names: dict[str, list[str]] = {}
    for role in shipped_roles():
        for capability in role.capabilities:
            names.setdefault(capability, []).append(role.name)
    return {capability: ", ".join(held) for capability, held in names.items()}


def _trail(place: Municipality, above: tuple[str, str], here: str) -> list[tuple[str, Any]]:
    label, route = above
    return [
        (place.name, reverse("municipality", args=[place.slug])),
        (label, reverse(route, args=[place.slug])),
        (here, None),
    ]


def _start(
    request: HttpRequest, place: Municipality, typed: str = "", refusal: DomainError | None = None
) -> HttpResponse:
    context = {"municipality": place, "typed": typed[:40], "refused": refusal is not None}
    status = 404 if refusal else 200
    return render(request, "portal/procedures/tracking_start.html", context, status=status)
