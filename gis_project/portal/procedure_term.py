"""How the term of a procedure stands today, in words and in the colour that goes with them."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cadastre.models import Procedure
from cadastre.procedures.procedure_type import procedure_type
from gis_project.core.business_days import business_days_between

_SOON = 1  # business days


@dataclass(frozen=True, slots=True)
class Term:
    """`tag` is the class of the coloured label; `words` say the same without colour."""

    words: str
    tag: str
    ends_on: date | None


def term_of(procedure: Procedure, *, on: date, off: Collection[date]) -> Term:
    """The term of the state that the procedure is in; ``off`` are the municipality's own holidays."""
    found = procedure_type(procedure.kind)
    if procedure.closed_at is not None:
        return Term(_("Terminado"), "tag--good", None)
    if procedure.due_on is None:
        if found.state(procedure.state).waits_for_applicant:
            return Term(_("Espera al solicitante"), "", None)
        return Term(_("Sin plazo"), "", None)
    if procedure.due_on < on:
        late = business_days_between(procedure.due_on, on, also=off)
        if not late:  # since Friday, seen on Saturday
            return Term(_("Vencido"), "tag--bad", procedure.due_on)
        words = ngettext(
            "Vencido hace %(days)s día hábil", "Vencido hace %(days)s días hábiles", late
        )
        return Term(words % {"days": late}, "tag--bad", procedure.due_on)
    if procedure.due_on == on:
        return Term(_("Vence hoy"), "tag--warn", procedure.due_on)
    left = business_days_between(on, procedure.due_on, also=off)
    words = ngettext("Vence en %(days)s día hábil", "Vence en %(days)s días hábiles", left)
    tag = "tag--warn" if left <= _SOON else "tag--good"
    return Term(words % {"days": left}, tag, procedure.due_on)
