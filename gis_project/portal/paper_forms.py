"""What the counter types to issue, sign and void papers."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.operations.issue_certificate import ON_A_UNIT
from gis_project.territory.models import PaperKind
from gis_project.territory.operations.issue_paper import Payment

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}


class _Paid(forms.Form):
    receipt = forms.CharField(
        label=_("Número del comprobante de pago"),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    amount = forms.DecimalField(
        label=_("Valor pagado (USD)"),
        max_digits=8,
        decimal_places=2,
        min_value=Decimal(0),
        initial=Decimal("0.00"),
        localize=False,
        widget=forms.TextInput(attrs=_PLAIN | {"inputmode": "decimal"}),
    )

    def payment(self) -> Payment:
        return Payment(receipt=self.cleaned_data["receipt"], amount=self.cleaned_data["amount"])


class UnitPaperForm(_Paid):
    """A paper on a predio."""

    kind = forms.ChoiceField(
        label=_("Documento"),
        choices=[(kind.value, kind.label) for kind in map(PaperKind, ON_A_UNIT)],
    )
    is_official_copy = forms.BooleanField(
        label=_("Copia para la oficina, con los nombres de los colindantes"), required=False
    )
    field_order = ("kind", "receipt", "amount", "is_official_copy")


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
    field_order = ("document", "name", "receipt", "amount")

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
