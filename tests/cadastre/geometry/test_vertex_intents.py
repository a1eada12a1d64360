"""A vertex moves in every parcel that shares it, and never takes ground from outside the set."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon

from cadastre.geometry.refusal import GeometryRefused
from cadastre.geometry.vertex_intents import (
    DeleteVertex,
    InsertVertex,
    Intent,
    MoveVertex,
    VertexNotMovable,
    apply_intents,
)
from tests.cadastre.geometry.exact_oracle import assert_covers, exact_m2, vertices
from tests.shapes import at, square, strip
from tests.strategies import Blocks, blocks

FOUR = {"SW": square(), "SE": square(20), "NW": square(0, 20), "NE": square(20, 20)}


def test_the_corner_of_four_moves_in_all_four() -> None:
    """
    ┌──┬──┐
    ├──●──┤   ● goes 3 m east and 2 m north
    └──┴──┘
    """
    done = apply_intents(FOUR, [MoveVertex(at(20, 20), at(23, 22))], neighbours={})
    assert all(at(23, 22) in vertices(geom) for geom in done.members.values())
    assert not any(at(20, 20) in vertices(geom) for geom in done.members.values())
    assert_covers(square(side_m=40), done.members.values())
    assert sum(entry.twice_mm2 for entry in done.ledger) == 0


def test_a_boundary_is_bent_by_inserting_and_moving() -> None:
    left, right = strip(2)
    done = apply_intents(
        {1: left, 2: right},
        [InsertVertex(at(20, 10)), MoveVertex(at(20, 10), at(22.5, 10))],
        neighbours={},
    )
    assert {key: exact_m2(geom) for key, geom in done.members.items()} == {1: 425, 2: 375}


def test_a_bend_is_deleted_in_both() -> None:
    left, right = strip(2)
    bent = apply_intents(
        {1: left, 2: right},
        [InsertVertex(at(20, 10)), MoveVertex(at(20, 10), at(22.5, 10))],
        neighbours={},
    )
    back = apply_intents(bent.members, [DeleteVertex(at(22.5, 10))], neighbours={})
    assert [exact_m2(geom) for geom in back.members.values()] == [400, 400]


def test_a_vertex_inserted_on_the_rim_reaches_the_neighbour() -> None:
    left, middle, right = strip(3)
    done = apply_intents({0: left, 1: middle}, [InsertVertex(at(40, 7.5))], neighbours={2: right})
    assert at(40, 7.5) in vertices(done.neighbours[2])
    assert at(40, 7.5) in vertices(done.members[1])


@settings(deadline=None)
@given(blocks(), st.data())
def test_whatever_is_asked_the_block_stays_covered(block: Blocks, data: st.DataObject) -> None:
    corners = sorted(set().union(*map(vertices, block.lots.values())))
    corner = st.sampled_from(corners)
    steps = st.integers(-9_000, 9_000)
    x, y = data.draw(corner)
    dx, dy = data.draw(st.tuples(steps, steps))
    to = (round(x * 1000 + dx) / 1000, round(y * 1000 + dy) / 1000)
    intents: list[Intent] = [MoveVertex((x, y), to), DeleteVertex(data.draw(corner))]
    chosen = data.draw(st.lists(st.sampled_from(intents), min_size=1, max_size=2, unique=True))
    try:
        done = apply_intents(block.lots, chosen, neighbours={})
    except GeometryRefused:
        return
    gained = sum(map(exact_m2, done.members.values())) - sum(map(exact_m2, block.lots.values()))
    assert gained == 0
    members = list(done.members.values())
    for number, one in enumerate(members):
        assert one.is_valid
        assert all(one.intersection(other).area < 1e-6 for other in members[number + 1 :])


@pytest.mark.parametrize(
    ("members", "intent", "says"),
    [
        (FOUR, MoveVertex(at(0, 0), at(1, 1)), "contorno del conjunto"),
        ({"SW": FOUR["SW"]}, MoveVertex(at(20, 20), at(22, 22)), "contorno del conjunto"),
        (FOUR, DeleteVertex(at(20, 0)), "contorno del conjunto"),
        (FOUR, MoveVertex(at(5, 5), at(6, 6)), "ningún predio tiene un vértice"),
        (FOUR, MoveVertex(at(20, 20), at(60, 20)), "otro lugar"),
        (FOUR, MoveVertex(at(20, 20), at(20, 40)), "otro lugar"),
        (FOUR, DeleteVertex(at(20, 20)), "se sobreponen o salen|otro lugar"),
        (FOUR, InsertVertex(at(5, 5)), "no pasa ningún lindero"),
        (FOUR, InsertVertex(at(20, 20)), "no pasa ningún lindero"),
    ],
)
def test_refused(members: dict[str, Polygon], intent: Intent, says: str) -> None:
    with pytest.raises(VertexNotMovable, match=says):
        apply_intents(members, [intent], neighbours={})
