"""Vertices are added where an edge passes, and nothing else happens."""

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from cadastre.geometry.densify import BoundaryTooTight, densify, densify_all, passes_by
from tests.cadastre.geometry.exact_oracle import exact_m2, vertices
from tests.shapes import at, multi, square, strip, with_hole
from tests.strategies import parcels

far = st.integers(-(10**6), 10**6)
points = st.tuples(far, far)


@settings(deadline=None)
@given(points, points, st.integers(1, 999_999))
def test_a_rounded_point_of_a_line_is_always_within_reach(
    start: tuple[int, int], end: tuple[int, int], share: int
) -> None:
    """Why 1 mm: rounding moves the exact point by at most √2/2 mm."""
    exact = [a + Fraction(share, 1_000_000) * (b - a) for a, b in zip(start, end, strict=True)]
    point = (round(exact[0]), round(exact[1]))
    along = sum((p - a) * (b - a) for p, a, b in zip(point, start, end, strict=True))
    square_length = sum((b - a) ** 2 for a, b in zip(start, end, strict=True))
    if 0 < along < square_length:
        assert passes_by(start, end, point)
        assert passes_by(end, start, point)


@pytest.mark.parametrize(
    ("point", "is_near"),
    [
        ((5_000, 0), True),
        ((5_000, 1), True),
        ((5_000, -1), True),
        ((5_000, 2), False),
        ((0, 0), False),
        ((0, 1), False),
        ((-1, 0), False),
        ((1, 1), True),
        ((10_000, 0), False),
        ((10_001, 0), False),
    ],
)
def test_reach_of_an_edge_of_ten_metres(point: tuple[int, int], is_near: bool) -> None:
    assert passes_by((0, 0), (10_000, 0), point) is is_near


def test_the_reach_is_exact_on_a_slanted_edge() -> None:
    """3-4-5: (4·x − 3·y)/5 mm is the distance; 1 mm is within, one step more is not."""
    start, end = (0, 0), (3_000_000, 4_000_000)
    assert passes_by(start, end, (1_500_000 + 1, 2_000_000 - 0))  # 0.8 mm
    assert passes_by(start, end, (1_500_000 + 2, 2_000_000 + 1))  # exactly 1 mm
    assert not passes_by(start, end, (1_500_000 + 2, 2_000_000))  # 1.6 mm


def test_a_vertex_enters_shell_hole_and_part() -> None:
    """
    ┌──x──┐  ┌───┐
    │ ┌x┐ │  │   x
    │ └─┘ │  │   │
    └─────┘  └───┘
    """
    lot = multi(with_hole(), square(40))
    asked = [at(10, 20), at(10.5, 13), at(60, 11), at(5, 5)]
    dense = densify(lot, asked)
    assert set(dense.inserted) == set(asked[:3])
    assert vertices(dense.geom) == vertices(lot) | set(asked[:3])
    assert dense.twice_change_mm2 == 0
    assert dense.geom.geom_type == "MultiPolygon"


def test_one_millimetre_off_bends_the_edge_and_tells_the_area() -> None:
    """A triangle of 20 m by 1 mm: 0.01 m² more, as twice mm² 20,000."""
    dense = densify(square(), [at(10, 20.001)])
    assert dense.twice_change_mm2 == 20_000
    assert exact_m2(dense.geom) - exact_m2(square()) == Fraction(1, 100)


def test_what_one_neighbour_gains_the_other_loses() -> None:
    dense = densify_all(dict(enumerate(strip(3))), [at(20.001, 7)])
    assert {key: d.twice_change_mm2 for key, d in dense.items()} == {0: 20_000, 1: -20_000}


def test_neighbours_far_away_are_not_given_back() -> None:
    assert set(densify_all(dict(enumerate(strip(4))), [at(20, 7)])) == {0, 1}
    assert densify_all({1: square()}, []) == {}


@settings(deadline=None)
@given(parcels, st.data())
def test_no_vertex_moves(parcel: Polygon, data: st.DataObject) -> None:
    steps = st.tuples(st.integers(-300_000, 500_000), st.integers(-300_000, 500_000))
    asked = [at(x / 1000, y / 1000) for x, y in data.draw(st.lists(steps, max_size=30))]
    try:
        dense = densify(parcel, [(round(x, 3), round(y, 3)) for x, y in asked])
    except BoundaryTooTight:
        return
    assert vertices(parcel) <= vertices(dense.geom)
    change = exact_m2(dense.geom) - exact_m2(parcel)
    assert change == Fraction(dense.twice_change_mm2, 2_000_000)


def test_a_boundary_that_would_touch_itself_is_refused() -> None:
    """
    ┌x─x──┐   a hole 1 mm under the upper side: both points would belong to both rings
    │┌──┐ │
    │└──┘ │
    └─────┘
    """
    hole = [at(2, 10), at(12, 10), at(12, 19.999), at(2, 19.999)]
    lot = Polygon(square().exterior.coords, [hole])
    assert lot.is_valid
    with pytest.raises(BoundaryTooTight, match="menos de 1 mm") as refusal:
        densify(lot, [at(5, 20), at(10, 20)])
    assert refusal.value.details == {"x": at(5, 20)[0], "y": at(5, 20)[1]}
