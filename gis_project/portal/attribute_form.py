"""The form that corrects a predio's data: what the register says of its land and ficha, to be said otherwise."""

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cadastre.acts.act_law import act_law
from cadastre.ficha.variables import PredioKind, Subject
from cadastre.models import Ficha, Observation, ParcelVersion, PropertyUnit
from gis_project.core.errors import NotFound
from gis_project.portal.act_form import PLAIN, ActForm
from gis_project.portal.ficha_part import FichaPart, ShownSection
from gis_project.portal.land_fields import KINDS, land_use_choices, parish_choices
from gis_project.portal.since_when import WHEN, when_field

LAND = ("kind", "parish", "block_code", "address", "land_use")


class CorrectAttributesForm(ActForm):
    """Only what differs from the register is told: an untouched field changes nothing."""

    when = when_field()
    kind = forms.ChoiceField(
        label=_("Clase de suelo"),
        help_text=_("Cambiarla cambia el impuesto: lo aprueba otra persona."),
        choices=KINDS,
    )
    parish = forms.ChoiceField(label=_("Parroquia"), required=False)
    block_code = forms.CharField(
        label=_("Manzana o polígono"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs=PLAIN),
    )
    address = forms.CharField(
        label=_("Dirección"), required=False, max_length=300, widget=forms.TextInput(attrs=PLAIN)
    )
    land_use = forms.ChoiceField(label=_("Uso del suelo"), required=False)

    def __init__(self, *arguments: Any, **options: Any) -> None:
        unit, day = options["on"].unit, options["on"].day
        version = ParcelVersion.objects.known().valid_on(day).filter(parcel=unit.parcel_id).first()
        if version is None:
            raise NotFound("El predio no tiene terreno en el catastro: incorpórelo primero.")
        ficha = Ficha.objects.known().valid_on(day).filter(unit=unit).first()
        self._land = {name: getattr(version, name) for name in LAND if name != "parish"}
        self._land["parish"] = version.parish.dpa_code if version.parish else ""
        self._answering = _answering(unit, day)
        is_part = unit.kind == PropertyUnit.Kind.CONDOMINIUM
        self._ficha = FichaPart(
            subject=Subject.PREDIO,
            kind=PredioKind.CONDOMINIUM if is_part else PredioKind(version.kind.lower()),
            held=ficha.answers if ficha else {},
        )
        known = self._land | self._ficha.initial()
        options["initial"] = known | options.get("initial", {})
        super().__init__(*arguments, **options)
        self.fields |= self._ficha.fields()
        if is_part:  # its land is the matrix's
            for name in LAND:
                del self.fields[name]
        else:
            self.fields["parish"].choices = parish_choices(self.on.town)  # type: ignore[attr-defined]  # a ChoiceField
            self.fields["land_use"].choices = land_use_choices(held=version.land_use)  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def land_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in LAND if name in self.fields]

    @property
    def sections(self) -> list[ShownSection]:
        return self._ficha.shown(self)

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data
        land = {name: given[name] for name in LAND if name in given}
        changed = {name: value for name, value in land.items() if value != self._land[name]}
        # Saying again what was only supposed is what resolves an observation.
        changed |= {name: land[name] for name in self._answering if name in land}
        found: dict[str, Any] = {"was_always_so": given[WHEN] == "always"}
        if changed:
            found["attributes"] = changed
        return found | {"answers": self._ficha.changed(given)}


def _answering(unit: PropertyUnit, day: date) -> set[str]:
    """The data that answer what an import observed of the predio, by the law of the act."""
    mends = act_law("correct_attributes", on=day).mends
    where = Q(unit=unit.pk) | Q(parcel__isnull=False, parcel=unit.parcel_id)
    waiting = Observation.objects.filter(where, resolved_by__isnull=True, code__in=list(mends))
    return {name for code in waiting.values_list("code", flat=True) for name in mends[code]}
