"""The outline of a predio for papers: numbered corners in the legal CRS, and who lies beyond each stretch."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import hypot
from typing import Any
from uuid import UUID

import numpy as np
import shapely

from cadastre.geometry.boundary_parts import BoundaryPart, boundary_parts
from cadastre.models import KeyAlias, ParcelVersion, PropertyUnit, Right, Road
from cadastre.models.geometry_edge import to_shapely
from gis_project.core.areas import reprojected
from gis_project.territory.models import Municipality

ROAD_WITHIN_M = 20
NOBODY = "terreno sin registro catastral"
SIDES = {"NORTH": "norte", "EAST": "este", "SOUTH": "sur", "WEST": "oeste"}


@dataclass(frozen=True, slots=True)
class Corner:
    """A numbered corner; easting and northing in metres of the legal CRS."""

    number: int
    easting: float
    northing: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """From corner to corner with one neighbour on one side; length and azimuth of the legal CRS."""

    start: int
    end: int
    side: str
    neighbour: str
    is_road: bool
    length_m: float
    azimuth_deg: float


@dataclass(frozen=True, slots=True)
class Outline:
    """`geom`, `around` (label, shape) and `roads` (name, line) are shapely geometries in the legal CRS."""

    geom: Any
    corners: tuple[Corner, ...]
    stretches: tuple[Stretch, ...]
    around: tuple[tuple[str, Any], ...]
    roads: tuple[tuple[str, Any], ...]
    perimeter_m: float


def outline_of(
    unit: PropertyUnit, *, municipality: Municipality, on: date, with_names: bool = False
) -> Outline | None:
    """The outline on a civil date; None without a map. `with_names` adds holders' names to the neighbours'
    keys, which only the office's own copy may print (the caller checks that and logs the look)."""
    versions = ParcelVersion.objects.known().valid_on(on).filter(municipality=municipality)
    own = versions.filter(parcel_id=unit.parcel_id, geom__isnull=False).first()
    if own is None:
        return None
    geom: Any = to_shapely(own.geom)
    around: dict[UUID, Any] = {
        row.parcel_id: to_shapely(row.geom)
        for row in versions.filter(geom__dwithin=(own.geom, 0.01)).exclude(pk=own.pk)
    }
    labels = _labels(list(around), municipality=municipality, on=on, with_names=with_names)
    roads = [
        (road.name, to_shapely(road.geom))
        for road in Road.objects.known()
        .valid_on(on)
        .filter(municipality=municipality, geom__dwithin=(own.geom, ROAD_WITHIN_M))
        .order_by("name", "pk")
    ]
    to_legal = _to_legal(municipality.legal_srid)
    corners: list[Corner] = []
    stretches = tuple(
        _numbered(boundary_parts(geom, neighbours=around), corners, labels, roads, to_legal)
    )
    return Outline(
        geom=to_legal(geom),
        corners=tuple(corners),
        stretches=stretches,
        around=tuple((labels[key][0], to_legal(shape)) for key, shape in around.items()),
        roads=tuple((name, to_legal(line)) for name, line in roads),
        perimeter_m=sum(stretch.length_m for stretch in stretches),
    )


def _to_legal(srid: int) -> Any:
    def move(geom: Any) -> Any:
        return reprojected(np.array([geom], dtype=object), to_srid=srid)[0]

    return move if srid != 32717 else lambda geom: geom


def _numbered(
    parts: tuple[BoundaryPart[UUID], ...],
    corners: list[Corner],
    labels: dict[UUID, tuple[str, str]],
    roads: list[tuple[str, Any]],
    to_legal: Any,
) -> Iterator[Stretch]:
    """Fills `corners` in the order of the walk and tells each stretch by their numbers."""
    ring: tuple[int, int] | None = None
    first = 1
    last_of_ring = {(part.part, part.ring): number for number, part in enumerate(parts)}
    for number, part in enumerate(parts):
        line = shapely.LineString(part.vertices)
        places = shapely.get_coordinates(to_legal(line))
        if (part.part, part.ring) != ring:
            ring, first = (part.part, part.ring), len(corners) + 1
            corners.append(Corner(first, *map(float, places[0])))
        start = corners[-1].number
        closes = number == last_of_ring[ring]
        for place in places[1 : -1 if closes else None]:
            corners.append(Corner(corners[-1].number + 1, *map(float, place)))
        (ax, ay), (bx, by) = places[0], places[-1]
        label, is_road = _beyond(part, labels, roads, line)
        yield Stretch(
            start=start,
            end=first if closes else corners[-1].number,
            side=SIDES[part.side] if part.side else "interior",
            neighbour=label,
            is_road=is_road,
            length_m=float(sum(hypot(*(q - p)) for p, q in pairwise(places))),
            azimuth_deg=float(np.degrees(np.arctan2(bx - ax, by - ay)) % 360),
        )


def _beyond(
    part: BoundaryPart[UUID],
    labels: dict[UUID, tuple[str, str]],
    roads: list[tuple[str, Any]],
    line: Any,
) -> tuple[str, bool]:
    if part.neighbour is not None:
        return labels[part.neighbour][1], False
    middle = line.interpolate(0.5, normalized=True)
    near = [(shape.distance(middle), name) for name, shape in roads if name]
    if near and min(near)[0] <= ROAD_WITHIN_M:
        return min(near)[1], True
    return (NOBODY, False) if not roads else ("vía pública", True)


def _labels(
    parcels: list[UUID], *, municipality: Municipality, on: date, with_names: bool
) -> dict[UUID, tuple[str, str]]:
    """Parcel → what the plan writes in it, and what the text says of it."""
    keys = dict(
        KeyAlias.objects.known()
        .valid_on(on)
        .filter(
            municipality=municipality,
            is_principal=True,
            unit__kind="WHOLE",
            unit__parcel__in=parcels,
        )
        .values_list("unit__parcel_id", "text")
    )
    names: dict[UUID, list[str]] = {}
    if with_names:
        rights = (
            Right.objects.known()
            .valid_on(on)
            .filter(unit__parcel__in=parcels, unit__kind="WHOLE")
            .order_by("party__identity__search_name")
            .values_list("unit__parcel_id", "party__identity__full_name")
        )
        for parcel, name in rights:
            names.setdefault(parcel, []).append(name)
    told = {}
    for parcel in parcels:
        key = keys.get(parcel, "sin clave")
        text = f"predio de clave {key}"
        if parcel in names:
            text = f"predio de {' y '.join(names[parcel])}, clave {key}"
        told[parcel] = (key, text)
    return told
