"""Many papers of one kind at once: asked for on a page, issued by a job whose progress the next page shows."""

from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cadastre.models import KeyAlias, PropertyUnit
from cadastre.operations.deed.door import unit_named
from cadastre.operations.issue_papers import TASK, ask_for_papers
from gis_project.core.errors import DomainError, NotAllowed, NotFound
from gis_project.portal.paper_forms import BatchForm
from gis_project.territory.clock import today_in
from gis_project.territory.models import Job, Municipality, PaperFee
from gis_project.territory.policy import can, municipality_for

_MAY = ("issue_certificates", "issue_planning_report")
_RUNNING = (Job.State.QUEUED, Job.State.RUNNING)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_batch(request: HttpRequest, municipality: str) -> HttpResponse:
    """The form; predios that are not there are told beside it, and nothing is issued."""
    place = _place(request, municipality)
    form = BatchForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        units = _units(place, form)
        if not form.errors:
            try:
                job = ask_for_papers(
                    [unit.pk for unit in units],
                    municipality=place,
                    kind=form.cleaned_data["kind"],
                    by=request.user,
                    payment=form.payment(),
                )
            except DomainError as refusal:
                form.add_error(None, refusal.message)
            else:
                return redirect("paper_batch_job", place.slug, job.pk)
    context = {
        "municipality": place,
        "trail": _trail(place, (_("Varios a la vez"), None)),
        "form": form,
        "fees": PaperFee.objects.filter(
            municipality=place, valid__contains=today_in(place)
        ).order_by("kind"),
        "jobs": Job.objects.filter(municipality=place, task=TASK)[:10],
    }
    return render(request, "portal/papers/batch.html", context)


@login_required
@require_safe
def paper_batch_job(request: HttpRequest, municipality: str, job: UUID) -> HttpResponse:
    """How far a batch is, and which predios were refused and why."""
    place = _place(request, municipality)
    found = Job.objects.filter(municipality=place, task=TASK, pk=job).first()
    if found is None:
        raise NotFound("No hay tal lote de documentos en este municipio.")
    result: dict[str, Any] = found.result or {}
    context = {
        "municipality": place,
        "trail": _trail(
            place,
            (_("Varios a la vez"), reverse("paper_batch", args=[place.slug])),
            (_("Lote"), None),
        ),
        "job": found,
        "kind": found.arguments["kind"],
        "asked": len(found.arguments["units"]),
        "is_running": found.state in _RUNNING,
        "result": result,
        "refused": _refused(result.get("refused", {})),
    }
    return render(request, "portal/papers/batch_job.html", context)


def _units(place: Municipality, form: BatchForm) -> list[PropertyUnit]:
    units, lost = {}, []
    for name in form.cleaned_data["units"]:
        try:
            unit = unit_named(place, name)
        except DomainError:
            lost.append(name)
        else:
            units[unit.pk] = unit
    if lost:
        form.add_error("units", _("No constan en este municipio: %s.") % ", ".join(lost[:20]))
    return list(units.values())


def _refused(refused: dict[str, str]) -> list[tuple[str, str]]:
    keys = KeyAlias.objects.known().filter(unit__in=refused, is_principal=True).order_by("valid")
    last = {str(alias.unit_id): alias.text for alias in keys}
    return sorted((last.get(unit, unit), why) for unit, why in refused.items())


def _place(request: HttpRequest, municipality: str) -> Municipality:
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    if not any(can(request.user, one, municipality=place, on=on) for one in _MAY):
        raise NotAllowed("Su nombramiento no permite emitir documentos aquí.")
    return place


def _trail(place: Municipality, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    return [
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Documentos"), reverse("papers", args=[place.slug])),
        *rest,
    ]
