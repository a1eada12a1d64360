"""The forms of complementary works: a wall, a pool, a cistern enters, is corrected, or leaves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.ficha.code_lists import code_lists
from cadastre.models import ComplementaryWork
from gis_project.core.errors import NotFound
from gis_project.portal.act_form import ActForm, figure_field
from gis_project.portal.act_on import ActOn
from gis_project.portal.data_words import WORK_LABELS, datum_said
from gis_project.portal.since_when import WHEN, when_field
from gis_project.portal.templatetags.lindero import number

_OF_LISTS = {
    "kind": "work_kind",
    "measure": "work_measure",
    "material": "work_material",
    "conservation": "conservation",
}
_FIELDS = ("kind", "quantity", "measure", "material", "conservation", "built_in")


def works_on(on: ActOn) -> dict[str, str]:
    """The complementary works in force on the predio's ground by their permanent id, each in words."""
    found = ComplementaryWork.objects.known().valid_on(on.day).filter(parcel=on.unit.parcel_id)
    return {str(one.work_id): _said(one) for one in found.order_by("kind", "pk")}


def _said(work: ComplementaryWork) -> str:
    amount = f"{number(work.quantity, 2)} {datum_said('work.measure', work.measure)}"
    parts = [datum_said("work.kind", work.kind), amount, str(work.built_in or "")]
    return " · ".join(part for part in parts if part)


class AddWorkForm(ActForm):
    kind = forms.ChoiceField(label=WORK_LABELS["work.kind"])
    quantity = figure_field(
        WORK_LABELS["work.quantity"],
        min_value=Decimal("0.01"),
        max_digits=12,
        decimal_places=2,
    )
    measure = forms.ChoiceField(label=WORK_LABELS["work.measure"])
    material = forms.ChoiceField(label=WORK_LABELS["work.material"], required=False)
    conservation = forms.ChoiceField(label=WORK_LABELS["work.conservation"], required=False)
    built_in = forms.IntegerField(
        label=WORK_LABELS["work.built_in"],
        help_text=_("Sin él no se puede valorar."),
        required=False,
        min_value=1500,
        max_value=2200,
    )
    field_order: Sequence[str] = (*_FIELDS, "reason")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for name, stem in _OF_LISTS.items():
            codes = code_lists()[stem].names
            asked = [("", _("Elija") if self.fields[name].required else _("Sin determinar"))]
            chosen = [(code, datum_said(f"work.{name}", code)) for code in codes]
            self.fields[name].choices = asked + chosen  # type: ignore[attr-defined]  # a ChoiceField

    def work(self) -> dict[str, Any]:
        """Its data as the act takes them."""
        told = self.cleaned_data
        return {name: told[name] for name in _FIELDS} | {"quantity": str(told["quantity"])}

    def told(self) -> dict[str, Any]:
        return self.work()


class CorrectWorkForm(AddWorkForm):
    """Of the work that ``on.which`` names; only what differs from the register is told."""

    when = when_field()
    field_order = (WHEN, *_FIELDS, "reason")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        on = options["on"]
        found = ComplementaryWork.objects.known().valid_on(on.day).filter(parcel=on.unit.parcel_id)
        self._held = next((one for one in found if str(one.work_id) == on.which), None)
        if self._held is None:
            raise NotFound("En el predio no consta esa obra: revise cuáles tiene.")
        known = {name: getattr(self._held, name) for name in _FIELDS}
        options["initial"] = known | options.get("initial", {})
        super().__init__(*arguments, **options)

    def told(self) -> dict[str, Any]:
        work, held = self.work(), self._held
        given = self.cleaned_data
        changes = {name: work[name] for name in _FIELDS if given[name] != getattr(held, name)}
        return {
            "work": self.on.which,
            "was_always_so": given[WHEN] == "always",
            "changes": changes,
        }


class RemoveWorkForm(ActForm):
    work = forms.ChoiceField(label=_("Obra que se da de baja"), widget=forms.RadioSelect)
    field_order = ("work", "reason")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["work"].choices = list(works_on(self.on).items())  # type: ignore[attr-defined]  # a ChoiceField

    def told(self) -> dict[str, Any]:
        return {"work": self.cleaned_data["work"]}
