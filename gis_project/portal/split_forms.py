"""The forms of a subdivision, one for each way of cutting."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.core.errors import InvalidInput
from gis_project.portal.act_form import PLAIN, ActForm, figure_field
from gis_project.portal.pasted_lines import pasted_lines
from gis_project.territory.models import Municipality

_SIDES = [("left", _("a la izquierda")), ("right", _("a la derecha"))]


class SplitForm(ActForm):
    """What all ways of cutting share. `grid_per_legal` turns legal square metres into those of the grid."""

    keys = forms.CharField(
        label=_("Claves de los lotes, si ya están dadas"),
        help_text=_(
            "Una por fila, en el orden de los lotes. En blanco: el sistema da las siguientes."
        ),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 2}),
    )

    def __init__(
        self, *arguments: Any, town: Municipality, grid_per_legal: Decimal, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.town, self.grid_per_legal = town, grid_per_legal

    def told(self) -> dict[str, Any]:
        keys = [row.strip() for row in self.cleaned_data["keys"].splitlines() if row.strip()]
        return {"cut": self.cut(), "keys": keys}

    def cut(self) -> dict[str, Any]:
        """The member `cut` of the act's data."""
        raise NotImplementedError


class _AlongBearing(SplitForm):
    bearing_deg = figure_field(
        _("Rumbo del corte (grados)"),
        help_text=_("0 corre hacia el norte, 90 hacia el este. Con decimales si hace falta."),
        min_value=Decimal(0),
        max_value=Decimal("359.999999"),
        max_digits=9,
        decimal_places=6,
    )
    side = forms.ChoiceField(
        label=_("El lote 1 queda"), help_text=_("Mirando en el rumbo del corte."), choices=_SIDES
    )

    def along(self) -> dict[str, Any]:
        return {
            "bearing_deg": str(self.cleaned_data["bearing_deg"]),
            "side": self.cleaned_data["side"],
        }


class SplitByArea(_AlongBearing):
    area_m2 = figure_field(
        _("Área del lote 1 (m²)"),
        help_text=_("Área legal. El resto queda en el lote 2."),
        min_value=Decimal(1),
        max_digits=14,
        decimal_places=4,
    )
    field_order = ("area_m2", "bearing_deg", "side", "keys", "reason")

    def cut(self) -> dict[str, Any]:
        area = (self.cleaned_data["area_m2"] * self.grid_per_legal).quantize(Decimal("0.0001"))
        return {"by": "area", "area_m2": str(area), **self.along()}


class SplitByRatio(_AlongBearing):
    ratio = forms.CharField(
        label=_("Proporción de los lotes"),
        help_text=_("Números enteros separados por dos puntos: 1:1 son mitades, 2:1:1 tres lotes."),
        max_length=200,
        widget=forms.TextInput(attrs=PLAIN),
    )
    field_order = ("ratio", "bearing_deg", "side", "keys", "reason")

    def clean_ratio(self) -> list[int]:
        parts = [part.strip() for part in self.cleaned_data["ratio"].split(":")]
        if len(parts) < 2 or not all(part.isascii() and part.isdigit() for part in parts):
            raise forms.ValidationError(_("Escriba números enteros separados por dos puntos: 2:1."))
        return [int(part[:8]) for part in parts]

    def cut(self) -> dict[str, Any]:
        return {"by": "ratio", "ratio": self.cleaned_data["ratio"], **self.along()}


class SplitByStrips(_AlongBearing):
    count = forms.IntegerField(label=_("Número de lotes"), min_value=2, max_value=200)
    equal = forms.ChoiceField(
        label=_("Franjas de igual"), choices=[("area", _("área")), ("width", _("ancho"))]
    )
    field_order = ("count", "equal", "bearing_deg", "side", "keys", "reason")

    def cut(self) -> dict[str, Any]:
        told = self.cleaned_data
        return {"by": "strips", "count": told["count"], "equal": told["equal"], **self.along()}


class SplitByLines(SplitForm):
    lines = forms.CharField(
        label=_("Líneas de corte"),
        help_text=_(
            "Este y norte de cada vértice, uno por fila, como en la hoja del plano; una fila en blanco "
            "separa dos líneas. También WKT. Cada línea empieza y termina fuera del predio o en su lindero."
        ),
        max_length=400_000,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 6}),
    )
    field_order = ("lines", "keys", "reason")

    def clean_lines(self) -> list[str]:
        try:
            return pasted_lines(self.cleaned_data["lines"])
        except InvalidInput as refusal:
            raise forms.ValidationError(refusal.message) from refusal

    def told(self) -> dict[str, Any]:
        return {**super().told(), "srid": self.town.legal_srid}

    def cut(self) -> dict[str, Any]:
        return {"by": "lines", "lines": self.cleaned_data["lines"]}


SPLIT_FORMS: dict[str, tuple[Any, type[SplitForm]]] = {
    "area": (_("Por área"), SplitByArea),
    "ratio": (_("En proporción"), SplitByRatio),
    "strips": (_("En franjas"), SplitByStrips),
    "lines": (_("Por líneas del plano"), SplitByLines),
}
