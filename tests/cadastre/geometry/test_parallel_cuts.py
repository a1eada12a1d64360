"""Areas along a direction are met to 0.01 m², and the strips lie where they were asked."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from cadastre.geometry.exact_area import area_m2
from cadastre.geometry.parallel_cuts import (
    AreaNotAvailable,
    ParallelCuts,
    split_by_equal_area,
    split_by_equal_width,
    split_by_ratio,
    split_off_area,
)
from cadastre.geometry.refusal import GeometryRefused
from tests.cadastre.geometry.exact_oracle import assert_covers, exact_m2, same_ground
from tests.shapes import at, comb, multi, rectangle, square, strip
from tests.strategies import parcels

CENT = Decimal("0.01")
bearings = st.floats(0, 360)
sides = st.sampled_from(["left", "right"])


def assert_lawful(parent: Polygon | MultiPolygon, cuts: ParallelCuts) -> None:
    assert_covers(cuts.split.parent, cuts.split.children)
    assert sum(entry.twice_mm2 for entry in cuts.split.ledger) == 0
    assert cuts.achieved_m2 == tuple(area_m2(child) for child in cuts.split.children)
    assert len(cuts.lines) == len(cuts.split.children) - 1


@settings(max_examples=30, deadline=None)
@given(parcels, st.integers(5, 95), bearings, sides)
def test_any_area_is_cut_off_to_a_cent(
    parent: Polygon | MultiPolygon, percent: int, bearing: float, side: str
) -> None:
    asked = (area_m2(parent) * percent / 100).quantize(CENT)
    try:
        cuts = split_off_area(parent, asked, bearing_deg=bearing, side=side, key="P", neighbours={})
    except GeometryRefused:
        return
    assert_lawful(parent, cuts)
    assert abs(cuts.achieved_m2[0] - asked) <= CENT


@pytest.mark.parametrize(
    ("bearing", "side", "expected"),
    [
        (0, "left", rectangle(0, 0, 5, 20)),
        (0, "right", rectangle(15, 0, 5, 20)),
        (180, "left", rectangle(15, 0, 5, 20)),
        (90, "left", rectangle(0, 15, 20, 5)),
        (90, "right", rectangle(0, 0, 20, 5)),
        (450, "right", rectangle(0, 0, 20, 5)),
    ],
)
def test_the_piece_lies_on_the_side_looking_along_the_bearing(
    bearing: float, side: str, expected: Polygon
) -> None:
    cuts = split_off_area(
        square(), Decimal(100), bearing_deg=bearing, side=side, key="P", neighbours={}
    )
    assert same_ground(cuts.split.children[0], expected)
    assert cuts.asked_m2 == cuts.achieved_m2 == (Decimal(100), Decimal(300))


def test_a_long_slanted_side_is_met_by_sliding_the_ends() -> None:
    """A field of 400 m by 1,900 m: a millimetre of the line is more than a square metre."""
    field = Polygon([at(0, 0), at(1900.123, 71.007), at(1911.777, 480.5), at(-13.002, 433.333)])
    for bearing in (83.1, 87.9, 91.3):
        cuts = split_off_area(
            field,
            Decimal("123456.78"),
            bearing_deg=bearing,
            side="left",
            key="P",
            neighbours={},
        )
        assert_lawful(field, cuts)
        assert abs(cuts.achieved_m2[0] - Decimal("123456.78")) <= CENT


def test_the_teeth_of_a_comb_are_one_child() -> None:
    """
    ┌┐┌┐┌┐
    ─┼┼┼┼┼─   10 m² of the teeth's ends: three pieces that go together
    └┴┴┴┴┘
    """
    cuts = split_off_area(comb(3), Decimal(9), bearing_deg=90, side="left", key="P", neighbours={})
    assert cuts.achieved_m2[0] == 9
    assert cuts.split.children[0].geom_type == "MultiPolygon"
    assert len(cuts.lines[0].geoms) == 3
    assert_lawful(comb(3), cuts)


def test_neighbours_gain_the_ends() -> None:
    left, middle, right = strip(3)
    cuts = split_by_equal_area(
        middle,
        4,
        bearing_deg=88,
        side="left",
        key=1,
        neighbours={0: left, 2: right},
    )
    assert_lawful(middle, cuts)
    assert set(cuts.split.neighbours) == {0, 2}
    everything = [*cuts.split.children, *cuts.split.neighbours.values()]
    assert sum(map(exact_m2, everything)) == 1200
    assert len(cuts.split.inserted) == 6


@settings(max_examples=30, deadline=None)
@given(st.lists(st.integers(1, 9), min_size=2, max_size=5), parcels, bearings, sides)
def test_ratios_in_their_order(
    ratio: list[int], parent: Polygon | MultiPolygon, bearing: float, side: str
) -> None:
    try:
        cuts = split_by_ratio(parent, ratio, bearing_deg=bearing, side=side, key="P", neighbours={})
    except GeometryRefused:
        return
    assert_lawful(parent, cuts)
    whole = exact_m2(parent)
    for share, asked, achieved in list(zip(ratio, cuts.asked_m2, cuts.achieved_m2, strict=True))[
        :-1
    ]:
        assert abs(Fraction(asked) - whole * share / sum(ratio)) < Fraction(1, 1000)
        assert abs(asked - achieved) <= CENT


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 8), parcels, bearings, sides)
def test_strips_of_equal_width(
    count: int, parent: Polygon | MultiPolygon, bearing: float, side: str
) -> None:
    try:
        cuts = split_by_equal_width(
            parent, count, bearing_deg=bearing, side=side, key="P", neighbours={}
        )
    except GeometryRefused:
        return
    assert_lawful(parent, cuts)
    assert cuts.asked_m2 == ()


def test_five_strips_of_four_metres() -> None:
    cuts = split_by_equal_width(square(), 5, bearing_deg=0, side="right", key="P", neighbours={})
    expected = [rectangle(16 - 4 * number, 0, 4, 20) for number in range(5)]
    assert all(map(same_ground, cuts.split.children, expected))


@pytest.mark.parametrize("area", ["0", "-5", "0.5", "399.5", "400", "1000"])
def test_areas_that_the_parcel_does_not_have(area: str) -> None:
    with pytest.raises(AreaNotAvailable, match="al menos 1 m²"):
        split_off_area(square(), Decimal(area), bearing_deg=0, side="left", key="P", neighbours={})


@pytest.mark.parametrize("ratio", [[], [1], [1, 0], [1, -1]])
def test_ratios_that_mean_nothing(ratio: list[int]) -> None:
    with pytest.raises(AreaNotAvailable, match="mayores que cero"):
        split_by_ratio(square(), ratio, bearing_deg=0, side="left", key="P", neighbours={})


@pytest.mark.parametrize("count", [0, 1, 501])
def test_counts_that_mean_nothing(count: int) -> None:
    with pytest.raises(AreaNotAvailable, match="entre 2 y 500"):
        split_by_equal_width(square(), count, bearing_deg=0, side="left", key="P", neighbours={})


def test_a_predio_of_two_parts_is_cut_across_both() -> None:
    cuts = split_off_area(
        multi(square(), square(40)),
        Decimal(200),
        bearing_deg=90,
        side="right",
        key="P",
        neighbours={},
    )
    assert cuts.achieved_m2 == (200, 600)
    assert [len(child.geoms) for child in cuts.split.children] == [2, 2]
