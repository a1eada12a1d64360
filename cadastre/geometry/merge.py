"""Uniting parcels that share boundary; the result keeps every vertex that somebody else may share."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic

import shapely

from cadastre.geometry.densify import (
    Place,
    densified,
    densified_all,
    in_metres,
    near_points,
    passes_by,
    points_mm,
)
from cadastre.geometry.exact_area import as_m2, twice_area_of
from cadastre.geometry.grid_rings import (
    Area,
    Edge,
    Point,
    Ring,
    area_of,
    edges_of,
    outline_of,
    parts_of,
    vertices_of,
)
from cadastre.geometry.ledger import K, LedgerLine, ledger
from cadastre.geometry.refusal import GeometryRefused, place
from cadastre.geometry.split import united
from gis_project.core.units import format_m2

# A hole between merged parcels thinner than this is no courtyard but a gap of the survey.
_GAP_WIDTH_MM = 100


class NotContiguous(GeometryRefused):
    """The parcels share no stretch of boundary: only contiguous ones are united, or allow several parts."""

    code = "not_contiguous"


class BoundariesDiffer(GeometryRefused):
    """Between the parcels there is a gap or an overlap: adjust their common boundary first."""

    code = "boundaries_differ"


@dataclass(frozen=True, slots=True, kw_only=True)
class Merge(Generic[K]):
    """Parcels united: ``merged`` measures exactly what ``members`` (given back densified) do together.

    ``neighbours`` holds only those that gained a vertex, ``inserted`` the vertices that members gained from
    each other.
    """

    merged: Area
    members: Mapping[K, Area]
    neighbours: Mapping[K, Area]
    inserted: tuple[Place, ...]
    ledger: tuple[LedgerLine[K], ...]


def merge(
    members: Mapping[K, Area], *, neighbours: Mapping[K, Area], allow_parts: bool = False
) -> Merge[K]:
    """The parcels as one polygon, every vertex kept.

    ``allow_parts`` admits a multipart result, for parcels declared non-contiguous. Raises ``NotContiguous``
    or ``BoundariesDiffer``.
    """
    if len(members) < 2:
        raise NotContiguous("Se unen dos o más predios: añada el otro.")
    dense, gained = densified_among(members)
    own = {key: edges_of(parts_of(geom)) for key, geom in dense.items()}
    if not allow_parts:
        _check_contiguous(dense, own)
    merged = united_exactly(dense, own)
    changed = densified_all(neighbours, gained, corners=vertices_of(parts_of(merged)))
    return Merge(
        merged=merged,
        members=dense,
        neighbours={key: d.geom for key, d in changed.items()},
        inserted=tuple(in_metres(point) for point in gained),
        ledger=ledger(
            closed={key: twice_area_of(parts_of(geom)) for key, geom in members.items()},
            opened=[twice_area_of(parts_of(merged))],
            changed={key: d.twice_change_mm2 for key, d in changed.items()},
        ),
    )


def densified_among(members: Mapping[K, Area]) -> tuple[dict[K, Area], list[Point]]:
    """The members with each other's vertices on their edges, and the points that were inserted."""
    vertices = {key: vertices_of(parts_of(geom)) for key, geom in members.items()}
    dense: dict[K, Area] = {}
    gained: dict[Point, None] = {}
    for key, geom in members.items():
        foreign = {p for other, points in vertices.items() if other != key for p in points}
        result = densified(geom, near_points(geom, sorted(foreign)))
        dense[key] = result.geom
        gained.update(dict.fromkeys(points_mm(result.inserted)))
    return dense, list(gained)


def united_exactly(dense: Mapping[K, Area], own: Mapping[K, Sequence[Edge]]) -> Area:
    """The union of densified members, or ``BoundariesDiffer`` where they overlap or leave a gap."""
    outline = outline_of(own.values())
    merged = None if outline is None else united(list(dense.values()))
    if merged is None or not shapely.is_valid(merged) or set(edges_of(parts_of(merged))) != outline:
        raise _overlap(list(dense.values()))
    had = {min(ring) for geom in dense.values() for part in parts_of(geom) for ring in part[1:]}
    for part in parts_of(merged):
        for hole in part[1:]:
            _check_no_gap(hole, had)
    return merged


def without_inserted(geom: Area, points: Iterable[Place]) -> Area:
    """The polygon without these vertices, taken out last first, each within 1 mm of the line past it.

    The inverse of densifying: what a merge of the children of a split needs to be the parent again.
    ``ValueError`` when a point is a true corner.
    """
    unwanted = points_mm(points)
    return area_of(
        [[_without(ring, unwanted) for ring in part] for part in parts_of(geom)], like=geom
    )


def simplify_collinear(geom: Area, *, keep: Collection[Place] = ()) -> Area:
    """The polygon without vertices that lie exactly on the line past them, except those to ``keep``.

    ``keep`` are the vertices that neighbours still have; the area does not change.
    """
    kept = set(points_mm(keep))
    parts = [[_straight(ring, kept) for ring in part] for part in parts_of(geom)]
    return area_of(parts, like=geom)


def _without(ring: Ring, unwanted: Sequence[Point]) -> Ring:
    row = list(ring)
    for point in reversed(unwanted):
        if point not in row:
            continue
        number = row.index(point)
        if len(row) < 4 or not passes_by(row[number - 1], row[(number + 1) % len(row)], point):
            raise ValueError(f"{in_metres(point)} is a corner and cannot be taken out.")
        del row[number]
    return row


def _straight(ring: Ring, kept: set[Point]) -> Ring:
    row = list(ring)
    number = 0
    while number < len(row) and len(row) > 3:
        (ax, ay), (x, y) = row[number - 1], row[number]
        bx, by = row[(number + 1) % len(row)]
        ahead = (x - ax) * (bx - x) + (y - ay) * (by - y) > 0
        if (x, y) not in kept and ahead and (x - ax) * (by - ay) == (y - ay) * (bx - ax):
            del row[number]
        else:
            number += 1
    return row


def _check_contiguous(dense: Mapping[K, Area], own: Mapping[K, Sequence[Edge]]) -> None:
    keys = list(dense)
    owner = {edge: key for key in keys for edge in own[key]}
    reached, waiting = {keys[0]}, [keys[0]]
    while waiting:
        for p, q in own[waiting.pop()]:
            beyond = owner.get((q, p))
            if beyond is not None and beyond not in reached:
                reached.add(beyond)
                waiting.append(beyond)
    apart = [key for key in keys if key not in reached]
    if apart:
        others = shapely.union_all([dense[key] for key in reached])
        if shapely.relate_pattern(others, dense[apart[0]], "2********"):
            raise _overlap(list(dense.values()))
        spot = shapely.point_on_surface(dense[apart[0]])
        at = (spot.x, spot.y)
        raise NotContiguous(
            f"El predio en {place(at)} no comparte ningún tramo de lindero con los demás: "
            "solo se unen predios colindantes.",
            at=at,
            distance_m=round(float(shapely.distance(others, dense[apart[0]])), 3),
        )


def _check_no_gap(hole: Ring, had: set[Point]) -> None:
    if min(hole) in had:
        return
    area = twice_area_of([[hole]])
    length = sum(
        ((p[0] - q[0]) ** 2 + (p[1] - q[1]) ** 2) ** 0.5
        for p, q in zip(hole, [*hole[1:], hole[0]], strict=True)
    )
    if area < _GAP_WIDTH_MM * length:  # twice area / perimeter: the mean width
        at = in_metres(hole[0])
        raise BoundariesDiffer(
            f"Entre los predios queda un hueco de {format_m2(as_m2(area))} en {place(at)}: "
            "ajuste antes el lindero común.",
            at=at,
        )


def _overlap(members: list[Area]) -> BoundariesDiffer:
    for number, one in enumerate(members):
        for other in members[number + 1 :]:
            common = shapely.intersection(one, other)
            if common.area > 0:
                spot = shapely.point_on_surface(common)
                at = (spot.x, spot.y)
                return BoundariesDiffer(
                    f"Los predios se sobreponen {format_m2(common.area)} en {place(at)}: "
                    "ajuste antes el lindero común.",
                    at=at,
                )
    spot = shapely.point_on_surface(members[0])
    at = (spot.x, spot.y)
    return BoundariesDiffer(
        f"Los linderos comunes junto a {place(at)} no coinciden: ajústelos antes.", at=at
    )
