"""The walk around a parcel: from the north-west corner clockwise, a stretch per side and neighbour."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import Polygon
from shapely.affinity import rotate

from cadastre.geometry.boundary_parts import BoundaryPart, CardinalSide, boundary_parts
from tests.shapes import at, multi, rectangle, square, with_hole
from tests.strategies import Blocks, blocks, parcels


def told(parts: tuple[BoundaryPart, ...]) -> list[tuple[str | None, object, float]]:
    return [(part.side, part.neighbour, round(part.length_m, 2)) for part in parts]


def test_a_lot_among_four_and_a_road() -> None:
    """
    ┌──┬─────┐
    │A │ B   │   the road is in the south
    ├──┴──┬──┤
    W  P  E
    └─────┘
    """
    around = {
        "A": rectangle(0, 20, 7, 10), "B": rectangle(7, 20, 23, 10),
        "W": square(-20), "E": square(20),
    }  # fmt: skip
    parts = boundary_parts(square(), neighbours=around)
    assert told(parts) == [
        ("NORTH", "A", 7.0),
        ("NORTH", "B", 13.0),
        ("EAST", "E", 20.0),
        ("SOUTH", None, 20.0),
        ("WEST", "W", 20.0),
    ]
    assert [part.bearing_deg for part in parts] == [90, 90, 180, 270, 0]
    assert parts[0].vertices == (at(0, 20), at(7, 20))
    assert all(part.is_straight for part in parts)


@pytest.mark.parametrize("turn_deg", [0, 12, -31, 44])
def test_a_turned_block_has_the_same_sides(turn_deg: float) -> None:
    lot = rotate(rectangle(0, 0, 30, 12), turn_deg, origin=at(0, 0))
    lot = Polygon([(round(x, 3), round(y, 3)) for x, y in lot.exterior.coords])
    parts = boundary_parts(lot, neighbours={})
    assert [part.side for part in parts] == list(CardinalSide)
    assert [round(part.length_m) for part in parts] == [30, 12, 30, 12]


def test_a_broken_line_is_one_stretch() -> None:
    """
    ┌─┐ ┌──┐
    │ └─┘  │   the north is one line with six legs
    └──────┘
    """
    lot = Polygon(
        [at(0, 0), at(20, 0), at(20, 20), at(12, 20), at(12, 15), at(6, 15), at(6, 20), at(0, 20)]
    )
    north, east, south, west = boundary_parts(lot, neighbours={})
    assert (north.length_m, north.is_straight, len(north.vertices)) == (30, False, 6)
    assert (east.is_straight, south.is_straight, west.is_straight) == (True, True, True)


def test_a_triangle_has_three_sides() -> None:
    parts = boundary_parts(Polygon([at(0, 0), at(30, 0), at(0, 20)]), neighbours={})
    assert len(parts) == 3
    assert len({part.side for part in parts}) == 3


def test_a_courtyard_has_no_side() -> None:
    parts = boundary_parts(with_hole(), neighbours={"inside": square(7, 7, 6)})
    *shell, hole = parts
    assert [part.ring for part in shell] == [0, 0, 0, 0]
    assert (hole.ring, hole.side, hole.neighbour, hole.length_m) == (1, None, "inside", 24)
    assert hole.bearing_deg is None
    assert hole.vertices[0] == hole.vertices[-1] == at(7, 13)


def test_parts_are_walked_from_the_largest() -> None:
    parts = boundary_parts(multi(square(40, 0, 5), square()), neighbours={})
    assert [(part.part, part.length_m) for part in parts] == [(0, 20)] * 4 + [(1, 5)] * 4


def test_a_neighbour_of_an_older_survey_still_counts() -> None:
    """Its side lies 4 mm off; at 6 mm it would be unknown."""
    for off, neighbour in ((0.004, "E"), (0.006, None)):
        east = rectangle(20 + off, -5, 10, 40)
        parts = boundary_parts(square(), neighbours={"E": east})
        assert {part.neighbour for part in parts if part.side == "EAST"} == {neighbour}


@settings(deadline=None)
@given(parcels)
def test_the_walk_is_the_whole_boundary(parcel: Polygon) -> None:
    parts = boundary_parts(parcel, neighbours={})
    assert sum(part.length_m for part in parts) == pytest.approx(parcel.length)
    shell = [part for part in parts if (part.part, part.ring) == (0, 0)]
    for one, following in zip(shell, [*shell[1:], shell[0]], strict=True):
        assert one.vertices[-1] == following.vertices[0]
    assert [part.side for part in shell] == [
        side for side in CardinalSide if side in {part.side for part in shell}
    ]


@settings(deadline=None)
@given(blocks(), st.data())
def test_neighbours_tell_the_same_stretch(block: Blocks, data: st.DataObject) -> None:
    key = data.draw(st.sampled_from(sorted(block.lots)))
    others = {number: lot for number, lot in block.lots.items() if number != key}
    for part in boundary_parts(block.lots[key], neighbours=others):
        if part.neighbour is not None:
            back = {k: lot for k, lot in block.lots.items() if k != part.neighbour}
            theirs = boundary_parts(block.lots[part.neighbour], neighbours=back)
            shared = sum(p.length_m for p in theirs if p.neighbour == key)
            mine = boundary_parts(block.lots[key], neighbours=others)
            assert shared == pytest.approx(
                sum(p.length_m for p in mine if p.neighbour == part.neighbour), abs=0.003
            )
