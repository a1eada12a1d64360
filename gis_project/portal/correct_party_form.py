"""The form that corrects one of a predio's holders: only what is written changes."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_form import PLAIN, ActForm

_CHANGES = ("full_name", "document", "birth_date", "phone", "email", "postal_address")


def _text(label: Any, length: int) -> forms.CharField:
    widget = forms.TextInput(attrs=PLAIN)
    return forms.CharField(label=label, max_length=length, required=False, widget=widget)


class CorrectPartyForm(ActForm):
    """Of the holder that ``on.which`` names; what is left empty stays as it is."""

    full_name = _text(_("Nombres y apellidos, o razón social"), 300)
    document = _text(_("Cédula, RUC o pasaporte"), 30)
    birth_date = forms.DateField(
        label=_("Fecha de nacimiento"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    phone = _text(_("Teléfono"), 30)
    email = forms.EmailField(
        label=_("Correo"), required=False, widget=forms.EmailInput(attrs=PLAIN)
    )
    postal_address = _text(_("Domicilio"), 300)
    field_order = (*_CHANGES, "reason")

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not any(told.get(name) for name in _CHANGES):
            self.add_error("full_name", _("Escriba lo que se corrige; lo demás, en blanco."))
        return told

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data
        changes = {name: given[name] for name in _CHANGES if given[name]}
        if "birth_date" in changes:
            changes["birth_date"] = changes["birth_date"].isoformat()
        return {"party": self.on.which, "changes": changes}
