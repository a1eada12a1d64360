"""Cut lines and a boundary made to meet only at common vertices of the millimetre grid.

Only what involves a cut line is noded; the parcel's own edges keep what they are, apart from the
vertices they gain. All tests are exact. A vertex within 1 mm of a line joins it, a crossing is rounded
to the grid and joins both lines; since that bends the lines a little, it is done again until no line
crosses or passes another.
"""

from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString

from cadastre.geometry.densify import densified_parts, in_metres, passes_by
from cadastre.geometry.grid_rings import Edge, Parts, Point, ring_edges
from cadastre.geometry.polygon_checks import MAX_VERTICES
from cadastre.geometry.refusal import GeometryRefused

_ROUNDS = 30
_FARTHEST_M = 1e9
Line = LineString | MultiLineString


class LineNotUsable(GeometryRefused):
    """The line is empty, endless or too detailed to cut with: draw it again."""

    code = "line_not_usable"


def rounded_lines(lines: Sequence[Line]) -> list[list[Point]]:
    """The user's lines on the grid, without repeated vertices; lines shorter than 1 mm vanish.

    Raises ``LineNotUsable`` for coordinates that are not finite or absurd, or too many of them.
    """
    runs = []
    total = 0
    for line in shapely.get_parts(np.array(lines, dtype=np.object_)):
        vertices = shapely.get_coordinates(line)
        total += len(vertices)
        if not (np.isfinite(vertices).all() and (np.abs(vertices) < _FARTHEST_M).all()):
            raise LineNotUsable(
                "La línea tiene coordenadas imposibles: dibújela otra vez en EPSG:32717."
            )
        points = [(x, y) for x, y in np.rint(vertices * 1000).astype(np.int64).tolist()]
        run = [p for i, p in enumerate(points) if i == 0 or p != points[i - 1]]
        if len(run) > 1:
            runs.append(run)
    if total > MAX_VERTICES:
        raise LineNotUsable(
            f"Las líneas tienen {total} vértices y el máximo es {MAX_VERTICES}: simplifíquelas."
        )
    return runs


def noded(parts: Parts, lines: Sequence[list[Point]]) -> tuple[Parts, set[Edge], list[Point]]:
    """The boundary and the edges of the lines after noding, and the vertices that the boundary gained.

    Raises ``LineNotUsable`` when lines lie so close together that it does not come to an end.
    """
    edges = {_sorted(p, q) for line in lines for p, q in pairwise(line)}
    edges = _onto_vertices(parts, edges)
    gained: dict[Point, None] = {}
    for _ in range(_ROUNDS):
        for_lines, for_boundary = _meetings(parts, edges)
        parts, inserted = densified_parts(parts, for_boundary)
        gained.update(dict.fromkeys(inserted))
        if not for_lines and not inserted:
            return parts, edges, list(gained)
        edges = {piece for edge in edges for piece in _chain(edge, for_lines.get(edge, ()))}
    at = in_metres(next(iter(for_lines or edges))[0])
    raise LineNotUsable(
        "Las líneas pasan a menos de 1 mm unas de otras: deje solo una de ellas.", at=at
    )


def _onto_vertices(parts: Parts, edges: set[Edge]) -> set[Edge]:
    """Line vertices that lie one step beside a vertex of the boundary are meant to be that vertex."""
    vertices = {p for part in parts for ring in part for p in ring}
    moved: dict[Point, Point] = {}
    for x, y in {p for edge in edges for p in edge} - vertices:
        for beside in ((x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)):
            if beside in vertices:
                moved[(x, y)] = beside
                break
    ends = [(moved.get(p, p), moved.get(q, q)) for p, q in edges]
    return {_sorted(p, q) for p, q in ends if p != q}


def _meetings(parts: Parts, edges: set[Edge]) -> tuple[dict[Edge, set[Point]], list[Point]]:
    """The points that each line edge must take in, and those that the boundary must."""
    lines = sorted(edges)
    sides = [_sorted(p, q) for part in parts for ring in part for p, q in ring_edges(ring)]
    boxes = _boxes([*lines, *sides])
    for_lines: dict[Edge, set[Point]] = defaultdict(set)
    for_boundary: dict[Point, None] = {}
    for number, line in enumerate(lines):
        for other_number in _touching(boxes, number).tolist():
            is_line = other_number < len(lines)
            other = lines[other_number] if is_line else sides[other_number - len(lines)]
            for_line, for_other = _meeting(line, other)
            for_lines[line].update(for_line)
            if is_line:
                for_lines[other].update(for_other)
            else:
                for_boundary.update(dict.fromkeys(for_other))
    return {edge: points for edge, points in for_lines.items() if points}, list(for_boundary)


def _meeting(s: Edge, t: Edge) -> tuple[list[Point], list[Point]]:
    """What the first and what the second edge must take in."""
    into_s = [p for p in t if p not in s and passes_by(*s, p)]
    into_t = [p for p in s if p not in t and passes_by(*t, p)]
    if into_s or into_t or s[0] in t or s[1] in t:
        return into_s, into_t
    crossing = _crossing(s, t)
    if crossing is None:
        return [], []
    return [crossing] * (crossing not in s), [crossing] * (crossing not in t)


def _crossing(s: Edge, t: Edge) -> Point | None:
    """Where two edges properly cross, rounded half up to the grid."""
    (ax, ay), (bx, by) = s
    (cx, cy), (dx, dy) = t
    sx, sy, tx, ty = bx - ax, by - ay, dx - cx, dy - cy
    turn = sx * ty - sy * tx
    if turn == 0:
        return None
    along_s = (cx - ax) * ty - (cy - ay) * tx
    along_t = (cx - ax) * sy - (cy - ay) * sx
    if turn < 0:
        turn, along_s, along_t = -turn, -along_s, -along_t
    if not (0 <= along_s <= turn and 0 <= along_t <= turn):
        return None
    return (
        ax + (2 * sx * along_s + turn) // (2 * turn),
        ay + (2 * sy * along_s + turn) // (2 * turn),
    )


def _chain(edge: Edge, points: set[Point] | tuple[()]) -> list[Edge]:
    """The edge bent through points that it passes, in the order in which it passes them."""
    start, end = edge
    dx, dy = end[0] - start[0], end[1] - start[1]
    row = sorted(points, key=lambda p: (p[0] - start[0]) * dx + (p[1] - start[1]) * dy)
    return [_sorted(p, q) for p, q in zip([start, *row], [*row, end], strict=True)]


def _boxes(edges: list[Edge]) -> NDArray[np.int64]:
    ends = np.array(edges, dtype=np.int64).reshape(-1, 2, 2)
    return np.hstack([ends.min(axis=1) - 1, ends.max(axis=1) + 1])


def _touching(boxes: NDArray[np.int64], number: int) -> NDArray[np.int64]:
    box, later = boxes[number], boxes[number + 1 :]
    apart = (
        (later[:, 0] > box[2])
        | (later[:, 2] < box[0])
        | (later[:, 1] > box[3])
        | (later[:, 3] < box[1])
    )
    return np.flatnonzero(~apart) + number + 1


def _sorted(p: Point, q: Point) -> Edge:
    return (p, q) if p < q else (q, p)
