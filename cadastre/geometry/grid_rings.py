"""Polygons as rings of whole millimetres, and the exact laws that directed edges obey.

A ring is a list of points without the closing one. Directed edges have the interior on their left; an
edge that two parcels share appears once in each direction and cancels. Whatever is left is the *outline*
of the set. If every member is valid and the outline of some parcels equals the edges of another valid
polygon, then they cover it without gap or overlap and their areas sum to its area exactly: the winding
number of a point is the number of members that hold it. All exactness of the acts rests on this.
"""

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import MultiPolygon, Polygon

from cadastre.geometry.grid import metres, millimetres

Point = tuple[int, int]
Edge = tuple[Point, Point]
Ring = list[Point]
Parts = list[list[Ring]]
Area = Polygon | MultiPolygon
Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


# An act asks the same few polygons a dozen times each.
@lru_cache(64)
def parts_of(geom: Area) -> Parts:
    """The rings of each part, shell first, in the order and direction in which they are stored; not to be changed."""
    return _parts_of(shapely.get_parts(geom), millimetres)


def _parts_of(polygons: NDArray[np.object_], whole: Callable[[Floats], Ints]) -> Parts:
    rings, part_of_ring = shapely.get_rings(polygons, return_index=True)
    vertices, ring_of_vertex = shapely.get_coordinates(rings, return_index=True)
    points: list[Point] = [(x, y) for x, y in whole(vertices).tolist()]
    parts: Parts = []
    ends = np.cumsum(np.bincount(ring_of_vertex, minlength=len(rings))).tolist()
    start, last = 0, -1
    for end, part in zip(ends, part_of_ring.tolist(), strict=True):
        if part != last:
            parts.append([])
            last = part
        parts[-1].append(points[start : end - 1])
        start = end
    return parts


def area_of(parts: Parts, *, like: Area | None = None) -> Area:
    """The polygon of these rings; a ``MultiPolygon`` when there are several parts or ``like`` is one."""
    polygons = [_polygon(part) for part in parts]
    if len(polygons) > 1 or isinstance(like, MultiPolygon):
        return MultiPolygon(polygons)
    return polygons[0]


def _polygon(part: list[Ring]) -> Polygon:
    rings: list[Any] = [shapely.linearrings(_closed(ring)) for ring in part]
    polygon: Polygon = shapely.polygons(rings[0], holes=rings[1:] or None)
    return polygon


def _closed(ring: Ring) -> Floats:
    return metres(np.array([*ring, ring[0]], dtype=np.int64)).reshape(-1, 2)


def twice_ring_area(ring: Sequence[Point]) -> int:
    """Twice the signed area of a ring in mm²: positive when it runs anticlockwise."""
    x0, y0 = ring[0]
    total = 0
    previous_x, previous_y = ring[-1][0] - x0, ring[-1][1] - y0
    for x, y in ring:
        x, y = x - x0, y - y0
        total += previous_x * y - x * previous_y
        previous_x, previous_y = x, y
    return total


def ring_edges(ring: Sequence[Point]) -> list[Edge]:
    """The edges of a ring in its own direction."""
    return list(zip(ring, [*ring[1:], ring[0]], strict=True))


def edges_of(parts: Parts) -> list[Edge]:
    """The edges of a polygon, each with the interior on its left; repeated vertices make none."""
    edges: list[Edge] = []
    for part in parts:
        for number, ring in enumerate(part):
            is_shell = number == 0
            runs_left = twice_ring_area(ring) > 0
            edges += ring_edges(ring if runs_left == is_shell else ring[::-1])
    return [edge for edge in edges if edge[0] != edge[1]]


def vertices_of(parts: Parts) -> list[Point]:
    """The vertices of all rings, each once, in their order."""
    return list(dict.fromkeys(point for part in parts for ring in part for point in ring))


def outline_of(members: Iterable[Sequence[Edge]]) -> set[Edge] | None:
    """The edges that no other member runs the other way; ``None`` when two members claim the same side."""
    left: set[Edge] = set()
    for edges in members:
        for edge in edges:
            if (edge[1], edge[0]) in left:
                left.remove((edge[1], edge[0]))
            elif edge in left:
                return None
            else:
                left.add(edge)
    return left


def faces_of(edges: Iterable[Edge]) -> list[Parts]:
    """The smallest polygons that these noded edges bound, each as one part, in no promised order."""
    unique = np.array(sorted({(min(edge), max(edge)) for edge in edges}), dtype=np.int64)
    if not len(unique):
        return []
    # Near the origin, so that whole millimetres are exact in GEOS as well.
    origin = unique[0, 0]
    lines = shapely.linestrings((unique - origin).astype(np.float64))
    faces = shapely.get_parts(shapely.polygonize(lines))
    parts = _parts_of(faces, lambda vertices: np.rint(vertices).astype(np.int64) + origin)
    return [[part] for part in parts]
