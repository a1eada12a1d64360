"""A parcel's boundary as a notary walks it: from the north-west corner clockwise, by side and neighbour.

The four corners are the vertices that reach farthest towards north-west, north-east, south-east and
south-west, seen in the frame of the parcel's smallest rectangle, so that a block turned against the
grid still has straight sides. A side runs from corner to corner, however broken its line; a triangle has
three. What bounds a courtyard (a hole) has no side.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from math import atan2, degrees, hypot, pi
from typing import Generic

import numpy as np
import shapely
from shapely import STRtree

from cadastre.geometry.densify import Place, densified_parts, in_metres, near_points
from cadastre.geometry.exact_area import twice_area_of
from cadastre.geometry.grid_rings import (
    Area,
    Edge,
    Point,
    Ring,
    area_of,
    edges_of,
    parts_of,
    twice_ring_area,
    vertices_of,
)
from cadastre.geometry.ledger import K

_REACH_M = 0.005
_STRAIGHT_M = 0.01


class CardinalSide(StrEnum):
    """Where a stretch of boundary lies, in the order of the walk."""

    NORTH = "NORTH"
    EAST = "EAST"
    SOUTH = "SOUTH"
    WEST = "WEST"


@dataclass(frozen=True, slots=True)
class BoundaryPart(Generic[K]):
    """A stretch with one neighbour on one side, in the direction of the walk (clockwise around the parcel).

    ``neighbour`` is ``None`` where no parcel lies (a road, a ravine, the unknown); ``side`` is ``None`` around a
    hole. ``part`` counts the parts of a multipart parcel from the largest, ``ring`` 0 is the shell. Length and
    bearing are of the storage grid; ``bearing_deg`` points from the first to the last vertex, clockwise
    from grid north, ``None`` for a closed ring. ``is_straight``: no vertex lies farther than 1 cm off.
    """

    part: int
    ring: int
    side: CardinalSide | None
    neighbour: K | None
    vertices: tuple[Place, ...]
    length_m: float
    bearing_deg: float | None
    is_straight: bool


def boundary_parts(parcel: Area, *, neighbours: Mapping[K, Area]) -> tuple[BoundaryPart[K], ...]:
    """The stretches in the order of the walk: part by part, the shell first, then its holes.

    A neighbour bounds an edge that it shares, or one that its own boundary follows within 5 mm. Corners of
    neighbours on the parcel's edges count as vertices here, without changing the parcel.
    """
    beyond = _Beyond(neighbours)
    parts = sorted(parts_of(parcel), key=lambda part: -twice_area_of([part]))
    found: list[BoundaryPart[K]] = []
    for part_number, part in enumerate(parts):
        (dense,), _ = densified_parts([part], beyond.vertices_near(part))
        angle = _frame_angle(dense[0])
        for ring_number, ring in enumerate(dense):
            is_shell = ring_number == 0
            # The interior lies to the right of the walk; the shell clockwise, holes against it.
            walk = ring if (twice_ring_area(ring) < 0) == is_shell else ring[::-1]
            sides = _sides(walk, angle) if is_shell else [(None, _closed_from_north_west(walk))]
            for side, run in sides:
                for neighbour, stretch in beyond.stretches(run):
                    found.append(_told(part_number, ring_number, side, neighbour, stretch))
    return tuple(found)


class _Beyond(Generic[K]):
    """The neighbours, ready to be asked who lies beyond an edge."""

    def __init__(self, neighbours: Mapping[K, Area]) -> None:
        self._keys = list(neighbours)
        self._boundaries = [shapely.boundary(geom) for geom in neighbours.values()]
        self._tree = STRtree(self._boundaries)
        self._owner: dict[Edge, K] = {}
        self._vertices: list[Point] = []
        for key, geom in neighbours.items():
            parts = parts_of(geom)
            self._owner.update(dict.fromkeys(edges_of(parts), key))
            self._vertices += vertices_of(parts)

    def vertices_near(self, part: list[Ring]) -> list[Point]:
        return near_points(area_of([part]), list(dict.fromkeys(self._vertices)))

    def stretches(self, run: Sequence[Point]) -> list[tuple[K | None, list[Point]]]:
        """The run cut where the neighbour changes."""
        found: list[tuple[K | None, list[Point]]] = []
        for p, q in pairwise(run):
            key = self._beyond(p, q)
            if found and found[-1][0] == key:
                found[-1][1].append(q)
            else:
                found.append((key, [p, q]))
        return found

    def _beyond(self, p: Point, q: Point) -> K | None:
        # The walk has the interior on its right, so the neighbour's own edge runs the same way.
        if (p, q) in self._owner:
            return self._owner[(p, q)]
        spots = np.array([in_metres(p), in_metres(q)])
        middle = shapely.Point(spots.mean(axis=0))
        near = self._tree.query(middle, predicate="dwithin", distance=_REACH_M)
        trial = [middle, shapely.Point(spots[0]), shapely.Point(spots[1])]
        best: tuple[float, int] | None = None
        for number in near.tolist():
            farthest = float(shapely.distance(self._boundaries[number], trial).max())
            if farthest <= _REACH_M and (best is None or (farthest, number) < best):
                best = (farthest, number)
        return None if best is None else self._keys[best[1]]


def _sides(walk: Ring, angle: float) -> list[tuple[CardinalSide | None, list[Point]]]:
    origin = np.array(walk[0])
    turn = np.array([[np.cos(angle), np.sin(angle)], [-np.sin(angle), np.cos(angle)]])
    u, v = turn @ (np.array(walk, dtype=np.int64) - origin).T
    north_west, north_east, south_east, south_west = (
        int(np.argmax(np.round(reach))) for reach in (v - u, v + u, u - v, -u - v)
    )
    corners = [north_west, north_east, south_east, south_west, north_west]
    sides: list[tuple[CardinalSide | None, list[Point]]] = []
    for side, (start, end) in zip(CardinalSide, pairwise(corners), strict=True):
        if start != end:
            steps = (end - start) % len(walk)
            run = [walk[(start + step) % len(walk)] for step in range(steps + 1)]
            sides.append((side, run))
    return sides


def _closed_from_north_west(walk: Ring) -> list[Point]:
    start = max(range(len(walk)), key=lambda n: (walk[n][1] - walk[n][0], walk[n][1]))
    return [*walk[start:], *walk[:start], walk[start]]


def _frame_angle(shell: Ring) -> float:
    """By how much the smallest rectangle is turned against the grid, between −45° and 45°."""
    origin = np.array(shell[0])
    local = shapely.Polygon(np.array(shell, dtype=np.int64) - origin)
    rectangle = shapely.get_coordinates(shapely.oriented_envelope(local))
    (x, y) = rectangle[1] - rectangle[0]
    quarter = pi / 2
    angle = atan2(y, x) % quarter
    return angle - quarter if angle > pi / 4 else angle


def _told(
    part: int, ring: int, side: CardinalSide | None, neighbour: K | None, run: list[Point]
) -> BoundaryPart[K]:
    (ax, ay), (bx, by) = run[0], run[-1]
    chord = hypot(bx - ax, by - ay)
    off = (
        [abs((bx - ax) * (y - ay) - (by - ay) * (x - ax)) / chord for x, y in run] if chord else []
    )
    return BoundaryPart(
        part=part,
        ring=ring,
        side=side,
        neighbour=neighbour,
        vertices=tuple(in_metres(p) for p in run),
        length_m=sum(hypot(q[0] - p[0], q[1] - p[1]) for p, q in pairwise(run)) / 1000,
        bearing_deg=degrees(atan2(bx - ax, by - ay)) % 360 if chord else None,
        is_straight=bool(off) and max(off) <= 1000 * _STRAIGHT_M,
    )
