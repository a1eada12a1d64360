"""A new polygon for one parcel: what would snap is proposed, what would overlap or be released is told."""

import pytest
from shapely import Polygon

from cadastre.geometry.replace import ReplacementNotUsable, propose_replacement, replace_parcel
from tests.cadastre.geometry.exact_oracle import same_ground, vertices
from tests.shapes import at, bow_tie, rectangle, square

AROUND = {"W": square(-20), "E": square(20), "S": square(0, -20)}


def test_corners_near_the_neighbours_are_proposed_not_moved() -> None:
    """The survey is 2 cm off in its south-east corner."""
    new = Polygon([at(0, 0), at(20.012, -0.016), at(20, 22), at(0, 22)])
    found = propose_replacement(square(), new, neighbours=AROUND, tolerance_m=0.05)
    (corner,) = [snap for snap in found.snaps if snap.at == at(20.012, -0.016)]
    assert corner.to == at(20, 0)
    assert corner.distance_m == pytest.approx(0.02)
    assert same_ground(found.as_drawn, new)
    assert at(20, 0) in vertices(found.snapped)
    assert found.overlaps == ()


def test_a_neighbours_corner_on_the_way_is_taken_in() -> None:
    """
    ┌───┐
    │   ├──   the eastern lot's upper corner lies 1 cm off the longer new side
    └───┴──
    """
    found = propose_replacement(
        square(), rectangle(0, 0, 20.01, 30), neighbours={"E": square(20)}, tolerance_m=0.05
    )
    taken_in = [snap for snap in found.snaps if snap.at is None]
    assert [snap.to for snap in taken_in] == [at(20, 20)]
    assert found.overlaps == ()


def test_overlap_release_and_ground_of_nobody_are_told() -> None:
    """
    ┌────────┐
    │ new    │ 1 m taken from nobody in the north, 2 m over the east, 3 m left free in the south
    └────────┘
    """
    found = propose_replacement(
        square(), rectangle(0, 3, 22, 18), neighbours=AROUND, tolerance_m=0.05
    )
    assert [(piece.area_m2, piece.neighbours) for piece in found.overlaps] == [
        (pytest.approx(34), ("E",))
    ]
    assert [round(piece.area_m2, 6) for piece in found.released] == [60]
    assert set(found.released[0].neighbours) == {"W", "E", "S"}
    assert [round(piece.area_m2, 6) for piece in found.taken] == [22]


def test_without_neighbours_nothing_snaps() -> None:
    found = propose_replacement(square(), square(1, 1), neighbours={}, tolerance_m=0.05)
    assert found.snaps == found.overlaps == ()
    assert same_ground(found.snapped, square(1, 1))


def test_snapping_that_would_break_the_polygon_is_not_possible() -> None:
    """A strip of 1 m beside the eastern lot: within 3 m all its corners would fall on one line."""
    strip = rectangle(18.5, 5, 1, 10)
    found = propose_replacement(square(), strip, neighbours=AROUND, tolerance_m=3)
    assert len(found.snaps) == 4
    assert not found.is_snap_possible
    assert same_ground(found.snapped, found.as_drawn)


def test_what_is_stored_shares_vertices_on_both_sides() -> None:
    """The new parcel's upper corner enters the longer side of the eastern neighbour."""
    east = rectangle(20, 0, 10, 40)
    done = replace_parcel(square(), rectangle(0, 0, 20, 25), key="P", neighbours={"E": east})
    assert at(20, 25) in vertices(done.neighbours["E"])
    assert [(entry.subject, entry.area_m2) for entry in done.ledger] == [
        ("P", 100),
        ("E", 0),
        (None, -100),
    ]


@pytest.mark.parametrize(
    ("new", "says"),
    [
        (bow_tie(), "se cruza"),
        (Polygon(), "no tiene geometría"),
        (rectangle(0, 0, 0.5, 0.5), "menos de 1 m²"),
        (Polygon([(0, 0), (9, 0), (9, 9)]), "fuera del Ecuador"),
    ],
)
def test_refused(new: Polygon, says: str) -> None:
    with pytest.raises(ReplacementNotUsable, match=says):
        propose_replacement(square(), new, neighbours=AROUND, tolerance_m=0.05)
