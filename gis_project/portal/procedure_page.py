"""What the page of a procedure shows: its steps and who takes them, requirements with documents, timeline."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from cadastre.models import AdministrativeSource, Procedure, ProcedureRequirement
from cadastre.procedures.procedure_type import ProcedureType, Transition, procedure_type
from cadastre.queries.own_no_debt import own_certificates
from cadastre.queries.requirement_states import EXCUSED, RequirementState, requirement_states
from gis_project.portal.brought_documents import BroughtDocument, brought_documents
from gis_project.portal.procedure_forms import ProcedureDocumentForm, StepForm
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import can
from gis_project.territory.roles import shipped_roles

_EVENTS = {
    "receive": _("Recibir el trámite"),
    "hold": _("Tomar a cargo"),
    "tick": _("Cumplir un requisito"),
    "notify": _("Notificar al solicitante"),
    "comment": _("Comentario"),
}
HOW_WORDS: dict[str, Any] = {
    ProcedureRequirement.How.SOURCE: _("Con el documento presentado"),
    ProcedureRequirement.How.HOLDS: _("La oficina ya lo tiene"),
    ProcedureRequirement.How.OPEN_DEBTS: _("No hay deudas"),
    ProcedureRequirement.How.MANUAL: _("Verificado por un funcionario"),
    EXCUSED: _("No se pide: el documento presentado exime de él"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedStep:
    """A step from here. ``is_mine``: this person may take it; ``barred`` says why not although the role could."""

    step: Transition
    to: str
    roles: tuple[str, ...]
    is_mine: bool
    barred: str
    form: StepForm


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedFor:
    """A requirement with its documents, and the form that brings another (None where none is brought)."""

    state: RequirementState
    how: str
    documents: tuple[BroughtDocument, ...]
    document_form: ProcedureDocumentForm | None
    may_tick: bool
    may_undo: bool


@dataclass(frozen=True, slots=True)
class Happened:
    """A line of the timeline."""

    title: str
    is_table_step: bool
    state: str
    who: str
    at: datetime
    note: str


def steps_offered(
    procedure: Procedure, *, by: User, municipality: Municipality, on: date, form: StepForm | None
) -> list[OfferedStep]:
    """Every step from its state, first those of this person; ``form`` is one that was refused."""
    if procedure.closed_at is not None:
        return []
    found = procedure_type(procedure.kind)
    offered = []
    for step in found.steps_from(procedure.state):
        is_refused = form is not None and form.step.step == step.step
        offered.append(
            OfferedStep(
                step=step,
                to=found.state(step.to).title,
                roles=tuple(
                    role.name for role in shipped_roles() if step.capability in role.capabilities
                ),
                is_mine=can(by, step.capability, municipality=municipality, on=on),
                barred=_why_not(procedure, found, step, by),
                form=form if is_refused and form else StepForm(step=step, procedure=procedure),
            )
        )
    return sorted(offered, key=lambda one: not one.is_mine)


def requirements_shown(
    procedure: Procedure, *, by: User, on: date, handles: bool, form: ProcedureDocumentForm | None
) -> list[AskedFor]:
    """Each requirement as it stands for ``by``; ``handles``: that person may tick and bring."""
    is_open = handles and procedure.closed_at is None
    rows = procedure.requirements.filter(how="SOURCE").order_by("pk")
    rows = rows.select_related("source__typed_by", "source__confirmation__confirmed_by")
    brought: dict[str, list[AdministrativeSource]] = {}
    for row in rows.prefetch_related("source__files__file"):
        if row.source is not None:
            brought.setdefault(row.requirement, []).append(row.source)
    units = [row.unit for row in procedure.units.select_related("unit")]
    ours = own_certificates((one for ones in brought.values() for one in ones), units)
    shown = []
    for state in requirement_states(procedure, on=on):
        asked = state.requirement
        takes_papers = is_open and bool(asked.kinds)
        refused = form if form is not None and form.data.get("requirement") == asked.code else None
        shown.append(
            AskedFor(
                state=state,
                how=str(HOW_WORDS.get(state.how, "")) if state.is_met else "",
                documents=brought_documents(
                    brought.get(asked.code, ()),
                    ours=ours,
                    by=by,
                    municipality=procedure.municipality,
                    on=on,
                    is_open=procedure.closed_at is None,
                ),
                document_form=(refused or ProcedureDocumentForm(asked=asked))
                if takes_papers
                else None,
                may_tick=is_open and not state.is_met and asked.ticks_from in ("manual", "holds"),
                may_undo=is_open and state.is_met and state.is_kept and state.how != "OPEN_DEBTS",
            )
        )
    return shown


def timeline(procedure: Procedure) -> list[Happened]:
    """What happened, newest first."""
    found = procedure_type(procedure.kind)
    titles = {step.step: step.title for step in found.transitions}
    return [
        Happened(
            titles.get(event.step) or str(_EVENTS.get(event.step, event.step)),
            event.step in titles or event.step == "receive",
            found.state(event.state).title,
            event.by.full_name if event.by else "",
            event.recorded_at,
            event.note,
        )
        for event in procedure.events.select_related("by").order_by("-pk")
    ]


def _why_not(procedure: Procedure, found: ProcedureType, step: Transition, by: User) -> str:
    """Four eyes: the one who took the step before does not take this one."""
    if step.not_by and procedure.events.filter(step=step.not_by, by=by).exists():
        former = next(one.title for one in found.transitions if one.step == step.not_by)
        return str(_("Usted dio el paso «%s»: este lo da otra persona.") % former)
    proposal = procedure.proposal
    if step.proposal == "APPROVED" and proposal is not None and proposal.prepared_by_id == by.pk:
        return str(_("Usted preparó el cambio: lo aprueba otra persona."))
    return ""
