"""The form of a declaratoria de propiedad horizontal: its table of units, pasted as the notary's sheet has it."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_form import PLAIN, ActForm
from gis_project.portal.pasted_field import read_pasted
from gis_project.portal.pasted_rows import RowsUnreadable, pasted_rows, row_figure

_FEWEST, _MOST = 4, 5


class CondominiumForm(ActForm):
    units = forms.CharField(
        label=_("Cuadro de alícuotas"),
        help_text=_(
            "Una fila por unidad: torre, piso, unidad, alícuota en porcentaje y área privada en m² (esta puede "
            "faltar). Las alícuotas suman 100. Ejemplo: 1 2 1 12,5 84,50. Se puede pegar desde una hoja."
        ),
        max_length=400_000,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 8}),
    )
    field_order = ("units", "reason")

    def clean_units(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = read_pasted(self.cleaned_data["units"], _units)
        return found

    def told(self) -> dict[str, Any]:
        return {"units": self.cleaned_data["units"]}


def _units(text: str) -> list[dict[str, Any]]:
    units = []
    for number, cells in pasted_rows(text):
        if not _FEWEST <= len(cells) <= _MOST:
            raise RowsUnreadable(
                f"La fila {number} tiene {len(cells)} datos: torre, piso, unidad, alícuota y, si consta, área."
            )
        if not all(cell.isdecimal() and len(cell) < 4 for cell in cells[:3]):
            raise RowsUnreadable(f"En la fila {number}, torre, piso y unidad son números enteros.")
        tower, floor, unit = (int(cell) for cell in cells[:3])
        aliquot = row_figure(cells[3], row=number, what="la alícuota") / Decimal(100)
        row = {"tower": tower, "floor": floor, "unit": unit, "aliquot": f"{aliquot:f}"}
        if len(cells) == _MOST and cells[4]:
            row["private_m2"] = str(row_figure(cells[4], row=number, what="el área"))
        units.append(row)
    return units
