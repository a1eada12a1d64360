"""How ground was measured, as the forms that take a file of it ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.acts.act_inputs import read_inputs
from cadastre.acts.ground_inputs import SurveyInputs

METHODS = (
    ("GNSS_RTK", _("GNSS en tiempo real")),
    ("GNSS_STATIC", _("GNSS estático")),
    ("TOTAL_STATION", _("estación total")),
    ("TAPE", _("cinta")),
    ("PHOTOGRAMMETRY", _("restitución u ortofoto")),
)


class MeasuredForm(forms.Form):
    """Subclasses say in the choices of ``method`` what an empty answer means."""

    method = forms.ChoiceField(
        label=_("Cómo se midieron los linderos"), choices=METHODS, required=False
    )
    accuracy_m = forms.DecimalField(
        label=_("Exactitud (m)"), required=False, min_value=0, max_digits=8, decimal_places=3
    )
    surveyed_on = forms.DateField(
        label=_("Fecha de la medición"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def survey(self) -> SurveyInputs | None:
        """How ground was measured; None when nobody says."""
        told: dict[str, Any] = self.cleaned_data
        if not told["method"]:
            return None
        names = ("method", "accuracy_m", "surveyed_on")
        said = {name: told[name] for name in names if told[name]}
        survey: SurveyInputs = read_inputs(SurveyInputs, said)
        return survey
