"""Officials' pages of acts on a predio: what it admits, and the forms that rehearse and propose one."""

from collections.abc import Mapping
from decimal import Decimal
from functools import partial
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
from django.views.decorators.http import require_http_methods, require_safe

from cadastre.models import PropertyUnit
from cadastre.queries.holders import Holding
from cadastre.queries.household_record import CAPABILITY as HOUSEHOLDS
from cadastre.queries.properties import PropertyFacts, find_property, property_facts
from gis_project.core.errors import DomainError, NotAllowed, NotFound
from gis_project.portal.acquirers import find_acquirers, takers_told
from gis_project.portal.act_form import ActForm
from gis_project.portal.act_on import ActOn
from gis_project.portal.act_rehearsal import ActAsked, proposed, rehearsed
from gis_project.portal.acts_of import WITH_FORM, acts_of
from gis_project.portal.audience import Sees, what_is_seen
from gis_project.portal.burden_forms import RegisterEncumbranceForm
from gis_project.portal.chosen_thing import ONE_OF
from gis_project.portal.correct_party_form import CorrectPartyForm
from gis_project.portal.ground_forms import ADJUST_FORMS
from gis_project.portal.plain_act_forms import PLAIN_FORMS
from gis_project.portal.procedure_named import procedure_named
from gis_project.portal.property_page import holders_context
from gis_project.portal.rights_forms import CorrectRightsForm, EndRightForm
from gis_project.portal.split_forms import SPLIT_FORMS
from gis_project.portal.transfer_form import MOST_TAKERS, HoldersForm, TransferForm
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import can, check_can, municipality_for

_WAYS: dict[str, dict[str, Any]] = {"split_parcel": SPLIT_FORMS, "adjust_boundary": ADJUST_FORMS}
# Their forms ask who holds the predio.
_OF_HOLDERS: dict[str, Any] = {
    "transfer_rights": TransferForm,
    "correct_rights": CorrectRightsForm,
    "end_right": EndRightForm,
}
# Corrects one of the holders, whom `?by=` names.
_OF_A_HOLDER = "correct_party"
_TEMPLATES = {
    "transfer_rights": "transfer",
    "correct_attributes": "correct_attributes",
    "correct_building": "correct_building",
    "correct_rights": "correct_rights",
}


@login_required
@require_safe
def unit_acts(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    """What can be done with one predio, which documents each act needs, and what it owes."""
    desk = _Desk(request, municipality, key)
    acts = acts_of(desk.unit, on=desk.on)
    context = {"acts": acts, "facts": desk.facts, "key": key}
    context["sees_households"] = can(request.user, HOUSEHOLDS, municipality=desk.place, on=desk.on)
    return desk.page("portal/acts/list.html", context, (_("Actos"), None))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters()
def act_form(request: HttpRequest, municipality: str, key: str, verb: str) -> HttpResponse:
    """One act: rehearsed as often as wanted, then proposed; a refusal stands beside what was typed."""
    desk = _Desk(request, municipality, key)
    offered = {act.verb: act for act in acts_of(desk.unit, on=desk.on).offered}
    if verb not in WITH_FORM or verb not in offered:
        raise NotFound("Este predio no admite ese acto, o se hace por la API.")
    act = offered[verb]
    ways = _ways(desk, verb)
    if (verb in ONE_OF or verb == _OF_A_HOLDER) and not ways:
        context = {"act": act, "key": key}
        return desk.page("portal/acts/none.html", context, (act.title, None))
    do = request.POST.get("do", "")
    form = _form(desk, verb, do)
    preview = None
    if request.method == "POST" and do in ("rehearse", "propose") and form.is_valid():
        try:
            asked, acquirers = _asked(desk, verb, form), _acquirers(desk, form)
            tell = partial(_told, desk, form, acquirers)
            if do == "propose":
                proposal = proposed(asked, tell)
                messages.success(
                    request, _("La propuesta quedó presentada: espera a quien aprueba.")
                )
                if number := procedure_named(request):
                    return redirect("procedure", desk.place.slug, number)
                return redirect("proposal", desk.place.slug, proposal.pk)
            preview = rehearsed(asked, tell, sees=desk.sees)
        except DomainError as refusal:
            form.add_error(None, refusal.message)
    context = {
        "act": act,
        "key": key,
        "facts": desk.facts,
        "form": form,
        "preview": preview,
        "ways": [(code, name) for code, (name, _form_class) in ways.items()],
        "way": _way(request, ways),
        "procedure": procedure_named(request),
        "may_add_taker": getattr(form, "taker_count", MOST_TAKERS) < MOST_TAKERS,
    }
    acts_page = (_("Actos"), reverse("unit_acts", args=[desk.place.slug, key]))
    return desk.page(
        f"portal/acts/{_TEMPLATES.get(verb, 'plain')}.html", context, acts_page, (act.title, None)
    )


class _Desk:
    """Who works on which predio, where and when; NotFound, NotAllowed, PropertyNotFound."""

    def __init__(self, request: HttpRequest, municipality: str, key: str) -> None:
        self.request = request
        self.place: Municipality = municipality_for(
            request.user, municipality, on=timezone.localdate()
        )
        self.on = today_in(self.place)
        check_can(request.user, "edit_parcels", municipality=self.place, on=self.on)
        self.key = key
        self.unit: PropertyUnit = find_property(municipality=self.place, text=key)
        self.facts: PropertyFacts = property_facts(self.unit, on=self.on)
        self._holders: tuple[Holding, ...] | None = None
        self.sees: Sees = what_is_seen(request, municipality=self.place, on=self.on)

    @property
    def sees_holders(self) -> bool:
        """Whether this office sees who holds a predio."""
        return "holder" in self.sees.right and "full_name" in self.sees.party

    def holders(self) -> tuple[Holding, ...]:
        """The holders, recorded as seen; empty for an office that does not see them."""
        if self._holders is None:
            told = holders_context(self.request, self.place, self.unit, self.sees, on=self.on)
            self._holders = tuple(told["holders"] or ())
        return self._holders

    def page(
        self, template: str, context: Mapping[str, Any], *trail: tuple[str, str | None]
    ) -> HttpResponse:
        slug = self.place.slug
        way = [
            (self.place.name, reverse("municipality", args=[slug])),
            (
                _("Predio %s") % (self.facts.number or self.key),
                reverse("property", args=[slug, self.key]),
            ),
            *trail,
        ]
        shared = {"municipality": self.place, "trail": way, "sees": self.sees}
        return render(self.request, template, shared | dict(context))


def _form(desk: _Desk, verb: str, do: str) -> Any:
    request = desk.request
    fresh: dict[str, Any] = {"initial": {"revision": desk.unit.revision}}
    if number := procedure_named(request):
        fresh["initial"]["reason"] = _("Trámite %s") % number
    if verb in _OF_HOLDERS:
        form_class = _OF_HOLDERS[verb]
        if form_class in (CorrectRightsForm, TransferForm) and not desk.sees_holders:
            # Who stands there unseen would leave, or give all that he has, without anybody meaning it.
            raise NotAllowed(
                "Su oficina no ve a los titulares: corrige o transfiere la tenencia quien los ve."
            )
        takers = _number(request.POST.get("takers", "1"))
        fixed: dict[str, Any] = {"holders": desk.holders(), "on": desk.on}
        if do == "more":
            typed = request.POST.dict() | {"revision": request.POST.get("revision", "")}
            return form_class(initial=typed, takers=min(takers + 1, MOST_TAKERS), **fixed)
        if request.method == "POST":
            return form_class(request.POST, takers=takers, **fixed)
        return form_class(initial=fresh["initial"], takers=1, **fixed)
    told = fresh
    if request.method == "POST":
        told = {"data": request.POST, "files": request.FILES}
    ways = _ways(desk, verb)
    way = _way(request, ways)
    if verb == "split_parcel":
        split_class = ways[way][1]
        return split_class(town=desk.place, grid_per_legal=_grid_per_legal(desk.facts), **told)
    form_class = ways[way][1] if ways else PLAIN_FORMS[verb]
    which = way if verb in ONE_OF or verb == _OF_A_HOLDER else ""
    return form_class(on=ActOn(desk.place, desk.unit, desk.on, which), **told)


def _asked(desk: _Desk, verb: str, form: ActForm) -> ActAsked:
    told = form.cleaned_data
    return ActAsked(
        verb=verb,
        municipality=desk.place,
        by=desk.request.user,
        on=desk.on,
        reason=told["reason"],
        about=str(desk.unit.pk),
        procedure=procedure_named(desk.request),
        revisions={desk.unit.pk: told["revision"]},
    )


def _acquirers(desk: _Desk, form: forms.Form) -> list[Any]:
    """Those whom the form names by their document: who acquires, or in whose favour a burden is."""
    if isinstance(form, HoldersForm):
        rows = form.typed_takers()
    elif isinstance(form, RegisterEncumbranceForm):
        rows = form.typed_people()
    else:
        return []
    return find_acquirers(
        rows,
        municipality=desk.place,
        by=desk.request.user,
        purpose=form.cleaned_data["reason"][:200],
    )


def _told(desk: _Desk, form: ActForm, acquirers: list[Any]) -> tuple[dict[str, Any], list[str]]:
    told = {"unit": str(desk.unit.pk), **form.told()}
    if not acquirers:
        return told, []
    takers, notes = takers_told(
        acquirers,
        kind=form.taken_kind if isinstance(form, HoldersForm) else "",
        municipality=desk.place,
        by=desk.request.user,
        reason=form.cleaned_data["reason"],
    )
    if isinstance(form, HoldersForm):
        return told | form.with_takers(takers), notes
    return told | {"beneficiary": takers[0]["party"]}, notes


def _ways(desk: _Desk, verb: str) -> dict[str, Any]:
    """The ways to ask the act, or the predio's things of which it is one, by what `?by=` says."""
    if verb == _OF_A_HOLDER:
        return {str(one.party_id): (one.full_name, CorrectPartyForm) for one in desk.holders()}
    if verb in ONE_OF:
        things, form_class = ONE_OF[verb]
        found = things(ActOn(desk.place, desk.unit, desk.on))
        return {thing: (name, form_class) for thing, name in found.items()}
    return _WAYS.get(verb, {})


def _way(request: HttpRequest, ways: Mapping[str, Any]) -> str:
    """The way asked for by `?by=`, else the act's first; empty for an act that has but one."""
    way = request.GET.get("by", "")
    return way if way in ways else next(iter(ways), "")


def _number(text: str) -> int:
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 3 else 1
    return min(max(number, 1), MOST_TAKERS)


def _grid_per_legal(facts: PropertyFacts) -> Decimal:
    """How many square metres of the storage grid a legal one has on this predio."""
    if facts.geom is None or not facts.legal_area_m2:
        raise NotFound("El predio no tiene plano en el catastro: no hay terreno que dividir.")
    return Decimal(str(facts.geom.area)) / facts.legal_area_m2  # type: ignore[attr-defined]  # PropertyFacts stays free of GEOS
