"""The form that brings a predio into the register: its ground, its key, who holds it and by what."""

from decimal import Decimal
from typing import Any, ClassVar

import numpy as np
import shapely
from django import forms
from django.utils.translation import gettext_lazy as _

from gis_project.portal.act_form import PLAIN, figure_field
from gis_project.portal.ground_file_form import GroundFileForm
from gis_project.portal.ground_text import polygon_text
from gis_project.portal.land_fields import KINDS, land_use_choices, parish_choices
from gis_project.portal.pasted_field import read_pasted
from gis_project.portal.pasted_lines import pasted_polygon
from gis_project.portal.survey_fields import METHODS, SURVEY, SurveyFields
from gis_project.portal.transfer_form import TENURES, TypedTaker, share_field
from gis_project.portal.vocabulary import CODE_WORDS

MOST_HOLDERS = 12
_GROUND = ("file", "points", "srid")
_LAND = ("kind", "parish", "block_code", "address", "land_use", "titled_area_m2")
_KEY = ("key", "block_of")
_HOLDER = ("document", "name", "tenure", "share")


def _text(label: Any, length: int, **options: Any) -> forms.CharField:
    widget = forms.TextInput(attrs=PLAIN)
    return forms.CharField(label=label, max_length=length, required=False, widget=widget, **options)


class RegisterParcelForm(SurveyFields, GroundFileForm):
    """`holders` is how many rows of holders stand in it."""

    GROUND = "points"
    TABLE: ClassVar = {"whole": True}
    read = staticmethod(polygon_text)

    # There is no predio yet whose state somebody saw.
    revision = None  # type: ignore[assignment]  # so Django's forms leave an inherited field out
    points = forms.CharField(
        label=_("Vértices del terreno"),
        help_text=_(
            "Este y norte de cada vértice, uno por fila; o WKT. Lo que trae el archivo aparece aquí."
        ),
        required=False,
        max_length=400_000,
        widget=forms.Textarea(attrs=PLAIN | {"rows": 6}),
    )
    kind = forms.ChoiceField(label=_("Clase de suelo"), choices=[("", _("Elija")), *KINDS])
    parish = forms.ChoiceField(label=_("Parroquia"), required=False)
    block_code = _text(_("Manzana o polígono"), 30)
    address = _text(_("Dirección"), 300)
    land_use = forms.ChoiceField(label=_("Uso del suelo"), required=False)
    titled_area_m2 = figure_field(
        _("Área del título (m²)"),
        required=False,
        min_value=Decimal("0.0001"),
        max_digits=16,
        decimal_places=4,
    )
    key = _text(
        _("Clave catastral"),
        60,
        help_text=_("Si ya está dada. Sin ella ni la de abajo, el predio lleva una provisional."),
    )
    block_of = _text(
        _("O la clave de un predio de su manzana"),
        60,
        help_text=_("Toma el siguiente lote libre de esa manzana."),
    )
    method = forms.ChoiceField(
        label=_("Cómo se midió"), required=False, choices=[("", _("No se dice")), *METHODS.items()]
    )

    def __init__(self, *arguments: Any, holders: int, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self.holder_count = holders
        self.fields["parish"].choices = parish_choices(self.town)  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["land_use"].choices = land_use_choices()  # type: ignore[attr-defined]  # a ChoiceField
        for number in range(holders):
            self.fields |= {
                f"document_{number}": _text(_("Cédula, RUC o pasaporte"), 20),
                f"name_{number}": _text(
                    _("Nombres y apellidos o razón social, si aún no consta"), 300
                ),
                f"tenure_{number}": forms.ChoiceField(
                    label=_("Tenencia"), choices=[(code, CODE_WORDS[code]) for code in TENURES]
                ),
                f"share_{number}": share_field(
                    _("Cuota"), required=False, help_text=_("1/3, o 1; en blanco: sin determinar.")
                ),
            }
        self.order_fields([*_GROUND, *_LAND, *_KEY])

    @property
    def ground_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in _GROUND]

    @property
    def land_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in (*_LAND, *_KEY)]

    @property
    def survey_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in SURVEY]

    @property
    def holder_rows(self) -> list[list[forms.BoundField]]:
        return [
            [self[f"{name}_{number}"] for name in _HOLDER] for number in range(self.holder_count)
        ]

    def clean_points(self) -> str:
        """The ground as WKT."""
        text = self.cleaned_data["points"].strip()
        if not text:
            if "file" in self.errors:
                return ""
            raise forms.ValidationError(_("Suba el archivo, o escriba los vértices."))
        ground = str(read_pasted(text, pasted_polygon))
        try:
            vertices = shapely.get_coordinates(shapely.from_wkt(ground))
        except shapely.errors.GEOSException:
            raise forms.ValidationError(_("El WKT no se puede leer.")) from None
        if not np.isfinite(vertices).all():
            raise forms.ValidationError(_("Un vértice no es un número finito."))
        return ground

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("key") and told.get("block_of"):
            self.add_error("block_of", _("Dé la clave, o la de un predio de su manzana."))
        for number, holder in enumerate(self.typed_holders()):
            if holder.share and not (holder.document or holder.name):
                self.add_error(f"document_{number}", _("Escriba quién tiene esa cuota."))
        return told

    def typed_holders(self) -> list[TypedTaker]:
        """The rows as typed, the empty ones among them."""
        given = self.cleaned_data
        return [
            TypedTaker(
                document=given.get(f"document_{number}") or "",
                name=given.get(f"name_{number}") or "",
                share=given.get(f"share_{number}") or "",
                kind=given.get(f"tenure_{number}") or "",
            )
            for number in range(self.holder_count)
        ]

    def told(self) -> dict[str, Any]:
        """All but the holders, who are parties only once they are found or registered."""
        given = self.cleaned_data
        names = ("kind", "parish", "block_code", "address", "land_use", *_KEY)
        found = {"shape": given["points"], "srid": self.ground_srid}
        found |= {name: given[name] for name in names if given[name]}
        if given["titled_area_m2"] is not None:
            found["titled_area_m2"] = str(given["titled_area_m2"])
        if given["method"]:
            found["survey"] = self.survey()
        return found
