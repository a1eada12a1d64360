"""How ground was measured, as forms of acts on the ground ask it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_form import PLAIN, figure_field

SURVEY = ("method", "surveyor", "licence", "surveyed_on", "accuracy_m")
METHODS = {
    "GNSS_RTK": _("GNSS en tiempo real (RTK)"),
    "GNSS_STATIC": _("GNSS estático"),
    "TOTAL_STATION": _("Estación total"),
    "PHOTOGRAMMETRY": _("Fotogrametría"),
    "TAPE": _("Cinta"),
    "DIGITISED": _("Digitalizado"),
    "COMPUTED": _("Calculado"),
}


class SurveyFields(forms.Form):
    """The member `survey` of an act's data; it is kept with the act."""

    method = forms.ChoiceField(label=_("Cómo se midió"), choices=list(METHODS.items()))
    surveyor = forms.CharField(
        label=_("Profesional"), required=False, max_length=200, widget=forms.TextInput(attrs=PLAIN)
    )
    licence = forms.CharField(
        label=_("Registro profesional"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
    )
    surveyed_on = forms.DateField(
        label=_("Fecha del levantamiento"),
        required=False,
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    accuracy_m = figure_field(
        _("Precisión (m)"),
        required=False,
        min_value=Decimal("0.001"),
        max_digits=8,
        decimal_places=3,
    )

    def survey(self) -> dict[str, Any]:
        """Only of a valid form."""
        told = self.cleaned_data
        return {
            "method": told["method"],
            "surveyor": told["surveyor"],
            "licence": told["licence"],
            "surveyed_on": told["surveyed_on"].isoformat() if told["surveyed_on"] else None,
            "accuracy_m": str(told["accuracy_m"]) if told["accuracy_m"] is not None else None,
        }
