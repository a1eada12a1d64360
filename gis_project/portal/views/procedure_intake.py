"""The counter receives a procedure: its type, its predios, what the office already holds, who asks, a receipt."""

from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from cadastre.models import Party, PartyIdentity, Procedure, PropertyUnit
from cadastre.operations.bind_applicant import (
    ApplicantMismatch,
    bind_applicant,
    find_identities,
)
from cadastre.operations.deed.door import unit_named
from cadastre.operations.receive_procedure import (
    Applicant,
    ProcedureIncomplete,
    check_may_receive,
    receive_procedure,
)
from cadastre.operations.tick_requirement import tick_requirement
from cadastre.procedures.procedure_type import ProcedureType, procedure_type, procedure_types
from cadastre.queries.holders import Holding, holders_of
from cadastre.queries.properties import PropertyFacts, property_facts
from cadastre.queries.requirement_states import met_by_data
from gis_project.core.errors import DomainError, NotAllowed
from gis_project.core.identification import check_identity
from gis_project.portal.procedure_door import ProcedureDesk, procedure_desk
from gis_project.portal.procedure_forms import ReceiveForm
from gis_project.territory.operations.log_access import log_access

_MAY = ("receive_procedures", "decide_procedures")


@dataclass(frozen=True, slots=True)
class _Looked:
    """What the register says of the predios typed; ``lost`` are those it does not know."""

    units: list[PropertyUnit] = field(default_factory=list)
    facts: list[PropertyFacts] = field(default_factory=list)
    holders: list[Holding] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)


@login_required
@require_safe
def intake(request: HttpRequest, municipality: str) -> HttpResponse:
    """The types that this person may receive; `?unit=` goes on to the chosen one."""
    desk = procedure_desk(request, municipality, *_MAY)
    kinds = [one for one in procedure_types().values() if _may_receive(desk, one)]
    context = {
        "municipality": desk.place,
        "trail": desk.trail((_("Recibir"), None)),
        "kinds": kinds,
        "unit": request.GET.get("unit", "")[:100],
    }
    return render(request, "portal/procedures/intake.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("id_number", "full_name", "email", "phone")
def receive(request: HttpRequest, municipality: str, kind: str) -> HttpResponse:
    """One type: looked up as often as wanted, then received; nothing typed is lost."""
    desk = procedure_desk(request, municipality, *_MAY)
    found = procedure_type(kind)
    check_may_receive(found, municipality=desk.place, by=desk.who, on=desk.on)
    names = request.POST.get("units", request.GET.get("unit", ""))
    looked = _look(desk, names[:4000])
    form = ReceiveForm(
        request.POST or None, initial={"units": names}, kind=found, holders=looked.holders
    )
    if request.method == "POST" and form.is_valid():
        for name in looked.lost:
            form.add_error("units", _("No hay un predio «%s» en este municipio.") % name[:60])
        if request.POST.get("do") == "receive" and not form.errors:
            procedure = _received(desk, found, form, looked)
            if procedure is not None:
                messages.success(request, _("Trámite %s recibido.") % procedure.number)
                return redirect("procedure_receipt", desk.place.slug, procedure.number)
    ticks = [
        (asked, met_by_data(asked, looked.units, desk.on), _is_asked_of_data(asked.ticks_from))
        for asked in found.requirements
        if asked.ticks_from != "manual"
    ]
    context = {
        "municipality": desk.place,
        "trail": desk.trail(
            (_("Recibir"), reverse("procedure_intake", args=[desk.place.slug])),
            (found.title, None),
        ),
        "kind": found,
        "form": form,
        "looked": looked,
        "ticks": ticks,
        "known": _known(desk, form),
    }
    return render(request, "portal/procedures/receive.html", context)


def _may_receive(desk: ProcedureDesk, kind: ProcedureType) -> bool:
    try:
        check_may_receive(kind, municipality=desk.place, by=desk.who, on=desk.on)
    except NotAllowed:
        return False
    return True


def _is_asked_of_data(ticks_from: str) -> bool:
    return ticks_from in ("holds", "open_debts")


def _look(desk: ProcedureDesk, typed: str) -> _Looked:
    """The predios by any key or number, with their holders for an office that sees them (recorded)."""
    looked = _Looked()
    for name in list(dict.fromkeys(row.strip() for row in typed.splitlines() if row.strip()))[:50]:
        try:
            unit = unit_named(desk.place, name)
        except DomainError:
            looked.lost.append(name)
            continue
        if unit not in looked.units:
            looked.units.append(unit)
            looked.facts.append(property_facts(unit, on=desk.on))
    if "holder" in desk.sees.right and "full_name" in desk.sees.party:
        for unit in looked.units:
            holders = holders_of(unit, on=desk.on)
            looked.holders.extend(
                one for one in holders if one.party_id not in {h.party_id for h in looked.holders}
            )
            log_access(
                municipality=desk.place,
                actor=desk.who,
                action="view_holders",
                query=str(unit.pk),
                found=len(holders),
                purpose="recepción de un trámite",
            )
    return looked


def _received(
    desk: ProcedureDesk, kind: ProcedureType, form: ReceiveForm, looked: _Looked
) -> Procedure | None:
    told = form.cleaned_data
    try:
        applicant = _applicant(desk, told)
        with transaction.atomic():
            procedure = receive_procedure(
                kind.code,
                municipality=desk.place,
                by=desk.who,
                applicant=applicant,
                units=looked.units,
                note=told["note"],
            )
            for code in form.seen():
                tick_requirement(procedure, code, by=desk.who)
    except ProcedureIncomplete as refusal:
        form.add_error(
            "units" if kind.needs_unit and not looked.units else "full_name", refusal.message
        )
    except ApplicantMismatch as refusal:
        form.add_error("id_number", refusal.message)
    except NotAllowed:
        raise
    except DomainError as refusal:
        form.add_error(None, refusal.message)
    else:
        return procedure
    return None


def _applicant(desk: ProcedureDesk, told: dict[str, Any]) -> Applicant:
    """The holder chosen or the person as typed, bound to the register where both agree. ApplicantMismatch."""
    party: Party | None = None
    if told.get("holder"):
        party = Party.objects.get(municipality=desk.place, pk=UUID(told["holder"]))
    typed = Applicant(
        party=party,
        full_name=told["full_name"],
        id_number=told["id_number"],
        email=told["email"],
        phone=told["phone"],
    )
    chosen = told["known"] if _sees_people(desk) else ""
    return bind_applicant(typed, municipality=desk.place, by=desk.who, chosen=chosen)


def _known(desk: ProcedureDesk, form: ReceiveForm) -> PartyIdentity | None:
    """Whom the typed document names, for an office that searches people; the look is recorded."""
    number = form.data.get("id_number", "").strip() if form.is_bound else ""
    if not number or not _sees_people(desk):
        return None
    number = check_identity(number).normalised[:20]
    found = find_identities(number, municipality=desk.place, by=desk.who)
    return found[0] if found else None


def _sees_people(desk: ProcedureDesk) -> bool:
    return desk.may("search_people") and "full_name" in desk.sees.party
