"""The valuer's ordinances: what is wrong with one, what it changes, and who would pay more by it."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cadastre.operations.ask_for_simulation import ask_for_simulation, simulations_of
from cadastre.operations.simulate_ordinance import check_may_simulate
from cadastre.ordinances.tax_years import first_tax_year
from cadastre.queries.ordinance_changes import NothingToCompare, ordinance_changes
from cadastre.queries.ordinance_findings import ordinance_findings
from cadastre.queries.ordinance_list import ordinance_before, ordinance_named, ordinances_of
from cadastre.valuation.ordinance import InvalidOrdinance
from gis_project.portal.impact_tables import ImpactTables, impact_tables
from gis_project.territory.models import Job, Municipality, Ordinance
from gis_project.territory.policy import municipality_for

_RUNNING = (Job.State.QUEUED, Job.State.RUNNING)
_JOBS_SHOWN = 10


@login_required
@require_safe
def ordinances(request: HttpRequest, municipality: str) -> HttpResponse:
    """All property tax ordinances of the town, drafts too."""
    place = _place(request, municipality)
    context = {
        "municipality": place,
        "trail": _trail(place, (_("Ordenanzas"), None)),
        "ordinances": ordinances_of(place),
    }
    return render(request, "portal/ordinances/list.html", context)


@login_required
@require_safe
def ordinance_review(request: HttpRequest, municipality: str, ordinance: UUID) -> HttpResponse:
    """The linter's findings and what changes; `?register=1` asks the register too, which takes longer."""
    place = _place(request, municipality)
    found = ordinance_named(place, str(ordinance))
    asks_register = request.GET.get("register") == "1"
    year = first_tax_year(found.valid.lower)
    context = {
        "municipality": place,
        "trail": _trail(
            place, (_("Ordenanzas"), reverse("ordinances", args=[place.slug])), (found.number, None)
        ),
        "ordinance": found,
        "year": year,
        "asks_register": asks_register,
        "report": ordinance_findings(found, year=year, with_register=asks_register),
        "others": [one for one in ordinances_of(place) if one.pk != found.pk],
        **_difference(place, found, request.GET.get("against", "")),
    }
    return render(request, "portal/ordinances/review.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ordinance_simulation(request: HttpRequest, municipality: str, ordinance: UUID) -> HttpResponse:
    """The last simulation, and by POST a new one; a running one is looked at again every two seconds."""
    place = _place(request, municipality)
    found = ordinance_named(place, str(ordinance))
    year = first_tax_year(found.valid.lower)
    if request.method == "POST":
        ask_for_simulation(found, against=None, year=year, by=request.user)
        return redirect("ordinance_simulation", place.slug, found.pk)
    asked = list(simulations_of(found)[:_JOBS_SHOWN])
    last = asked[0] if asked else None
    context = {
        "municipality": place,
        "trail": _trail(
            place,
            (_("Ordenanzas"), reverse("ordinances", args=[place.slug])),
            (found.number, reverse("ordinance_review", args=[place.slug, found.pk])),
            (_("Simulación"), None),
        ),
        "ordinance": found,
        "before": ordinance_before(found),
        "year": year,
        "job": last,
        "is_running": last is not None and last.state in _RUNNING,
        "impact": _impact(last),
    }
    return render(request, "portal/ordinances/simulation.html", context)


def _impact(job: Job | None) -> ImpactTables | None:
    if job is None or job.state != Job.State.DONE or not job.result:
        return None
    return impact_tables(job.result)


def _difference(place: Municipality, found: Ordinance, against: str) -> dict[str, Any]:
    """The difference, or in `no_difference` why there is none to show."""
    before = ordinance_named(place, against) if against else None
    try:
        return {"difference": ordinance_changes(found, before)}
    except (NothingToCompare, InvalidOrdinance) as refusal:
        return {"no_difference": refusal.message}


def _place(request: HttpRequest, municipality: str) -> Municipality:
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    check_may_simulate(request.user, place)
    return place


def _trail(place: Municipality, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    slug = place.slug
    return [
        (place.name, reverse("municipality", args=[slug])),
        (_("Ventanilla"), reverse("workbench", args=[slug])),
        *rest,
    ]
