"""The forms of acts that need little more than the reason."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_form import PLAIN, ActForm


class ChangeKeyForm(ActForm):
    key = forms.CharField(
        label=_("Clave nueva"),
        help_text=_("Con cualquier puntuación; la anterior sigue llevando al predio."),
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
    )
    field_order = ("key", "reason")

    def told(self) -> dict[str, Any]:
        return {"key": self.cleaned_data["key"]}


PLAIN_FORMS: dict[str, type[ActForm]] = {"change_key": ChangeKeyForm, "retire_parcel": ActForm}
