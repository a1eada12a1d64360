"""Hypothesis strategies that yield only what the register admits, on its 1 mm grid."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from math import cos, sin, tau

from hypothesis import assume
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Polygon

from tests.shapes import ORIGIN_X, ORIGIN_Y, comb, multi, rectangle, with_hole

metres = st.integers(0, 500_000).map(lambda millimetres: millimetres / 1000)
sides = st.integers(1_000, 200_000).map(lambda millimetres: millimetres / 1000)
civil_dates = st.dates(date(2000, 1, 1), date(2060, 12, 31))
money = st.integers(0, 10**9).map(lambda cents: Decimal(cents) / 100)


@st.composite
def rectangles(draw: st.DrawFn) -> Polygon:
    """A valid axis-parallel parcel of 1 m to 200 m a side."""
    return rectangle(draw(metres), draw(metres), draw(sides), draw(sides))


def on_paper(x_mm: int, y_mm: int) -> tuple[float, float]:
    """The stored coordinates of a point given in whole millimetres from the origin of the shapes."""
    return ((int(ORIGIN_X) * 1000 + x_mm) / 1000, (int(ORIGIN_Y) * 1000 + y_mm) / 1000)


@st.composite
def stars(draw: st.DrawFn) -> Polygon:
    """A lot of 3 to 14 corners around its middle, 2 m to 300 m across, often far from convex."""
    corners = draw(st.integers(3, 14))
    size_mm = draw(st.integers(2_000, 300_000))
    turn = draw(st.floats(0, 1))
    reaches = draw(st.lists(st.floats(0.35, 1), min_size=corners, max_size=corners))
    angles = [tau * (number + turn) / corners for number in range(corners)]
    ring = [
        on_paper(round(size_mm * reach * cos(angle)), round(size_mm * reach * sin(angle)))
        for reach, angle in zip(reaches, angles, strict=True)
    ]
    star = Polygon(ring)
    assume(star.is_valid and star.area >= 4)
    return star


combs = st.builds(comb, st.integers(2, 6), tooth_m=st.sampled_from([1, 2.5]))
holed = st.builds(with_hole, hole_m=st.sampled_from([2, 6, 14.002]))
single_parcels = st.one_of(rectangles(), stars(), combs, holed)


@st.composite
def multipart_parcels(draw: st.DrawFn) -> MultiPolygon:
    """Two lots of one predio, a road between them."""
    left, right = draw(rectangles()), draw(holed)
    shift = right.bounds[0] - left.bounds[2] - 10
    # In whole millimetres, so that the moved lot stays on the grid.
    moved = [
        [((round(x * 1000) - round(shift * 1000)) / 1000, y) for x, y in ring.coords]
        for ring in (right.exterior, *right.interiors)
    ]
    return multi(left, Polygon(moved[0], moved[1:]))


parcels = st.one_of(single_parcels, multipart_parcels())


@st.composite
def cut_lines(draw: st.DrawFn, parcel: Polygon | MultiPolygon) -> LineString:
    """A user's line of 2 to 4 vertices in and around the parcel, on no grid; often right through it."""
    xmin, ymin, xmax, ymax = parcel.bounds
    inside = st.tuples(st.floats(xmin - 3, xmax + 3), st.floats(ymin - 3, ymax + 3))
    bends = draw(st.lists(inside, max_size=2))
    ends = draw(
        st.sampled_from(
            [
                [(xmin - 5, ymin - 5), (xmax + 5, ymax + 5)],
                [(xmin - 5, (ymin + ymax) / 2), (xmax + 5, (ymin + ymax) / 2.0000001)],
                [((xmin + xmax) / 2, ymin - 5), ((xmin + xmax) / 2, ymax + 5)],
            ]
        )
    )
    nudge = draw(st.floats(-2, 2))
    line = [(ends[0][0] + nudge, ends[0][1]), *bends, (ends[1][0], ends[1][1] + nudge)]
    assume(all(p != q for p, q in pairwise(line)))
    return LineString(line)


@dataclass(frozen=True)
class Blocks:
    """Lots that cover a block without gap or overlap, by number. Where one column has a corner on the next
    column's side, the next has no vertex there (a T-junction), as in old maps."""

    lots: dict[int, Polygon]


@st.composite
def blocks(draw: st.DrawFn) -> Blocks:
    """
    ┌──┬───┬─┐
    ├──┤   ├─┤   2 to 4 columns of 1 to 4 lots each, sheared by whole millimetres: slanted
    │  ├───┤ │   sides on which the T-junctions still lie exactly on the grid. Corners of two
    └──┴───┴─┘   columns coincide or are at least 5 cm apart.
    """
    widths = draw(st.lists(st.integers(2_000, 40_000), min_size=2, max_size=4))
    height = draw(st.integers(160, 1_200)) * 50
    lean, rise = draw(st.sampled_from([(0, 0), (1, 0), (0, 1), (-1, 0), (2, 1)]))
    lots: list[Polygon] = []
    left = 0
    for width in widths:
        cuts = draw(
            st.lists(
                st.integers(40, height // 50 - 40).map(lambda step: step * 50),
                max_size=3,
                unique=True,
            )
        )
        levels = [0]
        levels += [cut for cut in sorted(cuts) if cut - levels[-1] >= 1_500]
        levels = [*levels, height]
        for low, high in pairwise(levels):
            ring = [(left, low), (left + width, low), (left + width, high), (left, high)]
            lots.append(Polygon([on_paper(x + lean * y, y + rise * x) for x, y in ring]))
        left += width
    assume(all(lot.is_valid and lot.area >= 1 for lot in lots))
    return Blocks(dict(enumerate(lots)))
