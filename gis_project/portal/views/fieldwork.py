"""Field work at the desk: the packages that are out, and one package with what came back, side by side."""

import tempfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cadastre.models import FieldDelta, FieldPackage
from cadastre.operations.close_field_package import close_field_package
from cadastre.operations.decide_field_delta import decide_field_delta
from cadastre.operations.fetch_field_package import check_may_see, fetch_field_package
from cadastre.operations.make_field_package import MEDIA_TYPE, make_field_package
from cadastre.operations.take_field_package import take_field_package
from cadastre.queries.field_packages import (
    changes_of,
    field_packages,
    find_field_package,
    outcome_counts,
    overdue,
)
from gis_project.core.errors import DomainError, NotAllowed, NotFound
from gis_project.portal.data_words import datum_said
from gis_project.portal.field_conflict import shown_conflict
from gis_project.portal.field_forms import ClosingForm, PackageForm, ReturnForm
from gis_project.portal.pages_of_results import page_number, page_turns
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import can, municipality_for

PAGE_SIZE = 25
_CHANGES_SHOWN = 300
_DATA_SHOWN = 8


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def fieldwork(request: HttpRequest, municipality: str) -> HttpResponse:
    """The packages that are out, or `?closed=1` those that came back; and the form that hands one out."""
    place, on, manages = _place(request, municipality)
    form = PackageForm(request.POST or None, municipality=place, on=on) if manages else None
    if request.method == "POST" and form is not None and form.is_valid():
        told = form.told()
        cut = _tried(form, lambda: make_field_package(municipality=place, by=_who(request), **told))
        if cut is not None and cut.package is not None:
            messages.success(request, _("Se entregó el paquete %s.") % cut.package.number)
            return redirect("field_package", place.slug, cut.package.number)
    closed = request.GET.get("closed") == "1"
    carrier = None if manages else _who(request)
    found = field_packages(place, carrier=carrier, is_out=not closed)
    page = page_number(request)
    here = f"{reverse('fieldwork', args=[place.slug])}?closed={int(closed)}"
    rows = found[(page - 1) * PAGE_SIZE : page * PAGE_SIZE]
    context = {
        "municipality": place,
        "trail": _trail(place, (_("Trabajo de campo"), None)),
        "rows": [(package, overdue(package, on=on)) for package in rows],
        "closed": closed,
        "form": form,
        **page_turns(here, page=page, size=PAGE_SIZE, matched=found.count()),
    }
    return render(request, "portal/field/list.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def field_package(request: HttpRequest, municipality: str, number: str) -> HttpResponse:
    """One package: its file, what came back, the conflicts with the register side by side."""
    place, on, manages = _place(request, municipality)
    package = _found(request, place, number)
    do = request.POST.get("do", "")
    form = _form(request, do)
    if request.method == "POST" and manages and do in _STEPS and form.is_valid():
        told = _tried(form, lambda: _STEPS[do](request, package, form))
        if told is not None:
            messages.success(request, told)
            return redirect("field_package", place.slug, package.number)
    deltas = list(changes_of(package)[:_CHANGES_SHOWN])
    context = {
        "municipality": place,
        "package": package,
        "is_overdue": overdue(package, on=on),
        "is_good": package.expires_on >= on and not hasattr(package, "closing"),
        "manages": manages,
        "is_open": not hasattr(package, "closing"),
        "returns": package.returns.select_related("received_by"),
        "counts": [
            (FieldDelta.Outcome(code).label, count)
            for code, count in outcome_counts(package).items()
        ],
        "conflicts": [shown_conflict(delta, on=on) for delta in deltas if _waits(delta)],
        "changes": [(delta, _said(delta)) for delta in deltas if not _waits(delta)],
        "form": form,
        "return_form": form if do == "take" else ReturnForm(),
        "closing_form": form if do == "close" else ClosingForm(),
        "do": do,
        "trail": _trail(
            place,
            (_("Trabajo de campo"), reverse("fieldwork", args=[place.slug])),
            (package.number, None),
        ),
    }
    return render(request, "portal/field/package.html", context)


@login_required
@require_safe
def field_package_file(request: HttpRequest, municipality: str, number: str) -> HttpResponse:
    """The package's zip, for who carries it and who hands it out."""
    place, _on, _manages = _place(request, municipality)
    package = _found(request, place, number)
    return HttpResponse(
        fetch_field_package(package, by=_who(request)),
        content_type=MEDIA_TYPE,
        headers={"Content-Disposition": f'attachment; filename="paquete-{package.number}.zip"'},
    )


def _said(delta: FieldDelta) -> list[tuple[str, str, str]]:
    """The data of a change in words: what, what came, and why it was not taken."""
    return [
        (column["label"], datum_said(column["name"], column["brought"]), column.get("message", ""))
        for column in delta.columns[:_DATA_SHOWN]
    ]


def _waits(delta: FieldDelta) -> bool:
    return delta.outcome == FieldDelta.Outcome.CONFLICT and not hasattr(delta, "decision")


def _take(request: HttpRequest, package: FieldPackage, form: Any) -> str:
    uploaded = form.cleaned_data["file"]
    told = {
        "name": uploaded.name or "",
        "by": _who(request),
        "survey": form.survey(),
        "is_last": form.cleaned_data["is_last"],
    }
    if isinstance(uploaded, TemporaryUploadedFile):
        taken = take_field_package(package, file=Path(uploaded.temporary_file_path()), **told)
    else:
        with tempfile.NamedTemporaryFile(prefix="lindero-field-") as kept:
            kept.write(uploaded.read())
            kept.flush()
            taken = take_field_package(package, file=Path(kept.name), **told)
    if taken.is_repeated:
        return _("Este archivo ya se había recibido: nada se repite.")
    count = len(taken.deltas)
    return ngettext("Se recibió %d cambio.", "Se recibieron %d cambios.", count) % count


def _decide(request: HttpRequest, package: FieldPackage, form: Any) -> str:
    number = request.POST.get("delta", "")
    delta = package.deltas.filter(pk=int(number)).first() if number.isdigit() else None
    if delta is None:
        raise NotFound("No hay tal cambio en este paquete.")
    note = request.POST.get("note", "")[:300]
    decide_field_delta(delta, take=request.POST.getlist("take"), by=_who(request), note=note)
    return _("La decisión quedó anotada.")


def _close(request: HttpRequest, package: FieldPackage, form: Any) -> str:
    told = form.cleaned_data
    close_field_package(package, how=told["how"], note=told["note"], by=_who(request))
    return _("El paquete quedó cerrado.")


_STEPS: dict[str, Callable[[HttpRequest, FieldPackage, Any], str]] = {
    "take": _take,
    "decide": _decide,
    "close": _close,
}


def _form(request: HttpRequest, do: str) -> Any:
    if do == "take":
        return ReturnForm(request.POST, request.FILES)
    if do == "close":
        return ClosingForm(request.POST)
    return forms.Form(request.POST or None)


def _tried(form: Any, act: Callable[[], Any]) -> Any:
    """What the act returns; None when the domain refused, and the form says why."""
    try:
        return act()
    except NotAllowed as refusal:
        if refusal.code == "not_allowed":
            raise
        form.add_error(None, refusal.message)
    except DomainError as refusal:
        form.add_error(None, refusal.message)
    return None


def _who(request: HttpRequest) -> Any:
    return request.user


def _found(request: HttpRequest, place: Municipality, number: str) -> FieldPackage:
    package = find_field_package(place, number)
    check_may_see(package, _who(request))
    return package


def _place(request: HttpRequest, municipality: str) -> tuple[Municipality, date, bool]:
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    manages = can(request.user, "manage_field_packages", municipality=place, on=on)
    if not manages and not can(request.user, "carry_field_packages", municipality=place, on=on):
        raise NotAllowed("Su nombramiento no permite entregar ni llevar paquetes de campo aquí.")
    return place, on, manages


def _trail(place: Municipality, *rest: tuple[str, str | None]) -> list[tuple[str, str | None]]:
    slug = place.slug
    return [
        (place.name, reverse("municipality", args=[slug])),
        (_("Ventanilla"), reverse("workbench", args=[slug])),
        *rest,
    ]
