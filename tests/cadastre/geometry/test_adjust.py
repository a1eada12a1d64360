"""A moved boundary changes two parcels, keeps their union, and tells third neighbours."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, Polygon

from cadastre.geometry.adjust import NotTheirBoundary, adjust_boundary
from cadastre.geometry.merge import merge
from cadastre.geometry.refusal import GeometryRefused
from cadastre.geometry.split import DoesNotCut
from tests.cadastre.geometry.exact_oracle import assert_covers, exact_m2, same_ground, vertices
from tests.shapes import at, rectangle, square
from tests.strategies import Blocks, blocks, cut_lines


def line(*points: tuple[float, float]) -> LineString:
    return LineString([at(x, y) for x, y in points])


PAIR = {"W": square(), "E": square(20)}


def test_a_turned_boundary() -> None:
    """
    ┌───┬───┐      ┌──┬────┐
    │ W │ E │  →   │ W \\ E │   and the lot to the north gains the upper end
    └───┴───┘      └────┴──┘
    """
    north = rectangle(0, 20, 40, 5)
    done = adjust_boundary(PAIR, [line((18, 25), (22, -5))], neighbours={"N": north})
    assert_covers(rectangle(0, 0, 40, 20), done.members.values())
    assert set(done.neighbours) == {"N"}
    upper, lower = sorted(done.inserted, key=lambda point: -point[1])
    assert upper in vertices(done.neighbours["N"])
    assert {upper, lower} <= vertices(done.members["W"])
    assert done.members["W"].contains(Polygon(square(1, 1, 2).exterior))
    assert sum(entry.twice_mm2 for entry in done.ledger) == 0


def test_ground_goes_from_one_to_the_other_and_nowhere_else() -> None:
    done = adjust_boundary(PAIR, [line((25, -5), (25, 25))], neighbours={})
    assert {key: exact_m2(geom) for key, geom in done.members.items()} == {"W": 500, "E": 300}
    assert [(entry.subject, entry.area_m2) for entry in done.ledger] == [
        ("W", 100),
        ("E", -100),
        (None, 0),
    ]


def test_the_old_corner_stays_for_those_beyond() -> None:
    """The lots north of both have a corner where the old boundary ended: the new owner keeps it."""
    around = {"NW": square(0, 20), "NE": square(20, 20)}
    done = adjust_boundary(PAIR, [line((25, -5), (25, 25))], neighbours=around)
    assert at(20, 20) in vertices(done.members["W"])
    assert set(done.neighbours) == {"NE"}


@settings(deadline=None)
@given(blocks(), st.data())
def test_the_union_of_any_two_stays(block: Blocks, data: st.DataObject) -> None:
    keys = sorted(block.lots)
    pair = {key: block.lots[key] for key in keys[:2]}
    others = {key: block.lots[key] for key in keys[2:]}
    try:
        whole = merge(pair, neighbours={}).merged
        drawn = data.draw(cut_lines(whole))
        done = adjust_boundary(pair, [drawn], neighbours=others)
    except GeometryRefused:
        return
    before = [*pair.values(), *others.values()]
    after = [*done.members.values(), *{**others, **done.neighbours}.values()]
    assert (sum(map(exact_m2, after)) - sum(map(exact_m2, before))) * 2_000_000 == -done.ledger[
        -1
    ].twice_mm2
    again = merge(done.members, neighbours={})
    assert vertices(again.merged) >= vertices(whole)
    for member in done.members.values():
        for other in {**others, **done.neighbours}.values():
            assert member.intersection(other).area < 1e-6


@pytest.mark.parametrize(
    ("pair", "drawn", "error", "says"),
    [
        (PAIR, line((20, 10), (20, 30)), DoesNotCut, "prolónguela"),
        (PAIR, line((-1, 10), (41, 10)), NotTheirBoundary, "no separa"),
        (PAIR, line((50, -1), (50, 30)), DoesNotCut, "no atraviesa"),
        # a tongue of W right through E
        (
            PAIR,
            line((20, -1), (20, 9), (41, 9), (41, 11), (20, 11), (20, 21)),
            NotTheirBoundary,
            "partes sueltas",
        ),
        ({"W": square()}, line((10, -1), (10, 21)), NotTheirBoundary, "elija los dos"),
    ],
)
def test_refused(
    pair: dict[str, Polygon], drawn: LineString, error: type[Exception], says: str
) -> None:
    with pytest.raises(error, match=says):
        adjust_boundary(pair, [drawn], neighbours={})


def test_the_same_line_again_changes_nothing() -> None:
    done = adjust_boundary(PAIR, [line((20, -1), (20, 21))], neighbours={})
    assert all(same_ground(done.members[key], PAIR[key]) for key in PAIR)
