"""Which act a change of ground asks for.

   0    20   40
20 ┌────┬────┐
   │ a  │ b  │
 0 └────┴────┘
"""

import pytest

from cadastre.fieldwork.ground_acts import ground_acts, polygons
from tests.shapes import bow_tie, multi, rectangle, square

HELD = {"a": square(), "b": square(20)}


def only(**told):
    (act,) = ground_acts(**{"held": HELD, "redrawn": {}, "drawn": {}} | told)
    return act


def test_one_redrawn_is_rectified():
    act = only(redrawn={"a": rectangle(0, 0, 19.9, 20)})
    assert (act.verb, act.units) == ("rectify_area", ("a",))


def test_two_that_keep_their_ground_together_are_parted_anew():
    act = only(redrawn={"a": rectangle(0, 0, 22, 20), "b": rectangle(22, 0, 18, 20)})
    assert (act.verb, act.units) == ("adjust_boundary", ("a", "b"))
    assert act.shapes[0].bounds[0::2] == (774_022, 774_022)


def test_two_that_do_not_are_rectified_one_by_one():
    acts = ground_acts(
        held=HELD, redrawn={"a": rectangle(0, 0, 22, 20), "b": rectangle(23, 0, 17, 20)}, drawn={}
    )
    assert [act.verb for act in acts] == ["rectify_area", "rectify_area"]


@pytest.mark.parametrize(
    "redrawn",
    [{"a": rectangle(0, 0, 8, 20)}, {}],
    ids=["cut by the tool", "lots drawn over the predio"],
)
def test_a_predio_with_lots_inside_is_split(redrawn):
    drawn = {"n1": rectangle(8, 0, 12, 20)}
    if not redrawn:
        drawn |= {"n2": rectangle(0, 0, 8, 20)}
    act = only(redrawn=redrawn, drawn=drawn)
    assert (act.verb, act.units, len(act.shapes)) == ("split_parcel", ("a",), 2)


def test_lots_that_leave_part_of_the_predio_are_none():
    act = only(drawn={"n1": rectangle(0, 0, 8, 20)})
    assert not act.verb
    assert "no cubren el predio" in act.problem


def test_a_polygon_on_nothing_is_new_ground_and_one_on_two_is_none():
    acts = ground_acts(
        held=HELD, redrawn={}, drawn={"far": square(60), "both": rectangle(10, 0, 20, 20)}
    )
    assert {act.uuids[0]: act.verb for act in acts} == {"far": "register_parcel", "both": ""}


def test_only_sound_polygons_are_ground():
    assert polygons(bow_tie()) is None
    assert polygons(square().boundary) is None
    assert polygons(multi(square())).geom_type == "Polygon"
