"""Sliding the ends of a cut along the boundary by millimetres, to reach an area exactly.

The twice-area of the piece before a chord P→Q, as a function of its ends, is a constant, plus what the
boundary's edges at P and at Q bring, plus P×Q: all whole numbers, so candidates are compared exactly and
together.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadastre.geometry.densify import points_mm
from cadastre.geometry.exact_area import twice_area_mm2
from cadastre.geometry.grid_rings import Edge, Point, edges_of, parts_of
from cadastre.geometry.split import Split

_WINDOWS_MM = (4, 16, 64)
_MOST_CHORDS = 3
Ints = NDArray[np.int64]


def slid_ends(cut: Split[int], wanted: int) -> Iterator[list[Edge]]:
    """Chords that part the cut parcel so that the first child comes nearer to ``wanted`` twice mm².

    Proposals, the smallest movement first; each is the whole set of chords with one of them slid.
    """
    first, second = (edges_of(parts_of(child)) for child in cut.children)
    beyond = set(second)
    chords = [(p, q) for p, q in first if (q, p) in beyond]
    chords.sort(key=lambda chord: -_length(chord))
    missing = wanted - twice_area_mm2(cut.children[0])
    outer = edges_of(parts_of(cut.parent))
    came, goes = {q: p for p, q in outer}, dict(outer)
    gained = set(points_mm(cut.inserted))
    for window in _WINDOWS_MM:
        for number, (p, q) in enumerate(chords[:_MOST_CHORDS]):
            if p not in goes or q not in goes:
                continue  # a bend inside the parcel, where two chords meet
            into = _End(came[p], p, goes[p], is_new=p in gained)
            out_of = _End(came[q], q, goes[q], is_new=q in gained)
            slid = _slid(into, out_of, missing, window)
            if slid != (p, q):
                yield [*chords[:number], slid, *chords[number + 1 :]]


@dataclass(frozen=True, slots=True)
class _End:
    """Where a chord meets the boundary, which runs came → at → goes; a new vertex may be left out again."""

    came: Point
    at: Point
    goes: Point
    is_new: bool

    def candidates(self, origin: Point, window: int, *, runs_in: bool) -> tuple[Ints, Ints]:
        """Grid points for this end, first the one it has, and what the boundary there brings to the piece.

        The piece holds came → P when the boundary runs into the chord, else Q → goes.
        """
        came, at, goes = (_local(p, origin) for p in (self.came, self.at, self.goes))
        if self.is_new:
            points = np.vstack([at[None], _along(at, came, goes, window)])
            return points, _cross(came, points) if runs_in else _cross(points, goes)
        back = np.vstack([at[None], _along(at, came, at, window)])
        ahead = _along(at, at, goes, window)
        if runs_in:
            brought = [_cross(came, back), _cross(came, at) + _cross(at, ahead)]
        else:
            brought = [_cross(back, at) + _cross(at, goes), _cross(ahead, goes)]
        return np.vstack([back, ahead]), np.concatenate(brought)


def _slid(into: _End, out_of: _End, missing: int, window: int) -> Edge:
    """The ends within the window whose area comes nearest to what is missing."""
    origin = into.at
    starts, brought = into.candidates(origin, window, runs_in=True)
    ends, taken = out_of.candidates(origin, window, runs_in=False)
    areas = brought[:, None] + taken[None, :] + _cross(starts[:, None], ends[None, :])
    off = np.abs(areas - areas[0, 0] - missing)
    i, j = np.unravel_index(int(np.argmin(off)), off.shape)
    start, end = starts[i].tolist(), ends[j].tolist()
    return (
        (start[0] + origin[0], start[1] + origin[1]),
        (end[0] + origin[0], end[1] + origin[1]),
    )


def _along(at: Ints, start: Ints, end: Ints, window: int) -> Ints:
    """Grid points nearest to the line start → end around ``at``, not within 2 mm of its ends."""
    way = (end - start).astype(np.float64)
    length = float(np.hypot(*way))
    here = float((at - start) @ way) / length
    steps = here + np.arange(-window, window + 1)
    steps = steps[(steps > 2) & (steps < length - 2)]
    return start + np.rint(np.outer(steps, way / length)).astype(np.int64)


def _local(point: Point, origin: Point) -> Ints:
    return np.array([point[0] - origin[0], point[1] - origin[1]], dtype=np.int64)


def _cross(p: Ints, q: Ints) -> Ints:
    return np.asarray(p[..., 0] * q[..., 1] - p[..., 1] * q[..., 0], dtype=np.int64)


def _length(chord: Edge) -> float:
    (px, py), (qx, qy) = chord
    return float(np.hypot(qx - px, qy - py))
