"""What officials type on the pages of procedures: to receive one, and for each of its steps."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.models import Procedure, ProcedureNotice, Proposal
from cadastre.operations.take_procedure_step import Amount, Change
from cadastre.procedures.procedure_type import ProcedureType, Requirement, Transition
from cadastre.queries.holders import Holding
from cadastre.queries.procedures import proposals_for
from gis_project.portal.act_form import PLAIN, figure_field
from gis_project.portal.act_words import DOCUMENT_WORDS
from gis_project.portal.document_form import DocumentForm

MOST_PREDIOS = 50


class ReceiveForm(forms.Form):
    """A procedure at the counter; `holders` are those of its predios, offered as applicants."""

    units = forms.CharField(
        label=_("Predio: clave o número"),
        help_text=_("Si son varios, uno por fila."),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 2}),
    )
    holder = forms.ChoiceField(label=_("Quién lo pide"), required=False, widget=forms.RadioSelect)
    id_number = forms.CharField(
        label=_("Cédula, RUC o pasaporte"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    full_name = forms.CharField(
        label=_("Nombres y apellidos"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    known = forms.CharField(max_length=36, required=False)
    email = forms.EmailField(
        label=_("Correo, para avisarle"),
        required=False,
        widget=forms.EmailInput(attrs=PLAIN),
    )
    phone = forms.CharField(
        label=_("Teléfono"),
        max_length=20,
        required=False,
        widget=forms.TextInput(attrs=PLAIN | {"inputmode": "tel"}),
    )
    note = forms.CharField(
        label=_("Nota"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(
        self,
        *arguments: Any,
        kind: ProcedureType,
        holders: Sequence[Holding] = (),
        **options: Any,
    ) -> None:
        super().__init__(*arguments, **options)
        self.kind = kind
        people = {str(one.party_id): one.full_name for one in holders}
        if people:
            self.fields["holder"].choices = [*people.items(), ("", _("Otra persona"))]  # type: ignore[attr-defined]  # a ChoiceField
        else:
            del self.fields["holder"]
        for asked in self.by_sight:
            self.fields[f"seen_{asked.code}"] = forms.BooleanField(label=asked.text, required=False)

    @property
    def by_sight(self) -> list[Requirement]:
        """The requirements that an official ticks by looking."""
        return [one for one in self.kind.requirements if one.ticks_from == "manual"]

    @property
    def seen_fields(self) -> list[forms.BoundField]:
        return [self[f"seen_{asked.code}"] for asked in self.by_sight]

    @property
    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("id_number", "full_name", "email", "phone")]

    def clean_units(self) -> list[str]:
        typed: str = self.cleaned_data["units"]
        names = list(dict.fromkeys(row.strip() for row in typed.splitlines() if row.strip()))
        if len(names) > MOST_PREDIOS or any(len(name) > 100 for name in names):
            raise forms.ValidationError(_("Escriba hasta 50 predios, uno por fila."))
        return names

    def seen(self) -> list[str]:
        """The codes of the requirements ticked by looking."""
        return [one.code for one in self.by_sight if self.cleaned_data[f"seen_{one.code}"]]


class ProcedureDocumentForm(DocumentForm):
    """A document for one requirement; only the kinds that meet it."""

    requirement = forms.CharField(max_length=40, widget=forms.HiddenInput)

    def __init__(self, *arguments: Any, asked: Requirement | None = None, **options: Any) -> None:
        super().__init__(*arguments, **options)
        if asked is not None:
            self.fields["kind"].choices = [(kind, DOCUMENT_WORDS[kind]) for kind in asked.kinds]  # type: ignore[attr-defined]  # a ChoiceField
            self.fields["requirement"].initial = asked.code
            self.auto_id = f"{asked.code}_%s"
            if "INSCRIPTION" not in asked.kinds:
                del self.fields["repertory"], self.fields["book"]


class StepForm(forms.Form):
    """What one step asks for: its note, its amounts, the proposal that it takes along."""

    def __init__(
        self, *arguments: Any, step: Transition, procedure: Procedure, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.step = step
        self.auto_id = f"{step.step}_%s"
        if step.proposal == Proposal.State.SUBMITTED:
            self.fields["proposal"] = ProposalChoice(
                label=_("Cambio preparado"), queryset=proposals_for(procedure), empty_label=None
            )
        for concept in step.amounts:
            self.fields[f"amount_{concept}"] = figure_field(
                _("Valor de %s (USD)") % concept,
                max_digits=14,
                decimal_places=2,
                min_value=Decimal(0),
            )
            self.fields[f"receipt_{concept}"] = forms.CharField(
                label=_("Comprobante de %s") % concept,
                max_length=60,
                required=False,
                widget=forms.TextInput(attrs=PLAIN),
            )
        self.fields["note"] = forms.CharField(
            label=_("Nota"),
            help_text=_("Queda en el trámite; la leen los funcionarios, no el público."),
            max_length=2000,
            required=step.needs_note,
            widget=forms.Textarea(attrs={"rows": 3}),
        )

    def amounts(self) -> dict[str, Amount]:
        told = self.cleaned_data
        return {
            concept: Amount(amount=told[f"amount_{concept}"], receipt=told[f"receipt_{concept}"])
            for concept in self.step.amounts
        }

    def change(self) -> Change:
        return Change(proposal=self.cleaned_data.get("proposal"))


class ProposalChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # not generic at run time
    """A proposal by its reason and day."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.prepared_at:%d/%m/%Y} · {obj.reason[:80]}"


class NoticeForm(forms.Form):
    how = forms.ChoiceField(
        label=_("Cómo se notifica"),
        choices=[
            (ProcedureNotice.How.PRINTED, _("En persona, impresa")),
            (ProcedureNotice.How.EMAIL, _("Por correo electrónico")),
        ],
    )
    text = forms.CharField(
        label=_("Lo que se le dice al solicitante"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class CommentForm(forms.Form):
    comment = forms.CharField(
        label=_("Comentario"),
        help_text=_("Entre funcionarios: el solicitante no lo ve."),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class FindForm(forms.Form):
    """By POST, so that no cédula stands in an address or a log."""

    text = forms.CharField(
        label=_("Número, código de seguimiento o cédula del solicitante"),
        max_length=40,
        widget=forms.TextInput(attrs=PLAIN | {"type": "search"}),
    )
