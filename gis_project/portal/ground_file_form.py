"""A form whose ground is typed or comes in a file: the file becomes the text of the field, to be seen and kept."""

from collections.abc import Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.imports.raw_layer import RawLayer
from gis_project.core.errors import DomainError
from gis_project.portal.act_form import ActForm
from gis_project.portal.act_on import ActOn
from gis_project.portal.ground_text import GroundText
from gis_project.portal.property_page import CRS_NAMES
from gis_project.portal.uploaded_layer import MAP_FILES, uploaded_layer
from gis_project.territory.models import Municipality


class GroundFileForm(ActForm):
    """`GROUND` names the field that the file fills and `TABLE` how its sheet is read; subclasses read the layer."""

    GROUND: ClassVar[str]
    TABLE: ClassVar[Mapping[str, Any]]

    file = forms.FileField(
        label=_("Archivo"),
        help_text=_("GeoPackage, GeoJSON, DXF o tabla de puntos (CSV, XLSX), hasta 50 MB."),
        required=False,
        widget=forms.FileInput(attrs={"accept": MAP_FILES}),
    )
    srid = forms.TypedChoiceField(
        label=_("Sistema de coordenadas"),
        help_text=_("Si el archivo lo dice, vale el suyo."),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[
            ("", _("El legal del municipio")),
            *((code, f"{name} (EPSG:{code})") for code, name in CRS_NAMES.items()),
        ],
    )

    def __init__(
        self,
        data: Any = None,
        files: Any = None,
        *,
        on: ActOn | None = None,
        town: Municipality | None = None,
        **options: Any,
    ) -> None:
        """`town` is the predio's where the form works on one."""
        place = town or (on.town if on is not None else None)
        if place is None:
            raise LookupError("this form works in a municipality: pass it as `town`, or a predio")
        self.town = place
        self.notes: tuple[str, ...] = ()
        self._refusal = ""
        upload = files.get("file") if files else None
        if data is not None and upload:
            data = self._with_ground(data.copy(), upload)
        super().__init__(data, files, on=on, **options)

    @staticmethod
    def read(layer: RawLayer, *, legal_srid: int) -> GroundText:
        """The text that the layer becomes; GroundFileUnfit."""
        raise NotImplementedError

    @property
    def ground_srid(self) -> int:
        """The CRS of the text in the field; only of a valid form."""
        told: int | None = self.cleaned_data["srid"]
        return told or self.town.legal_srid

    def clean_file(self) -> Any:
        if self._refusal:
            raise forms.ValidationError(self._refusal)
        return self.cleaned_data["file"]

    def _with_ground(self, data: Any, upload: Any) -> Any:
        try:
            layer, _source = uploaded_layer(upload, table=dict(self.TABLE))
            ground = self.read(layer, legal_srid=self.town.legal_srid)
        except DomainError as refusal:
            self._refusal = refusal.message
            return data
        self.notes = ground.notes
        data[self.GROUND] = ground.text
        if ground.srid is not None:
            data["srid"] = str(ground.srid)
        return data
