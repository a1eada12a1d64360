"""A conflict between the field and the register, side by side: data in words, ground as a drawing with lengths."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import shapely
from django.utils.translation import gettext as _
from shapely.geometry.base import BaseGeometry

from cadastre.models import FieldDelta
from cadastre.operations.decide_field_delta import open_choices
from cadastre.queries.neighbouring_ground import neighbouring_ground
from gis_project.core.areas import reprojected
from gis_project.core.crs import STORAGE_SRID
from gis_project.portal.data_words import datum_said
from gis_project.portal.ground_sketch import (
    DifferingSide,
    GroundSketch,
    differing_sides,
    ground_sketch,
)

_AROUND_M, _MARGIN_M = 60.0, 4.0


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A datum three ways; ``choice`` is the name by which the field's may be taken, empty where it may not."""

    label: str
    held: str
    brought: str
    now: str
    choice: str


@dataclass(frozen=True, slots=True)
class GroundSide:
    """One of the shapes: area in m² and perimeter in m of the package's plane, and its sides that are its own."""

    role: str
    label: str
    area_m2: float
    perimeter_m: float
    sides: tuple[DifferingSide, ...]


@dataclass(frozen=True, slots=True)
class ShownConflict:
    """A change that waits, with what may be taken from the field."""

    delta: FieldDelta
    rows: tuple[ShownRow, ...]
    sketch: GroundSketch | None
    ground: tuple[GroundSide, ...]
    gained_m2: float | None
    takes_ground: bool
    may_take: bool


def shown_conflict(delta: FieldDelta, *, on: date) -> ShownConflict:
    """The conflict as its page shows it on a civil date."""
    choices = open_choices(delta)
    if delta.subject != FieldDelta.Subject.GROUND:
        rows = tuple(_row(column, choices) for column in delta.columns)
        return ShownConflict(delta, rows, None, (), None, False, bool(choices))
    shapes = _shapes(delta.ground)
    sides = _sides(shapes)
    brought, now = shapes.get("brought"), shapes.get("now")
    return ShownConflict(
        delta,
        (),
        _sketch(delta, shapes, sides, on),
        sides,
        brought.area - now.area if brought is not None and now is not None else None,
        bool(choices),
        bool(choices),
    )


def _row(column: Mapping[str, Any], choices: list[str]) -> ShownRow:
    name = column["name"]
    held, brought, now = (datum_said(name, column[side]) for side in ("held", "brought", "now"))
    return ShownRow(column["label"], held, brought, now, name if name in choices else "")


def _shapes(ground: Mapping[str, Any]) -> dict[str, BaseGeometry]:
    """The package's, the field's and the register's shape, those that there are."""
    told = {role: ground.get(role) for role in ("held", "now", "brought")}
    return {role: shapely.from_wkt(wkt) for role, wkt in told.items() if wkt}


def _sides(shapes: Mapping[str, BaseGeometry]) -> tuple[GroundSide, ...]:
    labels = {
        "held": _("Llevaba el paquete"),
        "brought": _("Vino del campo"),
        "now": _("Dice el catastro"),
    }
    other = {"held": "brought", "brought": "now", "now": "brought"}
    return tuple(
        GroundSide(
            role,
            label,
            shapes[role].area,
            shapes[role].length,
            tuple(differing_sides(shapes[role], shapes.get(other[role]))),
        )
        for role, label in labels.items()
        if role in shapes
    )


def _sketch(
    delta: FieldDelta,
    shapes: Mapping[str, BaseGeometry],
    sides: tuple[GroundSide, ...],
    on: date,
) -> GroundSketch | None:
    of_role = {one.role: one.sides for one in sides}
    return ground_sketch(
        shapes,
        neighbours=_around(delta, shapes, on),
        labelled=of_role.get("brought", ()),
        labelled_inside=of_role.get("now", ()),
        margin_m=_MARGIN_M,
    )


def _around(delta: FieldDelta, shapes: Mapping[str, BaseGeometry], on: date) -> list[BaseGeometry]:
    """The neighbours' ground in the package's plane."""
    srid, town = delta.package.srid, delta.package.municipality
    whole = shapely.unary_union(list(shapes.values()))
    if srid != STORAGE_SRID:
        (whole,) = reprojected(_array([whole]), to_srid=STORAGE_SRID, from_srid=srid)
    own = [delta.unit.parcel_id] if delta.unit is not None and delta.unit.parcel_id else []
    found = neighbouring_ground(whole, municipality=town, on=on, within_m=_AROUND_M, but=own)
    if srid == STORAGE_SRID or not found:
        return found
    return list(reprojected(_array(found), to_srid=srid))


def _array(shapes: list[BaseGeometry]) -> Any:
    return np.array(shapes, dtype=np.object_)
