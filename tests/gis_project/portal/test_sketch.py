"""The drawing of a parcel and its table of sides number the same corners.

1----2
|    |
|    3------4
|           |
6-----------5
"""

import pytest

from gis_project.portal.sketch import clockwise_from_north_west, sides_of, sketch_of

L_SHAPE = [
    (0.0, 0.0),
    (24.0, 0.0),
    (24.0, 18.0),
    (12.0, 18.0),
    (12.0, 30.0),
    (0.0, 30.0),
    (0.0, 0.0),
]


@pytest.mark.parametrize("turn", range(6))
@pytest.mark.parametrize("reverse", [False, True])
def test_numbering_does_not_depend_on_how_the_ring_was_digitised(turn: int, reverse: bool) -> None:
    open_ring = L_SHAPE[:-1]
    ring = open_ring[turn:] + open_ring[:turn]
    if reverse:
        ring.reverse()
    expected = [(0, 30), (12, 30), (12, 18), (24, 18), (24, 0), (0, 0)]
    assert clockwise_from_north_west([*ring, ring[0]]) == expected


def test_sides_tell_length_and_azimuth_from_grid_north() -> None:
    sides = sides_of([L_SHAPE])
    assert [(side.start, side.end) for side in sides] == [
        (1, 2),
        (2, 3),
        (3, 4),
        (4, 5),
        (5, 6),
        (6, 1),
    ]
    assert [side.length_m for side in sides] == [12, 12, 12, 18, 24, 30]
    assert [side.azimuth_deg for side in sides] == [90, 180, 90, 180, 270, 0]
    assert (sides[0].easting, sides[0].northing) == (0, 30)


def test_a_hole_goes_on_with_the_numbers() -> None:
    hole = [(5.0, 5.0), (7.0, 5.0), (7.0, 7.0), (5.0, 7.0)]
    sides = sides_of([L_SHAPE, hole])
    assert [(side.start, side.end) for side in sides[6:]] == [(7, 8), (8, 9), (9, 10), (10, 7)]


def test_the_drawing_keeps_inside_its_box_and_north_is_up() -> None:
    sketch = sketch_of([L_SHAPE])
    first, *_, last = sketch.marks
    assert float(first.y) < float(last.y)
    for mark in sketch.marks:
        assert 4 <= float(mark.x) <= 96
        assert 4 <= float(mark.y) <= 66
        assert 0 <= float(mark.label_x) <= 100
        assert 0 <= float(mark.label_y) <= 70


def test_numbers_stand_outside_the_ground_even_at_a_corner_that_turns_in() -> None:
    third = sketch_of([L_SHAPE]).marks[2]
    assert float(third.label_x) > float(third.x)
    assert float(third.label_y) < float(third.y)


def test_a_winding_boundary_is_drawn_without_numbers() -> None:
    ring = [(float(x), float(x * x % 7)) for x in range(60)]
    assert not sketch_of([[*ring, (59.0, -20.0), (0.0, -20.0)]]).is_labelled
