"""A partition from outside must cover the parcel; gaps and overlaps are named with their place."""

import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon, Polygon

from cadastre.geometry.partition import PartitionDoesNotFit, split_by_partition
from cadastre.geometry.refusal import GeometryRefused
from cadastre.geometry.split import DoesNotCut, split_by_lines
from tests.cadastre.geometry.exact_oracle import assert_covers, same_ground
from tests.shapes import bow_tie, multi, rectangle, square
from tests.strategies import cut_lines, parcels


def divided(parent: Polygon | MultiPolygon, *pieces: Polygon | MultiPolygon):
    return split_by_partition(parent, list(pieces), key="P", neighbours={})


def test_children_in_the_order_of_the_plan() -> None:
    """
    ┌──┬────┐
    │  ├────┤
    └──┴────┘
    """
    pieces = [rectangle(0, 0, 7, 20), rectangle(7, 0, 13, 5), rectangle(7, 5, 13, 15)]
    split = divided(square(), *pieces)
    assert_covers(split.parent, split.children)
    assert shapely.area(list(split.children)).round(6).tolist() == [140, 65, 195]


@settings(deadline=None)
@given(parcels, st.data())
def test_what_was_split_divides_the_parent_again(parent: Polygon, data: st.DataObject) -> None:
    try:
        once = split_by_lines(parent, [data.draw(cut_lines(parent))], key="P", neighbours={})
    except GeometryRefused:
        return
    again = divided(parent, *once.children)
    assert all(map(same_ground, again.children, once.children))


def test_a_plan_off_the_grid_and_beyond_the_boundary_is_rounded_and_clipped() -> None:
    left = shapely.box(773_999.5, 9_942_999, 774_006.999_7, 9_943_021)
    right = shapely.box(774_006.999_7, 9_942_999, 774_030, 9_943_021)
    split = divided(square(), left, right)
    assert_covers(split.parent, split.children)
    assert [round(child.area, 6) for child in split.children] == [140, 260]


def test_two_parts_of_the_plan_make_one_child() -> None:
    lots = [multi(rectangle(0, 0, 4, 20), rectangle(16, 0, 4, 20)), rectangle(4, 0, 12, 20)]
    split = divided(square(), *lots)
    assert [child.geom_type for child in split.children] == ["MultiPolygon", "Polygon"]


def test_gaps_and_overlaps_are_told() -> None:
    """
    ┌──┐ ┌──┬┬┐   0.5 m between the first two, 1 m where the last two overlap
    └──┘ └──┴┴┘
    """
    with pytest.raises(PartitionDoesNotFit, match=r"1 huecos \(10,00 m²\)") as refusal:
        divided(
            square(), rectangle(0, 0, 7, 20), rectangle(7.5, 0, 6, 20), rectangle(12.5, 0, 7.5, 20)
        )
    (gap,), (overlap,) = refusal.value.details["gaps"], refusal.value.details["overlaps"]
    assert gap == {"polygons": [], "area_m2": 10.0, "x": 774_007.25, "y": 9_943_010.0}
    assert overlap == {"polygons": [2, 3], "area_m2": 20.0, "x": 774_013.0, "y": 9_943_010.0}


def test_a_gap_of_two_millimetres_is_told_not_closed() -> None:
    with pytest.raises(PartitionDoesNotFit, match=r"huecos \(0,04 m²\)"):
        divided(square(), rectangle(0, 0, 7, 20), rectangle(7.002, 0, 12.998, 20))


@pytest.mark.parametrize(
    ("pieces", "error", "says"),
    [
        ([square()], DoesNotCut, "menos de dos"),
        ([square(), bow_tie()], PartitionDoesNotFit, "polígono 2 del plano se cruza"),
        ([square(), square(40)], DoesNotCut, "no atraviesa"),
        (
            [rectangle(0, 0, 7, 20), rectangle(7, 0, 13, 20), square(40)],
            PartitionDoesNotFit,
            "polígono 3 del plano está fuera",
        ),
    ],
)
def test_plans_that_cannot_be_used(
    pieces: list[Polygon], error: type[GeometryRefused], says: str
) -> None:
    with pytest.raises(error, match=says):
        divided(square(), *pieces)
