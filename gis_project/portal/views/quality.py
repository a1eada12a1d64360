"""Quality at the desk: the runs, one run rule by rule, and one finding on the map."""

import tempfile
from datetime import date
from pathlib import Path

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cadastre.imports.finding_layers import write_finding_layers
from cadastre.operations.check_quality import Asked, ask_for_quality_run
from cadastre.quality.rule import Moment, Severity, quality_rules
from cadastre.queries.quality_runs import (
    Wanted,
    finding_named,
    finding_rows,
    findings_of,
    message_of,
    rule_counts,
    run_named,
    runs_in,
    with_keys,
)
from gis_project.portal.finding_page import finding_sketches, under_way, who_mends
from gis_project.portal.pages_of_results import page_number, page_turns
from gis_project.portal.proposal_page import listed
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import can, check_can, municipality_for

PAGE_SIZE = 50
_AROUND_M = 15
_MEDIA_TYPE = "application/geopackage+sqlite3"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def quality_runs(request: HttpRequest, municipality: str) -> HttpResponse:
    """The runs, newest first; by POST a new one of the whole municipality is asked for."""
    place, _on = _place(request, municipality)
    if request.method == "POST":
        run = ask_for_quality_run(place, Asked(), by=request.user)
        return redirect("quality_run", place.slug, run.pk)
    found = runs_in(place)
    page = page_number(request)
    here = f"{reverse('quality_runs', args=[place.slug])}?"
    context = {
        "municipality": place,
        "trail": _trail(place, (_("Calidad"), None)),
        "runs": found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE],
        **page_turns(here, page=page, size=PAGE_SIZE, matched=found.count()),
    }
    return render(request, "portal/quality/list.html", context)


@login_required
@require_safe
def quality_run(request: HttpRequest, municipality: str, number: int) -> HttpResponse:
    """What each rule found; `?rule=`, `?moment=` and `?severity=` show findings, page by page."""
    place, _on = _place(request, municipality)
    run = run_named(place, number)
    wanted = _wanted(request)
    found = findings_of(run, wanted)
    page = page_number(request)
    rows = with_keys(run, found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    filters = f"rule={wanted.rule}&moment={wanted.moment or ''}&severity={wanted.severity or ''}"
    here = f"{reverse('quality_run', args=[place.slug, run.pk])}?{filters}"
    counts = rule_counts(run)
    context = {
        "municipality": place,
        "trail": _trail(
            place,
            (_("Calidad"), reverse("quality_runs", args=[place.slug])),
            (_("Revisión %s") % run.pk, None),
        ),
        "run": run,
        "counts": sorted(
            (one for one in counts if one.findings and wanted.admits(one.rule)),
            key=lambda one: -(one.findings or 0),
        ),
        "failures": [one for one in counts if one.failure],
        "waiting": sum(one.findings is None and not one.failure for one in counts),
        "clean": sum(one.findings == 0 for one in counts),
        "wanted": wanted,
        "asked_rule": quality_rules().get(wanted.rule),
        "moments": Moment,
        "severities": (Severity.CRITICAL, Severity.WARNING),
        "rows": [(one, key, message_of(one)) for one, key in rows],
        "filters": filters,
        **page_turns(here, page=page, size=PAGE_SIZE, matched=found.count()),
    }
    return render(request, "portal/quality/run.html", context)


@login_required
@require_safe
def quality_finding(
    request: HttpRequest, municipality: str, number: int, finding: int
) -> HttpResponse:
    """One finding: what is wrong, what to do, who does it, and its place, drawn and on the map."""
    place, on = _place(request, municipality)
    run = run_named(place, number)
    found = finding_named(run, finding)
    rule = quality_rules()[found.code]
    [(_found, key)] = with_keys(run, [found])
    whole = reverse("quality_run", args=[place.slug, run.pk])
    context = {
        "municipality": place,
        "trail": _trail(
            place,
            (_("Calidad"), reverse("quality_runs", args=[place.slug])),
            (_("Revisión %s") % run.pk, whole),
            (rule.title, None),
        ),
        "run": run,
        "finding": found,
        "rule": rule,
        "message": message_of(found),
        "weights": [(moment, rule.severity[moment]) for moment in Moment],
        "key": key,
        "extent": _extent(found.geom),
        "place": found.geom.geojson if found.geom else "",
        "sketches": finding_sketches(found, run),
        "mended_by": who_mends(rule),
        "under_way": [listed(proposal, on=on) for proposal in under_way(found)],
        "may_act": bool(key) and can(request.user, "edit_parcels", municipality=place, on=on),
    }
    return render(request, "portal/quality/finding.html", context)


@login_required
@require_safe
def quality_file(request: HttpRequest, municipality: str, number: int) -> HttpResponse:
    """The findings, with the same filters, as a GeoPackage."""
    place, _on = _place(request, municipality)
    run = run_named(place, number)
    name = f"hallazgos_{place.slug}_{run.day}_{run.pk}.gpkg"
    with tempfile.TemporaryDirectory() as folder:
        path = write_finding_layers(finding_rows(run, _wanted(request)), Path(folder) / name)
        content = path.read_bytes()
    return HttpResponse(
        content,
        content_type=_MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


def _wanted(request: HttpRequest) -> Wanted:
    """The filters of the address; a moment or severity that does not exist is none."""
    moment, severity = request.GET.get("moment", ""), request.GET.get("severity", "")
    return Wanted(
        rule=request.GET.get("rule", ""),
        moment=Moment(moment) if moment in list(Moment) else None,
        severity=Severity(severity) if severity in list(Severity) else None,
    )


def _extent(geom) -> str:  # type: ignore[no-untyped-def]  # GEOSGeometry has no stubs
    if geom is None:
        return ""
    west, south, east, north = geom.extent
    return f"{west - _AROUND_M},{south - _AROUND_M},{east + _AROUND_M},{north + _AROUND_M}"


def _place(request: HttpRequest, municipality: str) -> tuple[Municipality, date]:
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    check_can(request.user, "view_register", municipality=place, on=on)
    return place, on


def _trail(place: Municipality, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    slug = place.slug
    return [
        (place.name, reverse("municipality", args=[slug])),
        (_("Ventanilla"), reverse("workbench", args=[slug])),
        *rest,
    ]
