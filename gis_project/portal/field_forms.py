"""The forms of field work: hand a package out, take its return, close it."""

from datetime import date
from typing import Any
from uuid import UUID

import shapely
from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.acts.act_inputs import read_inputs
from cadastre.acts.ground_inputs import SurveyInputs
from cadastre.models import FieldPackageClosing
from cadastre.operations.deed.door import stored, unit_named
from cadastre.queries.field_area import FieldArea
from cadastre.queries.field_carriers import carriers
from gis_project.core.errors import DomainError
from gis_project.portal.act_form import PLAIN
from gis_project.territory.models import Municipality, User

_WAYS = [
    ("block", _("una manzana o polígono rural")),
    ("sector", _("un sector")),
    ("predios", _("unos predios")),
    ("polygon", _("un polígono (WKT)")),
]
_METHODS = [
    ("", _("no se dibujaron linderos")),
    ("GNSS_RTK", _("GNSS en tiempo real")),
    ("GNSS_STATIC", _("GNSS estático")),
    ("TOTAL_STATION", _("estación total")),
    ("TAPE", _("cinta")),
    ("PHOTOGRAMMETRY", _("restitución u ortofoto")),
]


class PackageForm(forms.Form):
    way = forms.ChoiceField(label=_("La zona es"), choices=_WAYS)
    place = forms.CharField(
        label=_("Código, claves o polígono"),
        help_text=_("Los predios, uno por línea; el polígono, en el CRS del municipio."),
        max_length=200_000,
        widget=forms.Textarea(attrs={**PLAIN, "rows": 2}),
    )
    carrier = forms.ChoiceField(label=_("Quién lo lleva"))
    purpose = forms.CharField(
        label=_("Para qué"), max_length=300, widget=forms.TextInput(attrs=PLAIN)
    )
    expires_on = forms.DateField(
        label=_("Vence"),
        help_text=_("Hasta noventa días."),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )
    with_holders = forms.BooleanField(label=_("Con nombres de titulares"), required=False)

    def __init__(
        self, *arguments: Any, municipality: Municipality, on: date, **options: Any
    ) -> None:
        super().__init__(*arguments, **options)
        self.municipality = municipality
        self._carriers = {str(user.pk): user for user in carriers(municipality, on=on)}
        choices = [(key, user.full_name) for key, user in self._carriers.items()]
        self.fields["carrier"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        told: dict[str, Any] = super().clean() or self.cleaned_data
        if told.get("way") and told.get("place"):
            try:
                told["area"] = self._area(told["way"], told["place"].strip())
            except shapely.errors.GEOSException:
                self.add_error("place", _("El polígono no se puede leer: escríbalo en WKT."))
            except DomainError as refusal:
                self.add_error("place", refusal.message)
        return told

    def _area(self, way: str, place: str) -> FieldArea:
        if way == "block":
            return FieldArea(block=place)
        if way == "sector":
            return FieldArea(sector=place)
        if way == "polygon":
            return FieldArea(polygon=stored(shapely.from_wkt(place), self.municipality.legal_srid))
        named = [name.strip() for name in place.splitlines() if name.strip()]
        units: tuple[UUID, ...] = tuple(unit_named(self.municipality, name).pk for name in named)
        return FieldArea(units=units)

    def told(self) -> dict[str, Any]:
        """What ``make_field_package`` is asked."""
        carrier: User = self._carriers[self.cleaned_data["carrier"]]
        names = ("area", "purpose", "expires_on", "with_holders")
        return {"carrier": carrier} | {name: self.cleaned_data[name] for name in names}


class ReturnForm(forms.Form):
    file = forms.FileField(
        label=_("Archivo que volvió"),
        help_text=_(
            "El ZIP de la carpeta, con sus fotografías; o el GeoPackage, o el archivo de cambios de QField."
        ),
    )
    method = forms.ChoiceField(
        label=_("Cómo se midieron los linderos"), choices=_METHODS, required=False
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
    is_last = forms.BooleanField(label=_("No vuelve a salir: cerrar el paquete"), required=False)

    def survey(self) -> SurveyInputs | None:
        """How ground was measured; None when nobody says."""
        if not self.cleaned_data["method"]:
            return None
        names = ("method", "accuracy_m", "surveyed_on")
        told = {name: self.cleaned_data[name] for name in names}
        survey: SurveyInputs = read_inputs(SurveyInputs, {k: v for k, v in told.items() if v})
        return survey


class ClosingForm(forms.Form):
    how = forms.ChoiceField(label=_("Cómo termina"), choices=FieldPackageClosing.How.choices)
    note = forms.CharField(
        label=_("Observación"), max_length=300, required=False, widget=forms.TextInput(attrs=PLAIN)
    )
