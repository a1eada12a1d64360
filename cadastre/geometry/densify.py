"""Inserting vertices into boundaries that pass them by, so that neighbours share every vertex.

A point goes into the edge of a ring that lies at most 1 mm from it, at a place strictly between the
edge's ends. No vertex moves. Why 1 mm: a cut end is the exact crossing of two lines, rounded to the grid,
so it lies at most √2/2 mm from each of them and from every equal edge of a neighbour; at 1 mm it is
always found, and distinct vertices of the grid are never nearer to each other than that. The test is
exact: all numbers are whole millimetres.

The area of what is densified changes by less than half a square millimetre per millimetre of edge; the
change is told, and where both neighbours had the same edge one gains what the other loses.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from cadastre.geometry.exact_area import twice_area_of
from cadastre.geometry.grid import metres, millimetres
from cadastre.geometry.grid_rings import Area, Parts, Point, Ring, area_of, parts_of
from cadastre.geometry.ledger import K
from cadastre.geometry.refusal import GeometryRefused, place

REACH_MM = 1
Place = tuple[float, float]


class BoundaryTooTight(GeometryRefused):
    """Two stretches of a boundary pass within 1 mm of each other: correct the parcel there first."""

    code = "boundary_too_tight"


@dataclass(frozen=True, slots=True)
class Densified:
    """A polygon with more vertices: which ones (metres), and by how much twice its area in mm² changed."""

    geom: Area
    inserted: tuple[Place, ...]
    twice_change_mm2: int


def densify(geom: Area, points: Iterable[Place]) -> Densified:
    """The polygon with those of the grid ``points`` inserted that its edges pass within 1 mm.

    Raises ``BoundaryTooTight`` when the polygon would no longer be valid.
    """
    return densified(geom, points_mm(points))


def densify_all(geoms: Mapping[K, Area], points: Iterable[Place]) -> dict[K, Densified]:
    """Of several polygons (the neighbours of an act) those that get a vertex, densified."""
    return densified_all(geoms, points_mm(points))


def densified_all(
    geoms: Mapping[K, Area], points: Sequence[Point], *, corners: Sequence[Point] = ()
) -> dict[K, Densified]:
    """The same for points in whole millimetres.

    A polygon that gets one of the points also gets those of the ``corners`` (the vertices of the parcel on
    the other side) that its edges pass: where a corner stood on a longer side without a vertex there, the two
    boundaries would otherwise part between the new vertex and that corner.
    """
    if not points or not geoms:
        return {}
    spots = shapely.multipoints(metres(np.array(points, dtype=np.int64)))
    keys = list(geoms)
    # Twice the reach, so that rounding of this float filter cannot hide a neighbour.
    near = shapely.dwithin(list(geoms.values()), spots, 2 * REACH_MM / 1000)
    gaining = [
        key
        for key, is_near in zip(keys, near, strict=True)
        if is_near and densified_parts(parts_of(geoms[key]), points)[1]
    ]
    order = list(dict.fromkeys([*(p for p in corners if p not in set(points)), *points]))
    return {key: densified(geoms[key], order) for key in gaining}


def with_corners_of(geom: Area, neighbours: Mapping[K, Area]) -> Densified:
    """The polygon with those vertices of its neighbours that its edges pass: no corner stands on a bare side."""
    if not neighbours:
        return Densified(geom, (), 0)
    own = millimetres(shapely.get_coordinates(geom))
    corners = millimetres(shapely.get_coordinates(list(neighbours.values())))
    is_near = (corners >= own.min(axis=0) - REACH_MM) & (corners <= own.max(axis=0) + REACH_MM)
    points = dict.fromkeys((x, y) for x, y in corners[is_near.all(axis=1)].tolist())
    if shapely.get_num_interior_rings(geom) == 0 and geom.geom_type == "Polygon":
        for (
            x,
            y,
        ) in own.tolist():  # most corners are shared; of one ring's own vertices none is inserted
            points.pop((x, y), None)
    return densified(geom, near_points(geom, list(points)))


def near_points(geom: Area, points: Sequence[Point]) -> list[Point]:
    """Those points that lie near the boundary, quickly and a little generously."""
    if not points:
        return []
    spots = shapely.points(metres(np.array(points, dtype=np.int64)))
    boundary = shapely.boundary(geom)
    shapely.prepare(boundary)
    near = shapely.dwithin(boundary, spots, 2 * REACH_MM / 1000)
    return [points[number] for number in np.flatnonzero(near).tolist()]


def densified(geom: Area, points: Sequence[Point]) -> Densified:
    """The same for one polygon and points in whole millimetres."""
    if not points:
        return Densified(geom, (), 0)
    before = parts_of(geom)
    after, inserted = densified_parts(before, points)
    if not inserted:
        return Densified(geom, (), 0)
    dense = area_of(after, like=geom)
    if not shapely.is_valid(dense):
        at = in_metres(inserted[0])
        raise BoundaryTooTight(
            f"Cerca de {place(at)} el lindero pasa a menos de 1 mm de sí mismo: corríjalo antes.",
            at=at,
        )
    change = twice_area_of(after) - twice_area_of(before)
    return Densified(dense, tuple(in_metres(point) for point in inserted), change)


def densified_parts(parts: Parts, points: Sequence[Point]) -> tuple[Parts, list[Point]]:
    """Rings with the points inserted, and the points that went into at least one ring."""
    done: dict[Point, None] = {}
    after: Parts = []
    for part in parts:
        after.append([])
        for ring in part:
            dense, inserted = _dense_ring(ring, points)
            after[-1].append(dense)
            done.update(dict.fromkeys(inserted))
    return after, list(done)


def _dense_ring(ring: Ring, points: Sequence[Point]) -> tuple[Ring, list[Point]]:
    xs, ys = [p[0] for p in ring], [p[1] for p in ring]
    west, east = min(xs) - REACH_MM, max(xs) + REACH_MM
    south, north = min(ys) - REACH_MM, max(ys) + REACH_MM
    near = [p for p in points if west <= p[0] <= east and south <= p[1] <= north]
    if not near:
        return ring, []
    vertices = set(ring)
    inserted: list[Point] = []
    for point in near:
        if point not in vertices and (edge := _nearest_edge(ring, point)) is not None:
            ring = [*ring[: edge + 1], point, *ring[edge + 1 :]]
            vertices.add(point)
            inserted.append(point)
    return ring, inserted


def _nearest_edge(ring: Ring, point: Point) -> int | None:
    """The number of the edge that passes the point nearest, if one does within reach."""
    best, nearest = None, 2.0 * REACH_MM
    previous = ring[-1]
    for number, vertex in enumerate(ring):
        if passes_by(previous, vertex, point):
            distance = _distance(previous, vertex, point)
            if distance < nearest:
                best, nearest = (number - 1) % len(ring), distance
        previous = vertex
    return best


def passes_by(start: Point, end: Point, point: Point) -> bool:
    """Whether an edge passes the point within reach, strictly between its ends; exact."""
    px, py = point
    (ax, ay), (bx, by) = start, end
    if not (
        (px >= ax - 1 or px >= bx - 1)
        and (px <= ax + 1 or px <= bx + 1)
        and (py >= ay - 1 or py >= by - 1)
        and (py <= ay + 1 or py <= by + 1)
    ):
        return False
    dx, dy, ex, ey = bx - ax, by - ay, px - ax, py - ay
    square = dx * dx + dy * dy
    if not 0 < ex * dx + ey * dy < square:
        return False
    cross = dx * ey - dy * ex
    return cross * cross <= square * REACH_MM * REACH_MM


def _distance(start: Point, end: Point, point: Point) -> float:
    dx, dy = end[0] - start[0], end[1] - start[1]
    cross = dx * (point[1] - start[1]) - dy * (point[0] - start[0])
    return float(abs(cross) / (dx * dx + dy * dy) ** 0.5)


def points_mm(points: Iterable[Place]) -> list[Point]:
    """Grid points in metres as whole millimetres, each once, in their order."""
    given = np.array(list(points), dtype=np.float64).reshape(-1, 2)
    return list(dict.fromkeys((x, y) for x, y in millimetres(given).tolist()))


def in_metres(point: Point) -> Place:
    """A grid point as the coordinates that are stored."""
    return (point[0] / 1000.0, point[1] / 1000.0)
