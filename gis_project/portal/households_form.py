"""The form of who lives on a predio: the whole answer of one visit, which replaces the former one."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cadastre.ficha.variables import Subject
from cadastre.models import AdministrativeSource
from cadastre.operations.correct_attributes import predio_kind
from gis_project.portal.act_form import ActForm
from gis_project.portal.act_on import ActOn
from gis_project.portal.ficha_part import FichaPart, ShownSection


class HouseholdsForm(ActForm):
    """``held`` are the answers that the register has; ``land`` is URBAN or RURAL."""

    surveyed_on = forms.DateField(
        label=_("Fecha de la visita"),
        help_text=_("En blanco: rige desde hoy."),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        input_formats=["%Y-%m-%d"],
    )

    def __init__(
        self, *arguments: Any, on: ActOn, held: dict[str, Any], land: str, **options: Any
    ) -> None:
        kind = predio_kind(on.unit, land)
        self._ficha = FichaPart(subject=Subject.HOUSEHOLD, kind=kind, held=held)
        options["initial"] = self._ficha.initial() | options.get("initial", {})
        super().__init__(*arguments, on=on, **options)
        asked = self._ficha.fields()
        self.fields = asked | self.fields
        self.order_fields([*asked, "surveyed_on", "reason"])

    @property
    def sections(self) -> list[ShownSection]:
        return self._ficha.shown(self)

    def clean_surveyed_on(self) -> Any:
        visited = self.cleaned_data["surveyed_on"]
        if visited is not None and visited > self.on.day:
            raise forms.ValidationError(_("La visita no puede ser posterior a hoy."))
        return visited

    def told(self) -> dict[str, Any]:
        """All answers given."""
        return self._ficha.told(self.cleaned_data)

    def document(self) -> AdministrativeSource | None:
        """The visit as the unsaved document whose date the answers bear; None for today's."""
        visited = self.cleaned_data["surveyed_on"]
        if visited is None:
            return None
        return AdministrativeSource(
            municipality=self.on.town, kind=AdministrativeSource.Kind.SURVEY, issued_on=visited
        )
