"""The form of each act that is asked in one way; those asked in several have tables of their own."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_form import PLAIN, ActForm
from gis_project.portal.attribute_form import CorrectAttributesForm
from gis_project.portal.building_forms import AddBuildingForm, DemolishForm
from gis_project.portal.burden_forms import LiftEncumbranceForm, RegisterEncumbranceForm
from gis_project.portal.condominium_form import CondominiumForm
from gis_project.portal.ground_forms import MergeForm, RectifyForm
from gis_project.portal.map_form import MapForm
from gis_project.portal.work_forms import AddWorkForm, RemoveWorkForm


class ChangeKeyForm(ActForm):
    key = forms.CharField(
        label=_("Clave nueva"),
        help_text=_("Con cualquier puntuación; la anterior sigue llevando al predio."),
        max_length=60,
        required=False,
        widget=forms.TextInput(attrs=PLAIN),
    )
    number = forms.RegexField(
        r"^[1-9][0-9]{0,8}$",
        label=_("Número de predio, si no tiene"),
        max_length=9,
        required=False,
        widget=forms.TextInput(attrs=PLAIN | {"inputmode": "numeric"}),
    )
    takes_next = forms.BooleanField(label=_("Darle el número que sigue"), required=False)
    field_order = ("key", "number", "takes_next", "reason")

    def told(self) -> dict[str, Any]:
        number = "NEXT" if self.cleaned_data["takes_next"] else self.cleaned_data["number"]
        told = {"key": self.cleaned_data["key"], "number": number}
        return {name: value for name, value in told.items() if value}


PLAIN_FORMS: dict[str, type[ActForm]] = {
    "add_building": AddBuildingForm,
    "add_complementary_work": AddWorkForm,
    "change_key": ChangeKeyForm,
    "constitute_condominium": CondominiumForm,
    "correct_attributes": CorrectAttributesForm,
    "demolish_building": DemolishForm,
    "lift_encumbrance": LiftEncumbranceForm,
    "map_parcel": MapForm,
    "merge_parcels": MergeForm,
    "rectify_area": RectifyForm,
    "register_encumbrance": RegisterEncumbranceForm,
    "remove_complementary_work": RemoveWorkForm,
    "retire_parcel": ActForm,
}
