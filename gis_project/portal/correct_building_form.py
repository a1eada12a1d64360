"""The form that corrects a building: what the register says of it, its floors and its plan, to be said otherwise."""

from decimal import Decimal
from typing import Any

import numpy as np
import shapely
from django import forms

from cadastre.ficha.variables import Subject
from cadastre.models import BuildingFloor, BuildingVersion, ParcelVersion
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.correct_attributes import predio_kind
from gis_project.core.areas import reprojected
from gis_project.core.errors import NotFound
from gis_project.portal.act_on import ActOn
from gis_project.portal.building_forms import AddBuildingForm
from gis_project.portal.data_words import datum_said
from gis_project.portal.ficha_part import FichaPart, ShownSection
from gis_project.portal.ground_text import area_text
from gis_project.portal.since_when import WHEN, when_field

_PLAIN = ("structure", "conservation", "use", "built_in", "restored_in", "stage_pct")
_FIELDS = ("floors", *_PLAIN, "footprint")


class CorrectBuildingForm(AddBuildingForm):
    """Of the building that ``on.which`` names; only what differs from the register is told."""

    when = when_field()
    field_order = (WHEN, *_FIELDS, "reason")

    def __init__(self, *arguments: Any, on: ActOn, **options: Any) -> None:
        self._held = _held(on)
        self._floors = list(BuildingFloor.objects.filter(building=self._held).order_by("number"))
        self._plan = _plan_text(self._held, on.town.legal_srid)
        self._ficha = FichaPart(
            subject=Subject.BUILDING,
            kind=predio_kind(on.unit, _land(on)),
            held=self._held.components,
        )
        known = {name: getattr(self._held, name) for name in _PLAIN}
        known |= {"floors": self._floors_text(), "footprint": self._plan}
        options["initial"] = known | self._ficha.initial() | options.get("initial", {})
        super().__init__(*arguments, on=on, **options)
        self.fields |= self._ficha.fields()
        self.fields["floors"].required = bool(self._floors)
        for name in ("structure", "conservation", "use"):
            self._keep_choice(name, known[name])

    @property
    def own_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in _FIELDS]

    @property
    def sections(self) -> list[ShownSection]:
        return self._ficha.shown(self)

    def clean_floors(self) -> list[dict[str, Any]]:
        """All floors; one of the register keeps what the form does not ask of it."""
        if not self.cleaned_data["floors"].strip():
            return []
        kept = {floor.number: floor for floor in self._floors}
        return [
            one | _beyond_area(kept[one["number"]]) if one["number"] in kept else one
            for one in super().clean_floors()
        ]

    def told(self) -> dict[str, Any]:
        given = self.cleaned_data
        changes: dict[str, Any] = {
            name: given[name]
            for name in _PLAIN
            if (given[name] if given[name] != "" else None) != (getattr(self._held, name) or None)
        }
        if changes.get("stage_pct") is not None:
            changes["stage_pct"] = str(changes["stage_pct"])
        areas = [(one["number"], Decimal(one["area_m2"])) for one in given["floors"]]
        if sorted(areas) != [(floor.number, floor.floor_area_m2) for floor in self._floors]:
            changes["floors"] = given["floors"]
        found: dict[str, Any] = {
            "building": self.on.which,
            "was_always_so": given[WHEN] == "always",
        }
        if "footprint" in self.changed_data and given["footprint"]:
            changes["footprint"] = given["footprint"]
            found["srid"] = self.on.town.legal_srid
        if components := self._ficha.changed(given):
            changes["components"] = components
        return found | {"changes": changes}

    def _floors_text(self) -> str:
        return "\n".join(f"{floor.number} {floor.floor_area_m2}" for floor in self._floors)

    def _keep_choice(self, name: str, held: str) -> None:
        """What the register says stays choosable, also a word of another system."""
        choices = list(self.fields[name].choices)  # type: ignore[attr-defined]  # a ChoiceField
        if held and held not in dict(choices):
            self.fields[name].choices = [*choices, (held, datum_said(name, held))]  # type: ignore[attr-defined]  # a ChoiceField


def _held(on: ActOn) -> BuildingVersion:
    found = BuildingVersion.objects.known().valid_on(on.day).filter(parcel=on.unit.parcel_id)
    held: list[BuildingVersion] = [one for one in found if str(one.building_id) == on.which]
    if not held:
        raise NotFound("En el predio no consta esa edificación: revise cuáles tiene.")
    return held[0]


def _land(on: ActOn) -> str:
    version = ParcelVersion.objects.known().valid_on(on.day).filter(parcel=on.unit.parcel_id)
    found = version.values_list("kind", flat=True).first()
    if found is None:
        raise NotFound("El predio no tiene terreno en el catastro: incorpórelo primero.")
    return str(found)


def _plan_text(building: BuildingVersion, srid: int) -> str:
    if building.geom is None:
        return ""
    shapes = np.array([to_shapely(building.geom)], dtype=np.object_)
    (plan,) = reprojected(shapes, to_srid=srid) if srid != building.geom.srid else shapes
    parts = shapely.get_parts(plan)
    return area_text(parts[0] if len(parts) == 1 else plan)


def _beyond_area(floor: BuildingFloor) -> dict[str, Any]:
    names = ("use", "built_in", "conservation", "components")
    return {name: getattr(floor, name) for name in names}
