"""One procedure on the officials' side: its timeline, what is missing, and every step that can be taken."""

from collections.abc import Callable, Mapping
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from cadastre.models import Procedure, ProcedureEvent
from cadastre.operations.bring_procedure_document import bring_procedure_document
from cadastre.operations.comment_procedure import comment_procedure
from cadastre.operations.confirm_source import confirm_source
from cadastre.operations.hold_procedure import hold_procedure
from cadastre.operations.notify_applicant import notify_applicant
from cadastre.operations.see_applicant import see_applicant
from cadastre.operations.take_procedure_step import take_procedure_step
from cadastre.operations.tick_requirement import MAY_TICK, tick_requirement
from cadastre.procedures.procedure_type import procedure_type
from cadastre.queries.procedure_holders import holders_of_procedures, offices_of
from cadastre.queries.properties import property_facts
from gis_project.core.errors import DomainError, NotFound
from gis_project.core.verification_code import shown_code
from gis_project.portal.acts_of import WITH_FORM
from gis_project.portal.procedure_door import READS_FILES, ProcedureDesk, procedure_desk
from gis_project.portal.procedure_forms import (
    CommentForm,
    NoticeForm,
    ProcedureDocumentForm,
    StepForm,
)
from gis_project.portal.procedure_page import requirements_shown, steps_offered, timeline
from gis_project.portal.procedure_term import term_of
from gis_project.territory.queries.days_off import days_off

_DONE = {
    "step": gettext_lazy("El paso quedó dado."),
    "tick": gettext_lazy("El requisito quedó cumplido."),
    "undo": gettext_lazy("El requisito quedó sin efecto."),
    "document": gettext_lazy("El documento quedó guardado."),
    "confirm": gettext_lazy("El documento quedó confirmado."),
    "notify": gettext_lazy("La notificación quedó registrada."),
    "comment": gettext_lazy("El comentario quedó guardado."),
    "hold": gettext_lazy("El trámite está a su cargo."),
}


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("note", "text", "comment")
def procedure(request: HttpRequest, municipality: str, number: str) -> HttpResponse:
    """The page; a refused step stands beside what was typed."""
    desk = procedure_desk(request, municipality)
    found = desk.procedure(number)
    do, _colon, what = request.POST.get("do", "").partition(":")
    form: Any = forms.Form()
    if request.method == "POST" and do in _DONE:
        form = _form(desk, found, do, what)
        if form.is_valid():
            try:
                _ACTS[do](desk, found, what, form)
            except DomainError as refusal:
                form.add_error(None, refusal.message)
                found = desk.procedure(number)
            else:
                messages.success(request, str(_DONE[do]))
                return redirect("procedure", desk.place.slug, found.number)
    return render(request, "portal/procedures/desk.html", _context(desk, found, do, form))


def _context(desk: ProcedureDesk, found: Procedure, do: str, form: Any) -> dict[str, Any]:
    kind = procedure_type(found.kind)
    handles = desk.may(*MAY_TICK)
    units = [row.unit for row in found.units.select_related("unit", "unit__municipality")]
    steps = steps_offered(
        found,
        by=desk.who,
        municipality=desk.place,
        on=desk.on,
        form=form if isinstance(form, StepForm) else None,
    )
    holders = holders_of_procedures([found], municipality=desk.place, on=desk.on)
    holder = holders.get(found.pk)
    told = {
        "municipality": desk.place,
        "trail": desk.trail((found.number, None)),
        "procedure": found,
        "kind": kind,
        "state": kind.state(found.state),
        "shown_code": shown_code(found.code),
        "term": term_of(found, on=desk.on, off=days_off(desk.place)),
        "is_late": found.closed_at is None and found.promised_on < desk.on,
        "predios": [property_facts(unit, on=desk.on) for unit in units],
        "applicant": see_applicant(found, by=desk.who, sees=desk.sees.party),
        "sees": desk.sees,
        "steps": [one for one in steps if one.is_mine],
        "others": [one for one in steps if not one.is_mine],
        "requirements": requirements_shown(
            found,
            by=desk.who,
            on=desk.on,
            handles=handles,
            form=form if isinstance(form, ProcedureDocumentForm) else None,
        ),
        "handles": handles,
        "reads_files": desk.may(*READS_FILES),
        "holder": holder,
        "offices": offices_of(found),
        "may_hold": found.closed_at is None
        and (holder is None or holder.pk != desk.who.pk)
        and any(one.is_mine for one in steps),
        "act_verb": kind.verb if kind.verb in WITH_FORM and desk.may("edit_parcels") else "",
        "events": timeline(found),
        "amounts": found.amounts.order_by("pk"),
        "notices": found.notices.select_related("by").order_by("-pk"),
        "form": form,
        "do": do,
        "notice_form": form if do == "notify" else NoticeForm(initial=_notice(desk, found)),
        "comment_form": form if do == "comment" else CommentForm(),
    }
    return told


def _notice(desk: ProcedureDesk, found: Procedure) -> dict[str, Any]:
    """What the state says to the public, and the remark with which the procedure came here."""
    state = procedure_type(found.kind).state(found.state)
    last = (
        ProcedureEvent.objects.filter(procedure=found, state=found.state)
        .exclude(step__in=("tick", "notify", "comment", "hold", "receive"))
        .order_by("-pk")
        .first()
    )
    remark = last.note if last is not None and (state.waits_for_applicant or state.is_final) else ""
    return {"text": f"{state.public}\n\n{remark}".strip()}


def _form(desk: ProcedureDesk, found: Procedure, do: str, what: str) -> forms.Form:
    data = desk.request.POST
    if do == "step":
        step = procedure_type(found.kind).step(what, state=found.state)
        if step is not None:
            return StepForm(data, step=step, procedure=found)
        return _Vague({"of": what})
    if do == "document":
        wanted = data.get("requirement", "")
        asked = [one for one in procedure_type(found.kind).requirements if one.code == wanted]
        return ProcedureDocumentForm(data, desk.request.FILES, asked=asked[0] if asked else None)
    if do == "notify":
        return NoticeForm(data)
    if do == "comment":
        return CommentForm(data)
    if do == "confirm":
        return _Remark(data)
    return _Vague({"of": what})


class _Vague(forms.Form):
    """A button without fields; what it is about stands in its value."""

    of = forms.CharField(required=False, max_length=60, widget=forms.HiddenInput)


class _Remark(forms.Form):
    """What somebody remarks on the document that he confirms."""

    note = forms.CharField(required=False, max_length=300)


def _step(desk: ProcedureDesk, found: Procedure, what: str, form: Any) -> object:
    if not isinstance(form, StepForm):  # the procedure has moved on: the domain says where it is
        return take_procedure_step(found, what, by=desk.who)
    return take_procedure_step(
        found,
        what,
        by=desk.who,
        note=form.cleaned_data["note"],
        amounts=form.amounts(),
        change=form.change(),
    )


def _document(desk: ProcedureDesk, found: Procedure, _what: str, form: Any) -> object:
    return bring_procedure_document(
        found,
        document=form.document(),
        by=desk.who,
        file=form.brought_file(),
        requirement=form.cleaned_data["requirement"],
    )


def _confirm(desk: ProcedureDesk, found: Procedure, what: str, form: Any) -> object:
    rows = found.requirements.filter(how="SOURCE", source__isnull=False).select_related("source")
    source = next((row.source for row in rows if str(row.source_id) == what), None)
    if source is None:
        raise NotFound("No hay tal documento en este trámite.")
    return confirm_source(source, by=desk.who, note=form.cleaned_data["note"])


def _notify(desk: ProcedureDesk, found: Procedure, _what: str, form: Any) -> object:
    told = form.cleaned_data
    return notify_applicant(found, how=told["how"], text=told["text"], by=desk.who)


_ACTS: Mapping[str, Callable[[ProcedureDesk, Procedure, str, Any], object]] = {
    "step": _step,
    "document": _document,
    "confirm": _confirm,
    "notify": _notify,
    "tick": lambda desk, found, what, _form: tick_requirement(found, what, by=desk.who),
    "undo": lambda desk, found, what, _form: tick_requirement(found, what, by=desk.who, undo=True),
    "comment": lambda desk, found, _what, form: comment_procedure(
        found, text=form.cleaned_data["comment"], by=desk.who
    ),
    "hold": lambda desk, found, _what, _form: hold_procedure(found, by=desk.who),
}
