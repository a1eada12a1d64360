"""The forms of the treasury's pages."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.models import CashDesk, Payment
from gis_project.core.money import InvalidAmount, parse_decimal, to_cents

_AT_A_WINDOW = (
    Payment.Means.CASH,
    Payment.Means.CHEQUE,
    Payment.Means.CARD,
    Payment.Means.TRANSFER,
)


class MoneyField(forms.CharField):
    """Dollars as people type them, with comma or point."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def to_python(self, value: Any) -> Decimal | None:  # type: ignore[override]
        text = str(value or "").strip()
        if not text:
            return None
        try:
            amount = to_cents(parse_decimal(text))
        except InvalidAmount as wrong:
            raise forms.ValidationError(wrong.message) from wrong
        if amount < 0:
            raise forms.ValidationError(_("El monto no puede ser negativo."))
        return amount

    def validate(self, value: Any) -> None:
        if value is None and self.required:
            raise forms.ValidationError(self.error_messages["required"])

    def run_validators(self, value: Any) -> None:
        return None


class FindDebt(forms.Form):
    text = forms.CharField(
        label=_("Clave, número de predio, título o comprobante"),
        help_text=_("O cédula y nombres, si escribe abajo a quién atiende."),
        max_length=120,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
    )
    purpose = forms.CharField(
        label=_("Turno que atiende"),
        help_text=_("Necesario para buscar personas; queda registrado."),
        max_length=120,
        required=False,
    )


class OpenDesk(forms.Form):
    desk = forms.ModelChoiceField(label=_("Caja"), queryset=CashDesk.objects.none())
    opening_float = MoneyField(label=_("Fondo de cambio (USD)"), initial="0")


class TakePayment(forms.Form):
    amount = MoneyField(
        label=_("Recibe a cuenta (USD)"),
        help_text=_("Vacío: todo lo marcado. Un abono no lleva descuento."),
        required=False,
    )
    means = forms.ChoiceField(
        label=_("Medio de pago"), choices=[(one.value, one.label) for one in _AT_A_WINDOW]
    )
    reference = forms.CharField(
        label=_("Voucher, cheque o transferencia"), max_length=60, required=False
    )


class CloseDesk(forms.Form):
    counted = MoneyField(label=_("Efectivo contado (USD)"), help_text=_("Con el fondo de cambio."))
    explanation = forms.CharField(
        label=_("Explicación de la diferencia"), max_length=500, required=False
    )


class AskReversal(forms.Form):
    reason = forms.CharField(label=_("Motivo del reverso"), max_length=300)
