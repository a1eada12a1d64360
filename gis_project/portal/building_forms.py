"""The forms of acts on what stands on the ground: a building enters, a building leaves."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.ficha.code_lists import code_lists
from cadastre.models import BuildingCost, BuildingVersion
from gis_project.portal.act_form import PLAIN, ActForm, figure_field
from gis_project.portal.act_on import ActOn
from gis_project.portal.pasted_field import read_pasted
from gis_project.portal.pasted_lines import pasted_polygon
from gis_project.portal.pasted_rows import RowsUnreadable, pasted_rows, row_figure
from gis_project.portal.templatetags.lindero import square_metres
from gis_project.portal.vocabulary import CODE_WORDS

_USES = (
    "HOUSING",
    "COMMERCE",
    "ANNEX",
    "INDUSTRY",
    "AGRICULTURE",
    "EDUCATION",
    "HEALTH",
    "WORSHIP",
    "COMMUNITY",
    "INSTITUTIONAL",
    "MIXED",
)


class AddBuildingForm(ActForm):
    floors = forms.CharField(
        label=_("Pisos"),
        help_text=_(
            "Una fila por piso: número y área en m². 1 es el de la calle, -1 el subsuelo. "
            "Ejemplo: 1 84,50"
        ),
        max_length=4000,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 3}),
    )
    structure = forms.ChoiceField(label=_("Estructura"))
    conservation = forms.ChoiceField(label=_("Estado de conservación"), initial="GOOD")
    use = forms.ChoiceField(
        label=_("Uso"),
        required=False,
        choices=[("", _("Sin determinar")), *((code, CODE_WORDS[code]) for code in _USES)],
    )
    built_in = forms.IntegerField(
        label=_("Año de construcción"), required=False, min_value=1500, max_value=2200
    )
    restored_in = forms.IntegerField(
        label=_("Año de restauración"), required=False, min_value=1500, max_value=2200
    )
    stage_pct = figure_field(
        _("Avance de la construcción (%)"),
        help_text=_("En blanco: terminada."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(100),
        max_digits=5,
        decimal_places=2,
    )
    footprint = forms.CharField(
        label=_("Planta en el mapa"),
        help_text=_(
            "Este y norte de cada esquina, una por fila. También WKT. Puede quedar en blanco."
        ),
        required=False,
        max_length=100_000,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 4}),
    )
    field_order: Sequence[str] = (
        "floors",
        "structure",
        "conservation",
        "use",
        "built_in",
        "restored_in",
        "stage_pct",
        "footprint",
        "reason",
    )

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        lists = code_lists()
        costed = BuildingCost.objects.filter(ordinance__municipality=self.on.town)
        names = dict(lists["structure"].names)
        known = set(costed.values_list("structure", flat=True)) or set(names)
        self.fields["structure"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, names.get(code, str(CODE_WORDS.get(code, code))).capitalize())
            for code in sorted(known)
        ]
        self.fields["conservation"].choices = [  # type: ignore[attr-defined]  # a ChoiceField
            (code, name.capitalize()) for code, name in lists["conservation"].names.items()
        ]

    def clean_floors(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = read_pasted(self.cleaned_data["floors"], _floors)
        return found

    def clean_footprint(self) -> str:
        text: str = self.cleaned_data["footprint"].strip()
        return str(read_pasted(text, pasted_polygon)) if text else ""

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        found = {name: told[name] for name in ("floors", "structure", "conservation", "use")}
        for name in ("built_in", "restored_in"):
            found[name] = told[name]
        if told["stage_pct"] is not None:
            found["stage_pct"] = str(told["stage_pct"])
        if told["footprint"]:
            found |= {"footprint": told["footprint"], "srid": self.on.town.legal_srid}
        return found


def _floors(text: str) -> list[dict[str, Any]]:
    floors = []
    for number, cells in pasted_rows(text):
        if len(cells) != 2 or not cells[0].lstrip("-").isdecimal():
            raise RowsUnreadable(f"La fila {number} lleva el número del piso y su área: 1 84,50.")
        area = row_figure(cells[1], row=number, what="el área")
        floors.append({"number": int(cells[0][:6]), "area_m2": str(area)})
    if not floors:
        raise RowsUnreadable("Escriba al menos un piso.")
    return floors


def buildings_on(on: ActOn) -> dict[str, str]:
    """The buildings in force on the predio's ground by their permanent id, each in words, the largest first."""
    found = BuildingVersion.objects.known().valid_on(on.day).filter(parcel=on.unit.parcel_id)
    return {str(one.building_id): _told(one) for one in found.order_by("-floor_area_m2", "pk")}


class DemolishForm(ActForm):
    building = forms.ChoiceField(label=_("Edificación que se da de baja"), widget=forms.RadioSelect)
    field_order = ("building", "reason")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["building"].choices = list(buildings_on(self.on).items())  # type: ignore[attr-defined]  # a ChoiceField

    def told(self) -> dict[str, Any]:
        return {"building": self.cleaned_data["building"]}


def _told(building: BuildingVersion) -> str:
    parts = [
        str(CODE_WORDS.get(building.use, building.use)),
        str(CODE_WORDS.get(building.structure, building.structure)),
        square_metres(building.floor_area_m2),
        str(building.built_in or ""),
    ]
    return " · ".join(part for part in parts if part)
