"""Uniting what shares boundary: the sum is exact, the vertices stay, gaps and overlaps are refused."""

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from shapely import Polygon

from cadastre.geometry.merge import (
    BoundariesDiffer,
    NotContiguous,
    merge,
    simplify_collinear,
    without_inserted,
)
from tests.cadastre.geometry.exact_oracle import exact_m2, same_ground, vertices
from tests.shapes import at, multi, rectangle, square, strip, with_hole
from tests.strategies import Blocks, blocks


def united(*members: Polygon, **options: bool):
    return merge(dict(enumerate(members)), neighbours={}, **options)


def test_a_row_of_three() -> None:
    done = united(*strip(3))
    assert exact_m2(done.merged) == 1200
    assert vertices(done.merged) == {at(x, y) for x in (0, 20, 40, 60) for y in (0, 20)}
    assert sum(entry.twice_mm2 for entry in done.ledger) == 0


def test_an_l_with_a_t_junction() -> None:
    """
    ┌──┐
    │  ├────┐
    └──┴────┘   the tall lot has no vertex where the low one begins
    """
    done = united(rectangle(0, 0, 10, 30), rectangle(10, 0, 20, 12.345))
    assert done.inserted == (at(10, 12.345),)
    assert exact_m2(done.merged) == exact_m2(rectangle(0, 0, 10, 30)) + exact_m2(
        rectangle(10, 0, 20, 12.345)
    )
    assert done.merged.is_valid


@settings(deadline=None)
@given(blocks())
def test_a_whole_block_measures_what_its_lots_do(block: Blocks) -> None:
    done = merge(block.lots, neighbours={})
    assert exact_m2(done.merged) == sum(map(exact_m2, done.members.values()))
    assert done.merged.geom_type == "Polygon"
    assert len(done.merged.interiors) == 0


@settings(deadline=None)
@given(blocks(), st.data())
def test_neighbours_stay_exactly_beside(block: Blocks, data: st.DataObject) -> None:
    keys = sorted(block.lots)
    first = data.draw(st.sampled_from(keys))
    beside = [
        key
        for key in keys
        if key != first and block.lots[key].intersection(block.lots[first]).length > 0.5
    ]
    assume(beside)
    second = data.draw(st.sampled_from(beside))
    others = {key: lot for key, lot in block.lots.items() if key not in (first, second)}
    done = merge({key: block.lots[key] for key in (first, second)}, neighbours=others)
    for lot in {**others, **done.neighbours}.values():
        assert done.merged.intersection(lot).area < 1e-6
    before, after = block.lots.values(), [done.merged, *{**others, **done.neighbours}.values()]
    change = sum(map(exact_m2, after)) - sum(map(exact_m2, before))
    assert change * 2_000_000 == -done.ledger[-1].twice_mm2


def test_a_lot_inside_another_fills_its_hole() -> None:
    inner = square(7, 7, 6)
    done = united(with_hole(), inner)
    assert exact_m2(done.merged) == 400
    assert len(done.merged.interiors) == 0


def test_a_ring_of_lots_keeps_its_courtyard() -> None:
    """
    ┌─────┬──┐
    ├──┬──┤  │
    │  │  │  │
    │  ├──┴──┤
    └──┴─────┘
    """
    lots = [
        rectangle(0, 20, 20, 10), rectangle(20, 10, 10, 20),
        rectangle(10, 0, 20, 10), rectangle(0, 0, 10, 20),
    ]  # fmt: skip
    done = united(*lots)
    assert exact_m2(done.merged) == 800
    assert [exact_m2(Polygon(hole)) for hole in done.merged.interiors] == [100]


@pytest.mark.parametrize(
    ("members", "error", "says"),
    [
        ([square()], NotContiguous, "dos o más"),
        ([square(), square(40)], NotContiguous, "colindantes"),
        ([square(), square(20, 20)], NotContiguous, "ningún tramo"),
        ([square(), square(20), square(80)], NotContiguous, "ningún tramo"),
        ([square(), square(20.003)], NotContiguous, "ningún tramo"),
        ([square(), square(15)], BoundariesDiffer, "se sobreponen 100"),
        ([square(), square()], BoundariesDiffer, "se sobreponen 400"),
    ],
)
def test_refused(members: list[Polygon], error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says):
        united(*members)


def test_a_survey_gap_between_the_parcels_is_refused() -> None:
    """
    ┌───┬───┐
    │   )   │   1 cm between them along 10 m, shut at both ends
    └───┴───┘
    """
    right = Polygon(
        [
            at(20, 0),
            at(40, 0),
            at(40, 20),
            at(20, 20),
            at(20, 18),
            at(20.01, 15),
            at(20.01, 5),
            at(20, 2),
        ]
    )
    with pytest.raises(BoundariesDiffer, match=r"queda un hueco de 0,13"):
        united(square(), right)


def test_parts_apart_when_declared() -> None:
    done = united(square(), square(40), allow_parts=True)
    assert done.merged.geom_type == "MultiPolygon"
    assert exact_m2(done.merged) == 800
    with pytest.raises(BoundariesDiffer):
        united(square(), square(15), allow_parts=True)


def test_multipart_members_join_where_they_touch() -> None:
    done = united(multi(square(), square(60)), square(20))
    assert sorted(map(exact_m2, done.merged.geoms)) == [400, 800]


def test_simplify_keeps_what_neighbours_have() -> None:
    done = united(*strip(3))
    assert same_ground(simplify_collinear(done.merged), rectangle(0, 0, 60, 20))
    kept = simplify_collinear(done.merged, keep=[at(20, 20)])
    assert vertices(kept) == vertices(rectangle(0, 0, 60, 20)) | {at(20, 20)}


def test_a_corner_is_not_taken_out() -> None:
    with pytest.raises(ValueError, match="corner"):
        without_inserted(square(), [at(20, 20)])
    assert same_ground(without_inserted(square(), [at(5, 5)]), square())
