"""What was done in the field: the return against what the package held, never against today's register."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.fieldwork.records import Record
from gis_project.core.canonical import sha256_hex

# Two drawings of the same ring: QGIS turns and renumbers what it only looked at, and where a neighbour is cut it
# sets the cut's end into this boundary too.
_SAME_M = 0.001


class Method(StrEnum):
    """What became of a record."""

    CREATE = "CREATE"
    PATCH = "PATCH"
    DELETE = "DELETE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """``columns``: name → (what the package held, what came back). ``geom`` likewise, WKB in hexadecimal."""

    layer: str
    uuid: str
    method: Method
    columns: Mapping[str, tuple[Any, Any]]
    geom: tuple[str | None, str | None] | None = None

    def fingerprint(self) -> str:
        """The same change has the same one, however often and in whichever file it comes."""
        told = {
            "layer": self.layer,
            "uuid": self.uuid,
            "method": self.method.value,
            "columns": {name: list(pair) for name, pair in self.columns.items()},
            "geom": list(self.geom) if self.geom else None,
        }
        return sha256_hex(told)


Records = Mapping[tuple[str, str], Record]


def changes(held: Records, brought: Records) -> list[Change]:
    """Every record that differs, in the order of the package and then of what is new."""
    found = []
    for place, before in held.items():
        after = brought.get(place)
        if after is None:
            told = {name: (value, None) for name, value in before.values.items()}
            found.append(
                Change(
                    layer=before.layer,
                    uuid=before.uuid,
                    method=Method.DELETE,
                    columns=told,
                    geom=(before.geom, None),
                )
            )
        else:
            found += _patches(before, after)
    for place, after in brought.items():
        if place not in held:
            told = {name: (None, value) for name, value in after.values.items()}
            found.append(
                Change(
                    layer=after.layer,
                    uuid=after.uuid,
                    method=Method.CREATE,
                    columns=told,
                    geom=(None, after.geom),
                )
            )
    return found


def shape_of(geom: str | None) -> BaseGeometry | None:
    """The flat geometry; None for nothing, and for what cannot be read."""
    if not geom:
        return None
    found = shapely.from_wkb(bytes.fromhex(geom), on_invalid="ignore")
    return shapely.force_2d(found) if found is not None else None


def _patches(before: Record, after: Record) -> list[Change]:
    """What changed of the values and what of the geometry, apart: each is proposed, and comes again, by itself."""
    names = [*before.values, *(name for name in after.values if name not in before.values)]
    columns = {
        name: (before.values.get(name), after.values.get(name))
        for name in names
        if before.values.get(name) != after.values.get(name)
    }
    place: dict[str, Any] = {"layer": before.layer, "uuid": before.uuid, "method": Method.PATCH}
    found = [Change(**place, columns=columns)] if columns else []
    if not _same(before.geom, after.geom):
        found.append(Change(**place, columns={}, geom=(before.geom, after.geom)))
    return found


def _same(one: str | None, other: str | None) -> bool:
    if one == other:
        return True
    before, after = shape_of(one), shape_of(other)
    if before is None or after is None:
        return False
    return bool(
        shapely.get_dimensions(before) == shapely.get_dimensions(after)
        and shapely.hausdorff_distance(before, after) <= _SAME_M
        and abs(before.area - after.area) <= _SAME_M * max(before.length, 1.0)
    )
