"""Common ground counts as the database's law counts it: from 0.01 m² on, where it is wider than a centimetre."""

import pytest
from shapely import Polygon

from cadastre.geometry.ledger import Entry
from cadastre.geometry.overlap import OverlapsNeighbour, check_overlaps, common_m2, common_pieces
from cadastre.geometry.replace import enter_parcel
from tests.cadastre.geometry.exact_oracle import vertices
from tests.shapes import at, multi, rectangle, square, with_hole

LOT = square(0, 0)


@pytest.mark.parametrize(
    ("other", "m2"),
    [
        (square(20, 0), 0),  # shares a side
        (square(20, 20), 0),  # shares a corner
        (rectangle(19.991, 0, 20, 20), 0),  # 9 mm wide, 0.18 m²: two surveys
        (rectangle(19.98, 0, 20, 20), 0.4),
        (rectangle(19.95, 0, 20, 0.1), 0),  # 0.005 m²
        (multi(rectangle(10, -1, 1, 2), rectangle(15, -1, 2, 2)), 3),
        (with_hole(-5, -5, side_m=30, hole_m=20), 0),  # stands in its courtyard
    ],
)
def test_what_counts(other, m2):
    assert common_m2(LOT, other) == pytest.approx(m2, abs=1e-6)
    assert common_m2(other, LOT) == pytest.approx(m2, abs=1e-6)


def test_the_largest_piece_comes_first_and_its_middle_is_told():
    other = multi(rectangle(10, -1, 1, 2), rectangle(15, -1, 2, 2))
    assert [piece.area for piece in common_pieces(LOT, other)] == [2, 1]
    with pytest.raises(OverlapsNeighbour) as refusal:
        check_overlaps(LOT, {"N": other})
    facts = refusal.value.details
    assert (facts["x"], facts["y"], facts["parcel"]) == (*at(16, 0.5), "N")


def test_an_overlap_that_was_there_may_stay_or_shrink_but_not_grow():
    other = rectangle(18, 0, 20, 20)
    check_overlaps(LOT, {1: other}, before=LOT)
    check_overlaps(rectangle(0, 0, 19, 20), {1: other}, before=LOT)
    with pytest.raises(OverlapsNeighbour):
        check_overlaps(rectangle(0, 0, 21, 20), {1: other}, before=LOT)


def test_new_ground_and_its_neighbours_share_every_vertex():
    """
    +-------------+   long side without a vertex
    +---+---------+
    |new|
    +---+
    """
    long = rectangle(-10, 20, 60, 20)
    bent = Polygon([at(20, 5), at(30, 5), at(30, 10), at(20, 10)])
    entered = enter_parcel(LOT, neighbours={"long": long, "bent": bent})
    assert vertices(entered.parcel) == vertices(LOT) | {at(20, 5), at(20, 10)}
    assert vertices(entered.neighbours["long"]) - vertices(long) == {at(0, 20), at(20, 20)}
    assert "bent" not in entered.neighbours
    assert sum(line.twice_mm2 for line in entered.ledger) == 0
    assert [line.entry for line in entered.ledger][:1] == [Entry.OPENED]
