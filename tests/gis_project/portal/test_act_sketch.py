"""The drawing of an act: everything in one scale, north up, each piece with its number inside it."""

from shapely import Polygon, box

from gis_project.portal.act_sketch import act_sketch


def test_all_is_drawn_in_one_scale():
    drawn = act_sketch([box(0, 0, 20, 10)], [("1", box(0, 0, 5, 10)), ("2", box(5, 0, 20, 10))])
    assert drawn is not None
    assert drawn.before == ("M92.00 56.00L92.00 14.00L8.00 14.00L8.00 56.00Z",)
    assert [piece.label for piece in drawn.after] == ["1", "2"]
    assert [float(piece.x) for piece in drawn.after] == [18.5, 60.5]
    assert [piece.has_room for piece in drawn.after] == [False, True]  # 21 and 63 of the box's 100
    assert abs(drawn.metres_across - 100 / 4.2) < 1e-9


def test_a_hole_is_a_ring_of_its_own_and_its_number_lies_on_ground():
    ring = Polygon(box(0, 0, 9, 9).exterior, [box(3, 3, 6, 6).exterior.coords])
    drawn = act_sketch([], [("1", ring)])
    assert drawn is not None
    assert drawn.after[0].path.count("M") == 2
    x, y = float(drawn.after[0].x), float(drawn.after[0].number_y) + 2.3
    assert not (41 < x < 59 and 26 < y < 44)


def test_without_ground_there_is_no_drawing():
    assert act_sketch([], []) is None
