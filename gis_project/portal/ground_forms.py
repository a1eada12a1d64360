"""The forms of acts on the ground: merge, a boundary moved, an area rectified."""

from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.core.errors import InvalidInput
from gis_project.portal.act_form import PLAIN, ActForm, figure_field
from gis_project.portal.ground_file_form import GroundFileForm
from gis_project.portal.ground_text import boundary_text, polygon_text
from gis_project.portal.pasted_field import read_pasted
from gis_project.portal.pasted_lines import pasted_lines, pasted_moves, pasted_polygon
from gis_project.portal.predio_names import predio_names_field, read_names
from gis_project.portal.prolonged_line import prolonged
from gis_project.portal.survey_fields import SURVEY, SurveyFields

_POINTS = PLAIN | {"rows": 6}
_SHEET = _("Este y norte de cada vértice, uno por fila, como en la hoja del plano. También WKT.")


class MergeForm(ActForm):
    others = predio_names_field(_("Predios con los que se une"))
    key = forms.CharField(
        label=_("Clave del predio unido"),
        help_text=_("Una de las suyas u otra. En blanco: el sistema da la siguiente."),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs=PLAIN),
    )
    allow_parts = forms.BooleanField(
        label=_("Se declaran un solo predio aunque no se tocan"), required=False
    )
    field_order = ("others", "key", "allow_parts", "reason")

    def clean_others(self) -> list[str]:
        return read_names(self.cleaned_data["others"])

    def told(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in ("others", "key", "allow_parts")}


class AdjustByLines(GroundFileForm):
    GROUND = "lines"
    TABLE: ClassVar = {"lines": True, "whole": True}
    read = staticmethod(boundary_text)

    others = predio_names_field(_("Predios del otro lado del lindero"))
    lines = forms.CharField(
        label=_("El nuevo lindero"),
        help_text=_(
            "Este y norte de cada vértice, uno por fila; una fila en blanco separa dos líneas. También WKT. "
            "Empieza y termina fuera de los predios o en su contorno."
        ),
        max_length=400_000,
        required=False,
        widget=forms.Textarea(attrs=_POINTS),
    )
    reach_m = figure_field(
        _("Prolongar cada extremo (m)"),
        help_text=_("Si el levantamiento no llega al contorno del catastro; hasta 5 m."),
        required=False,
        min_value=Decimal(0),
        max_value=Decimal(5),
        max_digits=4,
        decimal_places=3,
    )
    field_order = ("others", "file", "lines", "srid", "reach_m", "reason")

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.fields["file"].help_text = _(
            "Con la línea nueva, o con los dos predios como quedan: se toma el lindero que comparten. Sus "
            "vértices pasan al recuadro. GeoPackage, GeoJSON, DXF o tabla de puntos (CSV, XLSX), hasta 50 MB."
        )

    def clean_others(self) -> list[str]:
        return read_names(self.cleaned_data["others"])

    def clean_lines(self) -> list[str]:
        text = self.cleaned_data["lines"].strip()
        if not text:
            if "file" in self.errors:
                return []
            raise forms.ValidationError(_("Suba el archivo, o escriba los vértices."))
        found: list[str] = read_pasted(text, pasted_lines)
        return found

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("lines") and told.get("reach_m"):
            try:
                by_m = float(told["reach_m"])
                told["lines"] = [prolonged(line, by_m=by_m) for line in told["lines"]]
            except InvalidInput as refusal:
                self.add_error("reach_m", refusal.message)
        return told

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        change = {"by": "lines", "lines": told["lines"]}
        return {"others": told["others"], "change": change, "srid": self.ground_srid}


class AdjustByVertices(ActForm):
    others = predio_names_field(_("Predios del otro lado del lindero"))
    moves = forms.CharField(
        label=_("Cambios de vértices"),
        help_text=_(
            "Uno por fila, en WGS 84 / UTM 17 Sur con milímetros: «mover» con el lugar de antes y el de después, "
            "«insertar» o «borrar» con un lugar. Ejemplo: mover 770812,250 9943500,000 770812,900 9943500,000"
        ),
        max_length=60_000,
        widget=forms.Textarea(attrs=_POINTS),
    )
    field_order = ("others", "moves", "reason")

    def clean_others(self) -> list[str]:
        return read_names(self.cleaned_data["others"])

    def clean_moves(self) -> list[dict[str, object]]:
        found: list[dict[str, object]] = read_pasted(self.cleaned_data["moves"], pasted_moves)
        return found

    def told(self) -> dict[str, Any]:
        change = {"by": "vertices", "intents": self.cleaned_data["moves"]}
        return {"others": self.cleaned_data["others"], "change": change}


class RectifyForm(SurveyFields, GroundFileForm):
    GROUND = "surveyed"
    TABLE: ClassVar = {"whole": True}
    read = staticmethod(polygon_text)

    surveyed = forms.CharField(
        label=_("El predio como se midió"),
        help_text=_SHEET,
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs=_POINTS),
    )
    titled_area_m2 = figure_field(
        _("Área del título (m²)"),
        help_text=_("Solo si el catastro no la tiene o la tiene mal."),
        required=False,
        min_value=Decimal("0.0001"),
        max_digits=16,
        decimal_places=4,
    )
    field_order = ("file", "surveyed", "srid", "titled_area_m2", *SURVEY, "reason")

    def clean_surveyed(self) -> str:
        text: str = self.cleaned_data["surveyed"].strip()
        return str(read_pasted(text, pasted_polygon)) if text else ""

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if not self.errors and not told.get("surveyed") and told.get("titled_area_m2") is None:
            self.add_error(
                "surveyed", _("Dé el polígono levantado, el área del título, o los dos.")
            )
        return told

    def told(self) -> dict[str, Any]:
        told = self.cleaned_data
        found: dict[str, Any] = {"survey": self.survey(), "srid": self.ground_srid}
        if told["surveyed"]:
            found["surveyed"] = told["surveyed"]
        if told["titled_area_m2"] is not None:
            found["titled_area_m2"] = str(told["titled_area_m2"])
        return found


ADJUST_FORMS: dict[str, tuple[Any, type[ActForm]]] = {
    "lines": (_("Por la línea nueva o un archivo"), AdjustByLines),
    "vertices": (_("Vértice por vértice"), AdjustByVertices),
}
