"""The same ground as several say it, in one drawing: which sides differ, and their lengths."""

import pytest
import shapely
from shapely import LineString, Point, Polygon, box

from gis_project.portal.ground_sketch import differing_sides, ground_sketch

LOT = box(0, 0, 20, 20)


def test_only_the_sides_that_left_the_other_outline_differ() -> None:
    """
    ┌────┐┐
    │    ││   the east side moved: it and the two that it stretched
    └────┘┘
    """
    wider = box(0, 0, 22, 20)
    lengths = sorted(side.length_m for side in differing_sides(wider, LOT))
    assert lengths == [20.0, 22.0, 22.0]
    assert differing_sides(LOT, LOT) == []
    assert len(differing_sides(LOT, None)) == 4


def test_a_vertex_more_and_two_surveys_centimetre_are_the_same() -> None:
    more = Polygon([(0, 0), (10, 0), (20, 0.01), (20, 20), (0, 20)])
    assert differing_sides(more, LOT) == []


def test_a_hole_is_a_ring_of_its_own() -> None:
    hollow = LOT.difference(box(5, 5, 9, 9))
    assert [side.length_m for side in differing_sides(hollow, LOT)] == [4.0] * 4


@pytest.mark.parametrize("shape", [LOT, shapely.reverse(LOT)])
def test_a_length_stands_outside_its_side(shape: Polygon) -> None:
    sketch = ground_sketch({"now": shape}, neighbours=[], labelled=differing_sides(shape, None))
    places = sorted((float(one.x), float(one.y)) for one in sketch.lengths)
    west, east = places[0][0], places[-1][0]
    half = 20 / sketch.metres_across * 100 / 2
    assert west < 50 - half
    assert east > 50 + half


def test_neighbours_are_cut_beyond_the_box_and_anything_is_drawn() -> None:
    far = box(1000, 0, 1020, 20)
    beside = box(20, -500, 40, 500)
    shapes = {"parcel": LOT, "finding": Point(5, 5), "line": LineString([(0, 0), (5, 5)])}
    sketch = ground_sketch(shapes, neighbours=[far, beside], margin_m=5)
    assert len(sketch.neighbours) == 1
    assert all(shape.path for shape in sketch.shapes)
    (path,) = sketch.neighbours
    figures = [
        float(word) for word in path.replace("M", "").replace("Z", "").replace("L", " ").split()
    ]
    assert max(figures) <= 160.01
    assert min(figures) >= -60.01


def test_nothing_is_no_drawing() -> None:
    assert ground_sketch({"now": Polygon()}, neighbours=[LOT]) is None


def test_a_tiny_finding_is_drawn_large() -> None:
    spike = {"finding": box(0, 0, 0.02, 0.02)}
    assert ground_sketch(spike, neighbours=[LOT], margin_m=2).metres_across < 10
