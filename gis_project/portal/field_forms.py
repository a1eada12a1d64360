"""The forms of field work: hand a package out, take its return, close it."""

from datetime import date
from typing import Any
from uuid import UUID

import shapely
from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.models import FieldPackageClosing
from cadastre.operations.deed.door import stored, unit_named
from cadastre.queries.field_area import FieldArea
from cadastre.queries.field_carriers import carriers
from gis_project.core.errors import DomainError
from gis_project.portal.act_form import PLAIN
from gis_project.portal.measured_form import METHODS, MeasuredForm
from gis_project.territory.models import Municipality, User

_WAYS = [
    ("block", _("una manzana o polígono rural")),
    ("sector", _("un sector")),
    ("predios", _("unos predios")),
    ("polygon", _("un polígono (WKT)")),
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


class ReturnForm(MeasuredForm):
    file = forms.FileField(
        label=_("Archivo que volvió"),
        help_text=_(
            "El ZIP de la carpeta, con sus fotografías; o el GeoPackage, o el archivo de cambios de QField."
        ),
    )
    method = forms.ChoiceField(
        label=_("Cómo se midieron los linderos"),
        choices=[("", _("no se dibujaron linderos")), *METHODS],
        required=False,
    )
    is_last = forms.BooleanField(label=_("No vuelve a salir: cerrar el paquete"), required=False)

    field_order = ("file", "method", "accuracy_m", "surveyed_on", "is_last")


class ClosingForm(forms.Form):
    how = forms.ChoiceField(label=_("Cómo termina"), choices=FieldPackageClosing.How.choices)
    note = forms.CharField(
        label=_("Observación"), max_length=300, required=False, widget=forms.TextInput(attrs=PLAIN)
    )
