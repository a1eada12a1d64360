"""What the counter types to issue, sign and void papers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.operations.issue_certificate import ON_A_UNIT
from gis_project.portal.act_form import figure_field
from gis_project.territory.models import PaperKind
from gis_project.territory.operations.issue_paper import Payment

MOST_IN_A_BATCH = 1000
_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class _Paid(forms.Form):
    receipt = forms.CharField(
        label=_("Número del comprobante de pago"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    amount = figure_field(
        _("Valor pagado (USD)"),
        max_digits=8,
        decimal_places=2,
        min_value=Decimal(0),
        initial=Decimal("0.00"),
    )
    receipt_total = figure_field(
        _("Total del comprobante, si pagó varios documentos (USD)"),
        max_digits=10,
        decimal_places=2,
        min_value=Decimal(0),
        required=False,
    )

    def payment(self) -> Payment:
        told = self.cleaned_data
        return Payment(receipt=told["receipt"], amount=told["amount"], total=told["receipt_total"])


class UnitPaperForm(_Paid):
    """A paper on a predio."""

    kind = forms.ChoiceField(
        label=_("Documento"),
        choices=[(kind.value, kind.label) for kind in map(PaperKind, ON_A_UNIT)],
    )
    is_official_copy = forms.BooleanField(
        label=_("Copia para la oficina, con los nombres de los colindantes"), required=False
    )
    field_order = ("kind", "receipt", "amount", "receipt_total", "is_official_copy")


class BatchForm(_Paid):
    """The same paper on many predios: the receipt pays for all of them, the amount is each paper's."""

    kind = forms.ChoiceField(
        label=_("Documento"),
        choices=[(kind.value, kind.label) for kind in map(PaperKind, ON_A_UNIT)],
    )
    units = forms.CharField(
        label=_("Predios"),
        help_text=_("Clave o número, uno por fila; hasta 1.000."),
        max_length=100_000,
        widget=forms.Textarea(attrs=_PLAIN | {"rows": 8}),
    )
    field_order = ("kind", "units", "receipt", "amount", "receipt_total")

    def clean_units(self) -> list[str]:
        typed: str = self.cleaned_data["units"]
        names = list(dict.fromkeys(row.strip() for row in typed.splitlines() if row.strip()))
        if len(names) > MOST_IN_A_BATCH or any(len(name) > 100 for name in names):
            raise forms.ValidationError(_("Escriba hasta 1.000 predios, uno por fila."))
        return names


class HoldingsForm(_Paid):
    """A certificate of having or not having property."""

    document = forms.CharField(
        label=_("Cédula o RUC"), max_length=20, widget=forms.TextInput(attrs=_PLAIN)
    )
    name = forms.CharField(
        label=_("Nombres y apellidos, si no consta en el catastro"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    field_order = ("document", "name", "receipt", "amount", "receipt_total")

    def clean_name(self) -> str:
        name: Any = self.cleaned_data["name"]
        return " ".join(str(name).split())


class SignedFileForm(forms.Form):
    file = forms.FileField(
        label=_("PDF firmado en FirmaEC"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )


class VoidForm(forms.Form):
    reason = forms.CharField(label=_("Motivo de la anulación"), max_length=300)
