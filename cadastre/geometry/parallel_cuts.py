"""Parallel cuts: an exact area cut off along a direction, shares by ratio, strips of equal area or width.

A bearing is in degrees clockwise from grid north; ``side`` is the side on which the first piece lies, looking
along the bearing. Areas are grid areas of EPSG:32717: who wants legal ones divides by the areal scale at
the parcel first. The line is found in floating point and its ends rounded to the grid; then the ends slide
along the boundary by millimetres until the exact area of the piece is the asked one to 0.005 m²; where that
is not enough (lines of tens of metres) the line gets one vertex less than 1 mm off. What was achieved is told.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import cos, radians, sin
from typing import Generic, Literal

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely import LineString, MultiLineString

from cadastre.geometry.densify import (
    Densified,
    densified,
    densified_all,
    in_metres,
    points_mm,
    with_corners_of,
)
from cadastre.geometry.exact_area import area_m2, as_m2, twice_area_mm2
from cadastre.geometry.grid_rings import Area, edges_of, parts_of, vertices_of
from cadastre.geometry.ledger import K, ledger
from cadastre.geometry.refusal import GeometryRefused
from cadastre.geometry.slide_ends import slid_ends
from cadastre.geometry.split import Split, all_pieces, check_law, pieces_of, regroup
from gis_project.core.units import format_m2

Side = Literal["left", "right"]
_CLOSE_ENOUGH_TWICE_MM2 = 10_000
_SECTIONS = 64
_ROUNDS = 6
_MOST_STRIPS = 500


class AreaNotAvailable(GeometryRefused):
    """The parcel cannot yield these areas: ask for at least 1 m² per piece and less than it measures."""

    code = "area_not_available"


@dataclass(frozen=True, slots=True, kw_only=True)
class ParallelCuts(Generic[K]):
    """A split by parallel lines: ``children`` of the split from the asked side on.

    ``asked_m2`` is empty for strips of equal width; else one exact amount per child, the last one what
    remains. ``lines`` are the cuts as they were rounded.
    """

    split: Split[K]
    asked_m2: tuple[Decimal, ...]
    achieved_m2: tuple[Decimal, ...]
    lines: tuple[MultiLineString, ...]


def split_off_area(
    parent: Area,
    area: Decimal,
    *,
    bearing_deg: float,
    side: Side,
    key: K,
    neighbours: Mapping[K, Area],
) -> ParallelCuts[K]:
    """Two children: the first measures ``area`` m² (to 0.01) and lies on the side, the second is the rest."""
    wanted = round(Fraction(area) * 2_000_000)
    targets = [wanted, twice_area_mm2(parent) - wanted]
    return _cut_in_turn(parent, targets, bearing_deg, side, key, neighbours)


def split_by_ratio(
    parent: Area,
    ratio: Sequence[int | Decimal],
    *,
    bearing_deg: float,
    side: Side,
    key: K,
    neighbours: Mapping[K, Area],
) -> ParallelCuts[K]:
    """One child per number of the ratio, in its order from the side on."""
    if len(ratio) < 2 or any(share <= 0 for share in ratio):
        raise AreaNotAvailable("La proporción necesita dos o más números mayores que cero.")
    shares = [Fraction(share) for share in ratio]
    total = twice_area_mm2(parent)
    targets = [round(total * share / sum(shares)) for share in shares]
    return _cut_in_turn(parent, targets, bearing_deg, side, key, neighbours)


def split_by_equal_area(
    parent: Area,
    count: int,
    *,
    bearing_deg: float,
    side: Side,
    key: K,
    neighbours: Mapping[K, Area],
) -> ParallelCuts[K]:
    """``count`` strips of the same area (to 0.01 m²; the last takes what rounding leaves)."""
    _check_count(count)
    return split_by_ratio(
        parent, [1] * count, bearing_deg=bearing_deg, side=side, key=key, neighbours=neighbours
    )


def split_by_equal_width(
    parent: Area,
    count: int,
    *,
    bearing_deg: float,
    side: Side,
    key: K,
    neighbours: Mapping[K, Area],
) -> ParallelCuts[K]:
    """``count`` strips of the same width, measured across the bearing."""
    _check_count(count)
    sweep = _Sweep.of(parent, bearing_deg, side)
    depth = (sweep.deepest - sweep.nearest) / count
    offsets = [sweep.nearest + depth * number for number in range(1, count)]
    cut = all_pieces(parent, [sweep.line(t) for t in offsets], key=key, neighbours=neighbours)
    strip_of = np.searchsorted(offsets, sweep.depths(cut.children)).tolist()
    groups = [[n for n, strip in enumerate(strip_of) if strip == s] for s in range(count)]
    split = regroup(cut, [group for group in groups if group])
    return ParallelCuts(
        split=split,
        asked_m2=(),
        achieved_m2=tuple(area_m2(child) for child in split.children),
        lines=tuple(
            _common_line(split.children[n : n + 2]) for n in range(len(split.children) - 1)
        ),
    )


def _cut_in_turn(
    parent: Area,
    targets: Sequence[int],
    bearing_deg: float,
    side: Side,
    key: K,
    neighbours: Mapping[K, Area],
) -> ParallelCuts[K]:
    """Cut off one piece after the other, so that each is exact on the boundary already densified."""
    _check_count(len(targets))
    if min(targets) < 2_000_000:
        raise AreaNotAvailable(
            f"El predio mide {format_m2(area_m2(parent))}: cada parte debe medir al menos 1 m².",
            area_m2=str(area_m2(parent)),
        )
    rest, children, lines = parent, list[Area](), []
    inserted: dict[tuple[float, float], None] = {}
    for target in targets[:-1]:
        cut = _cut_off(rest, target, bearing_deg, side, neighbours)
        points = points_mm(cut.inserted)
        children = [densified(child, points).geom for child in children]
        children.append(cut.children[0])
        rest = cut.children[1]
        lines.append(_common_line(cut.children))
        inserted.update(dict.fromkeys(cut.inserted))
    children.append(rest)
    points = points_mm(inserted)
    dense = densified(parent, points)
    around = densified_all(neighbours, points, corners=vertices_of(parts_of(dense.geom)))
    check_law(edges_of(parts_of(dense.geom)), children)
    split = Split(
        key=key,
        parent=dense.geom,
        children=tuple(children),
        neighbours={k: d.geom for k, d in around.items()},
        inserted=dense.inserted,
        unused=(),
        ledger=ledger(
            closed={key: twice_area_mm2(parent)},
            opened=[twice_area_mm2(child) for child in children],
            changed={k: d.twice_change_mm2 for k, d in around.items()},
        ),
    )
    return ParallelCuts(
        split=split,
        asked_m2=tuple(as_m2(target) for target in targets),
        achieved_m2=tuple(area_m2(child) for child in children),
        lines=tuple(lines),
    )


def _cut_off(
    parent: Area, twice_mm2: int, bearing_deg: float, side: Side, neighbours: Mapping[K, Area]
) -> Split[int]:
    sweep = _Sweep.of(parent, bearing_deg, side)
    # Only the neighbours' corners matter here, once; the caller densifies the neighbours at the end.
    whole = with_corners_of(parent, neighbours)
    offset = sweep.offset_of(twice_mm2 / 2e6)
    best = _in_two(whole, [sweep.line(offset)], sweep, offset)
    error = abs(twice_area_mm2(best.children[0]) - twice_mm2)
    if error <= _CLOSE_ENOUGH_TWICE_MM2:
        return best
    for proposal in slid_ends(best, twice_mm2, close_enough=_CLOSE_ENOUGH_TWICE_MM2):
        lines = [LineString([in_metres(point) for point in row]) for row in proposal]
        slid = _in_two(whole, lines, sweep, offset)
        found = abs(twice_area_mm2(slid.children[0]) - twice_mm2)
        if found < error:
            best, error = slid, found
        if error <= _CLOSE_ENOUGH_TWICE_MM2:
            break
    return best


def _in_two(
    whole: Densified, lines: Sequence[LineString], sweep: "_Sweep", offset: float
) -> Split[int]:
    cut = pieces_of(whole, lines, key=0)
    is_beyond = sweep.depths(cut.children) > offset
    near = np.flatnonzero(~is_beyond).tolist()
    return regroup(cut, [near, np.flatnonzero(is_beyond).tolist()])


@dataclass(frozen=True, slots=True)
class _Sweep:
    """The parcel seen along the bearing: each edge by its place along the line and its depth from the side."""

    origin: NDArray[np.float64]
    along: NDArray[np.float64]
    inward: NDArray[np.float64]
    starts: NDArray[np.float64]  # of directed edges: along, depth
    ends: NDArray[np.float64]

    @classmethod
    def of(cls, parent: Area, bearing_deg: float, side: Side) -> "_Sweep":
        angle = radians(float(bearing_deg))
        along = np.array([sin(angle), cos(angle)])
        left = np.array([-along[1], along[0]])
        inward = -left if side == "left" else left
        edges = np.array(edges_of(parts_of(parent)), dtype=np.int64)
        origin = edges[0, 0]
        local = (edges - origin) / 1000.0
        turned = np.stack([local @ along, local @ inward], axis=-1)
        return cls(origin / 1000.0, along, inward, turned[:, 0], turned[:, 1])

    @property
    def nearest(self) -> float:
        return float(self.starts[:, 1].min())

    @property
    def deepest(self) -> float:
        return float(self.starts[:, 1].max())

    def areas_before(self, depths: NDArray[np.float64]) -> NDArray[np.float64]:
        """For each depth the area in m² that lies less deep: each edge bounds a trapezium up to the line."""
        a = np.maximum(depths[:, None] - self.starts[:, 1], 0)
        b = np.maximum(depths[:, None] - self.ends[:, 1], 0)
        rise = np.abs(self.starts[:, 1] - self.ends[:, 1])
        crosses = (a > 0) != (b > 0)
        inside = np.where(crosses, (a + b) / np.maximum(rise, 1e-9), 1.0)
        run = self.ends[:, 0] - self.starts[:, 0]
        return np.asarray(np.abs(np.sum(run * inside * (a + b) / 2, axis=1)), dtype=np.float64)

    def offset_of(self, area: float) -> float:
        """The depth of the line before which that area lies, found far below a micrometre."""
        low, high = self.nearest, self.deepest
        for _ in range(_ROUNDS):
            depths = np.linspace(low, high, _SECTIONS + 1)
            section = int(np.count_nonzero(self.areas_before(depths[1:-1]) < area))
            low, high = depths[section : section + 2].tolist()
        return (low + high) / 2

    def line(self, depth: float) -> LineString:
        """The line at a depth, reaching 10 m beyond the parcel on both ends."""
        reach = np.array([self.starts[:, 0].min() - 10, self.starts[:, 0].max() + 10])
        points = self.origin + np.outer(reach, self.along) + depth * self.inward
        return LineString(points)

    def depths(self, pieces: Sequence[Area]) -> NDArray[np.float64]:
        """How deep an inner point of each piece lies."""
        spots = shapely.get_coordinates(shapely.point_on_surface(list(pieces)))
        return np.asarray((spots - self.origin) @ self.inward, dtype=np.float64)


def _common_line(children: Sequence[Area]) -> MultiLineString:
    first, second = (edges_of(parts_of(child)) for child in children)
    beyond = set(second)
    common = [(in_metres(p), in_metres(q)) for p, q in first if (q, p) in beyond]
    merged = shapely.get_parts(shapely.line_merge(MultiLineString(common)))
    return MultiLineString(list(merged))


def _check_count(count: int) -> None:
    if not 2 <= count <= _MOST_STRIPS:
        raise AreaNotAvailable(f"Pida entre 2 y {_MOST_STRIPS} partes.")
