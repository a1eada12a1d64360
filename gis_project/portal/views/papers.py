"""Officials' pages: issue a paper on a predio or for a person, sign it, void it."""

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.operations.issue_certificate import issue_certificate
from cadastre.operations.issue_holdings import issue_holdings
from cadastre.queries.properties import find_property
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.portal.paper_answer import paper_answer
from gis_project.portal.paper_forms import HoldingsForm, SignedFileForm, UnitPaperForm, VoidForm
from gis_project.portal.papers_of import latest_papers, may_work_with_papers, paper_in, papers_on
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Paper, PaperFee
from gis_project.territory.operations.sign_paper import (
    sign_with_batch_key,
    sign_with_trial_key,
    take_signed_file,
)
from gis_project.territory.operations.void_paper import void_paper
from gis_project.territory.paper_number import number_of
from gis_project.territory.policy import can, municipality_for


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def unit_papers(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    """The papers of one predio, and the form that issues another."""
    place, on = _place(request, municipality)
    unit = find_property(municipality=place, text=key)
    form = UnitPaperForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paper = _tried(
            form,
            lambda: issue_certificate(
                unit,
                kind=form.cleaned_data["kind"],
                by=request.user,
                payment=form.payment(),
                is_official_copy=form.cleaned_data["is_official_copy"],
            ),
        )
        if paper is not None:
            return _to_paper(request, paper)
    trail = [
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Predio %s") % (unit.number or key), reverse("property", args=[place.slug, key])),
        (_("Documentos"), None),
    ]
    context = {"key": key, "papers": _listed(papers_on(unit)), "trail": trail}
    return _page(request, "portal/papers/unit.html", place, on, form, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("document", "name")
def papers(request: HttpRequest, municipality: str) -> HttpResponse:
    """The papers issued last, and the certificate of having or not having property."""
    place, on = _place(request, municipality)
    form = HoldingsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        paper = _tried(
            form,
            lambda: issue_holdings(
                municipality=place,
                document=form.cleaned_data["document"],
                name=form.cleaned_data["name"],
                by=request.user,
                payment=form.payment(),
            ),
        )
        if paper is not None:
            return _to_paper(request, paper)
    trail = [(place.name, reverse("municipality", args=[place.slug])), (_("Documentos"), None)]
    context = {"papers": _listed(latest_papers(place)), "trail": trail}
    return _page(request, "portal/papers/latest.html", place, on, form, context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def paper_page(request: HttpRequest, municipality: str, code: str) -> HttpResponse:
    """One paper: download, sign in one of three ways, void."""
    place, on = _place(request, municipality)
    paper = paper_in(place, code)
    forms_of = {
        "upload": SignedFileForm,
        "void": VoidForm,
        "trial": forms.Form,
        "batch": forms.Form,
    }
    act = request.POST.get("act", "")
    form = forms_of.get(act, forms.Form)(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        done = _tried(form, lambda: _act(request, paper, act, form.cleaned_data))
        if done is not None:
            messages.success(request, _("Queda registrado."))
            return redirect("paper", place.slug, paper.code)
    trail = [
        (place.name, reverse("municipality", args=[place.slug])),
        (_("Documentos"), reverse("papers", args=[place.slug])),
        (number_of(paper), None),
    ]
    context = {
        "paper": paper_answer(paper),
        "code": paper.code,
        "trail": trail,
        "may_sign": can(request.user, "sign_papers", municipality=place, on=on),
        "upload_form": form if act == "upload" else SignedFileForm(),
        "void_form": form if act == "void" else VoidForm(),
    }
    return _page(request, "portal/papers/paper.html", place, on, form, context)


def _act(request: HttpRequest, paper: Paper, act: str, told: dict[str, Any]) -> object:
    by: Any = request.user
    if act == "trial":
        return sign_with_trial_key(paper, by=by)
    if act == "batch":
        return sign_with_batch_key(paper, by=by)
    if act == "upload":
        return take_signed_file(paper, by=by, content=told["file"].read())
    return void_paper(paper, by=by, reason=told["reason"]) if act == "void" else None


def _place(request: HttpRequest, municipality: str) -> tuple[Municipality, date]:
    place = municipality_for(request.user, municipality, on=timezone.localdate())
    on = today_in(place)
    if not may_work_with_papers(request.user, municipality=place, on=on):
        raise NotAllowed("Su nombramiento no permite emitir ni firmar documentos aquí.")
    return place, on


def _tried(form: forms.Form, act: Callable[[], Any]) -> Any:
    """What the act returns; None when the domain refused, and the form says why."""
    try:
        return act()
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.message)
        return None


def _to_paper(request: HttpRequest, paper: Paper) -> HttpResponse:
    messages.success(request, _("Se emitió %s.") % number_of(paper))
    return redirect("paper", paper.municipality.slug, paper.code)


def _listed(rows: list[Paper]) -> list[tuple[Paper, str]]:
    return [(paper, number_of(paper)) for paper in rows]


def _page(
    request: HttpRequest,
    template: str,
    place: Municipality,
    on: date,
    form: forms.Form,
    context: dict[str, Any],
) -> HttpResponse:
    fees = PaperFee.objects.filter(municipality=place, valid__contains=on).order_by("kind")
    return render(request, template, {"municipality": place, "form": form, "fees": fees, **context})
