"""The form of a person or company at the counter: a document, what is known, and why it is asked."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.models import Party
from cadastre.operations.register_party import NewParty

_PLAIN = {"autocomplete": "off", "spellcheck": "false"}
# Groups have members; they are registered by the API.
_KINDS = (
    (Party.Kind.NATURAL, _("Persona natural")),
    (Party.Kind.LEGAL, _("Persona jurídica")),
    (Party.Kind.PUBLIC, _("Entidad pública")),
)


class PartyForm(forms.Form):
    """With `looks_up` only the document and the purpose are needed: the rest is what comes back."""

    purpose = forms.CharField(
        label=_("Trámite o turno que atiende"),
        help_text=_("Queda registrado con la consulta y con el registro."),
        max_length=300,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    document = forms.CharField(
        label=_("Cédula, RUC o pasaporte"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    kind = forms.ChoiceField(label=_("Clase"), choices=_KINDS, required=False)
    full_name = forms.CharField(
        label=_("Nombres y apellidos, o razón social"),
        max_length=300,
        required=False,
        widget=forms.TextInput(attrs=_PLAIN),
    )
    birth_date = forms.DateField(
        label=_("Fecha de nacimiento"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    phone = forms.CharField(
        label=_("Teléfono"), max_length=30, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )
    email = forms.EmailField(
        label=_("Correo"), required=False, widget=forms.EmailInput(attrs=_PLAIN)
    )
    postal_address = forms.CharField(
        label=_("Domicilio"), max_length=300, required=False, widget=forms.TextInput(attrs=_PLAIN)
    )

    def filled_with(self, draft: dict[str, Any]) -> "PartyForm":
        """A form for the official to confirm: what was typed stays, the draft fills what was left empty."""
        typed = {name: value for name, value in self.cleaned_data.items() if value}
        return PartyForm(initial=draft | typed | {"kind": draft["kind"]})

    def party(self) -> NewParty:
        """What `register_party` takes."""
        told = {name: self.cleaned_data[name] for name in self.fields if name != "purpose"}
        return NewParty(**told | {"kind": told["kind"] or Party.Kind.NATURAL})
