"""Sliding the ends of a cut along the boundary by millimetres, and bending it by less, to reach an area exactly.

The twice-area of the piece before a chord P→Q, as a function of its ends, is a constant, plus what the
boundary's edges at P and at Q bring, plus P×Q: all whole numbers, so candidates are compared exactly and
together. On lines longer than some 20 m a millimetre at an end is more than 0.01 m²;
there one more vertex, less than 1 mm off the chord, brings what the ends cannot.
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
_TRIALS = 24
_PLACES = 500
_BEND_MM = 0.9
_AROUND = np.array([(x, y) for x in (-1, 0, 1) for y in (-1, 0, 1)], dtype=np.int64)
Ints = NDArray[np.int64]


def slid_ends(cut: Split[int], wanted: int, *, close_enough: int) -> Iterator[list[list[Point]]]:
    """Lines that part the cut parcel so that the first child comes nearer to ``wanted`` twice mm².

    Proposals, the smallest movement first, those with a bend last; each is the whole set of lines with one slid.
    Before the others come those reckoned to be within ``close_enough`` twice mm².
    """
    first, second = (edges_of(parts_of(child)) for child in cut.children)
    beyond = set(second)
    chords = [(p, q) for p, q in first if (q, p) in beyond]
    chords.sort(key=lambda chord: -_length(chord))
    missing = wanted - twice_area_mm2(cut.children[0])
    outer = edges_of(parts_of(cut.parent))
    came, goes = {q: p for p, q in outer}, dict(outer)
    gained = set(points_mm(cut.inserted))
    ends: dict[int, tuple[_End, _End]] = {}
    for number, (p, q) in enumerate(chords[:_MOST_CHORDS]):
        if p in goes and q in goes:  # else a bend inside the parcel, where two chords meet
            into = _End(came[p], p, goes[p], is_new=p in gained)
            out_of = _End(came[q], q, goes[q], is_new=q in gained)
            ends[number] = (into, out_of)
    straight = [list(chord) for chord in chords]
    farther = []
    for window in _WINDOWS_MM:
        for number, (into, out_of) in ends.items():
            slid = _slid(into, out_of, missing, window)[0]
            lines = [*straight[:number], [*slid.chord], *straight[number + 1 :]]
            if abs(slid.excess) <= close_enough:
                yield lines
            else:
                farther.append(lines)
    for number, (into, out_of) in ends.items():
        trials = _slid(into, out_of, missing, _WINDOWS_MM[1])
        bent = min((_bent(slid) for slid in trials), key=lambda trial: trial[0])[1]
        yield [*straight[:number], bent, *straight[number + 1 :]]
    yield from farther


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


@dataclass(frozen=True, slots=True)
class _Slid:
    """A chord, and by how much its piece is too large (twice mm²)."""

    chord: Edge
    excess: int


def _slid(into: _End, out_of: _End, missing: int, window: int) -> list[_Slid]:
    """Chords with ends within the window, the one whose area comes nearest to what is missing first."""
    origin = into.at
    starts, brought = into.candidates(origin, window, runs_in=True)
    ends, taken = out_of.candidates(origin, window, runs_in=False)
    areas = brought[:, None] + taken[None, :] + _cross(starts[:, None], ends[None, :])
    excess = areas - areas[0, 0] - missing
    found = []
    for flat in np.argsort(np.abs(excess), axis=None, kind="stable")[:_TRIALS].tolist():
        i, j = divmod(flat, len(ends))
        (px, py), (qx, qy) = starts[i].tolist(), ends[j].tolist()
        chord = ((px + origin[0], py + origin[1]), (qx + origin[0], qy + origin[1]))
        found.append(_Slid(chord, int(excess[i, j])))
    return found


def _bent(slid: _Slid) -> tuple[int, list[Point]]:
    """The chord with a vertex in its middle third that takes the excess away; what then remains comes first."""
    p, q = slid.chord
    way = _local(q, p)
    length = _length(slid.chord)
    shares = np.linspace(1 / 3, 2 / 3, _PLACES)
    places = np.rint(np.outer(shares, way)).astype(np.int64)
    places = (places[:, None] + _AROUND[None]).reshape(-1, 2)
    # Going round by the vertex adds vertex × way to the piece.
    added = _cross(places, way)
    remains = np.abs(added + slid.excess)
    remains[np.abs(added) > _BEND_MM * length] = np.iinfo(np.int64).max
    best = int(np.argmin(remains))
    x, y = places[best].tolist()
    return int(remains[best]), [p, (p[0] + x, p[1] + y), q]


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
