"""The officials' one search box and the purpose that a search of people needs."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.pages_of_results import LAST_PAGE


class WorkbenchSearch(forms.Form):
    text = forms.CharField(
        label=_("Cédula o RUC, nombres, número de predio, clave o dirección"),
        help_text=_("Los nombres en cualquier orden, sin tildes, aunque falte una letra."),
        max_length=120,
        widget=forms.TextInput(
            attrs={"type": "search", "autocomplete": "off", "spellcheck": "false"}
        ),
    )
    purpose = forms.CharField(
        label=_("Trámite o turno que atiende"),
        help_text=_("Necesario para buscar personas; queda registrado y se recuerda hasta salir."),
        max_length=120,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    page = forms.IntegerField(
        min_value=1, max_value=LAST_PAGE, required=False, widget=forms.HiddenInput
    )

    def clean_page(self) -> int:
        return self.cleaned_data["page"] or 1

    def clean_text(self) -> str:
        text: Any = self.cleaned_data["text"]
        return " ".join(str(text).split())
