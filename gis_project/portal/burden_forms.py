"""The forms of burdens: a gravamen or obligation is inscribed, or lifted."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.models import Responsibility, Restriction
from gis_project.portal.act_form import PLAIN, ActForm, figure_field
from gis_project.portal.act_words import BURDEN_WORDS
from gis_project.portal.predio_names import predio_names_field, read_names
from gis_project.portal.templatetags.lindero import usd
from gis_project.portal.transfer_form import TypedTaker


class RegisterEncumbranceForm(ActForm):
    kind = forms.ChoiceField(
        label=_("Clase"),
        choices=[
            (_("Gravámenes"), [(kind, BURDEN_WORDS[kind]) for kind in Restriction.Kind.values]),
            (
                _("Obligaciones"),
                [(kind, BURDEN_WORDS[kind]) for kind in Responsibility.Kind.values],
            ),
        ],
    )
    description = forms.CharField(
        label=_("Descripción"),
        required=False,
        max_length=500,
        widget=forms.TextInput(attrs=PLAIN),
    )
    amount = figure_field(
        _("Monto (USD)"),
        required=False,
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
    )
    rank = forms.IntegerField(
        label=_("Grado"),
        help_text=_("Solo de hipotecas: 1 es la primera."),
        required=False,
        min_value=1,
        max_value=99,
    )
    document = forms.CharField(
        label=_("A favor de quién: cédula, RUC o pasaporte"),
        required=False,
        max_length=20,
        widget=forms.TextInput(attrs=PLAIN),
    )
    name = forms.CharField(
        label=_("Nombres y apellidos o razón social, si aún no consta"),
        required=False,
        max_length=300,
        widget=forms.TextInput(attrs=PLAIN),
    )
    others = predio_names_field(_("Otros predios sobre los que pesa"), required=False)
    field_order = ("kind", "description", "amount", "rank", "document", "name", "others", "reason")

    def clean_others(self) -> list[str]:
        return read_names(self.cleaned_data["others"])

    def typed_people(self) -> list[TypedTaker]:
        """In whose favour, as typed; one row, perhaps empty."""
        told = self.cleaned_data
        return [TypedTaker(told["document"], told["name"], "")]

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        found: dict[str, Any] = {
            name: told[name] for name in ("kind", "description", "rank", "others")
        }
        return found | {"amount": str(told["amount"]) if told["amount"] is not None else None}


class LiftEncumbranceForm(ActForm):
    encumbrance = forms.ChoiceField(label=_("Lo que se levanta"), widget=forms.RadioSelect)
    everywhere = forms.BooleanField(
        label=_("En todos los predios sobre los que pesa"), required=False
    )
    field_order = ("encumbrance", "everywhere", "reason")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        found = [
            (str(one.encumbrance_id), _told(one))
            for model in (Restriction, Responsibility)
            for one in model.objects.known()
            .valid_on(self.on.day)
            .filter(unit=self.on.unit)
            .order_by("pk")
        ]
        self.fields["encumbrance"].choices = found  # type: ignore[attr-defined]  # a ChoiceField

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("encumbrance", "everywhere")}


def _told(burden: Any) -> str:
    amount = getattr(burden, "amount", None)
    parts = [str(BURDEN_WORDS.get(burden.kind, burden.kind)), burden.description, usd(amount)]
    return " · ".join(part for part in parts if part)
