"""A split is exact: children sum to the densified parent and share their vertices with everyone."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import LineString, MultiPolygon, Point, Polygon

from cadastre.geometry.exact_area import twice_area_mm2
from cadastre.geometry.ledger import Entry
from cadastre.geometry.merge import merge, without_inserted
from cadastre.geometry.noding import LineNotUsable
from cadastre.geometry.refusal import GeometryRefused
from cadastre.geometry.split import DoesNotCut, PieceTooSmall, Split, regroup, split_by_lines
from tests.cadastre.geometry.exact_oracle import assert_covers, exact_m2, same_ground, vertices
from tests.shapes import at, comb, multi, rectangle, square, with_hole
from tests.strategies import Blocks, blocks, cut_lines, parcels


def line(*points: tuple[float, float]) -> LineString:
    return LineString([at(x, y) for x, y in points])


def cut(parent: Polygon | MultiPolygon, *lines: LineString) -> Split[str]:
    return split_by_lines(parent, lines, key="P", neighbours={})


def assert_lawful(parent: Polygon | MultiPolygon, split: Split) -> None:
    assert_covers(split.parent, split.children)
    assert vertices(split.parent) == vertices(parent) | set(split.inserted)
    assert sum(entry.twice_mm2 for entry in split.ledger) == 0
    opened = [entry.twice_mm2 for entry in split.ledger if entry.entry is Entry.OPENED]
    assert opened == [twice_area_mm2(child) for child in split.children]


@settings(deadline=None)
@given(parcels, st.data())
def test_any_lines_split_exactly_or_are_refused(
    parent: Polygon | MultiPolygon, data: st.DataObject
) -> None:
    lines = data.draw(st.lists(cut_lines(parent), min_size=1, max_size=3))
    try:
        split = cut(parent, *lines)
    except GeometryRefused:
        return
    assert_lawful(parent, split)


@settings(deadline=None)
@given(parcels, st.data())
def test_merging_the_children_gives_the_parent_back(
    parent: Polygon | MultiPolygon, data: st.DataObject
) -> None:
    lines = data.draw(st.lists(cut_lines(parent), min_size=1, max_size=2))
    try:
        split = cut(parent, *lines)
    except GeometryRefused:
        return
    merged = merge(dict(enumerate(split.children)), neighbours={}, allow_parts=True)
    assert merged.inserted == ()
    assert same_ground(merged.merged, split.parent)
    assert same_ground(without_inserted(merged.merged, split.inserted), parent)


@settings(deadline=None)
@given(blocks(), st.data())
def test_every_lot_of_a_block_keeps_sharing_its_vertices(
    block: Blocks, data: st.DataObject
) -> None:
    """The whole block is covered as exactly after a split as before, but for the told rounding at its rim."""
    key = data.draw(st.sampled_from(sorted(block.lots)))
    parent = block.lots[key]
    others = {number: lot for number, lot in block.lots.items() if number != key}
    try:
        split = split_by_lines(parent, [data.draw(cut_lines(parent))], key=key, neighbours=others)
    except GeometryRefused:
        return
    after = [*split.children, *({**others, **split.neighbours}).values()]
    gained = sum(map(exact_m2, after)) - sum(map(exact_m2, block.lots.values()))
    assert gained * 2_000_000 == -split.ledger[-1].twice_mm2
    for child in split.children:
        for other in {**others, **split.neighbours}.values():
            assert child.intersection(other).area < 1e-6
    for point in split.inserted:
        for other in split.neighbours.values():
            assert point in vertices(other) or other.boundary.distance(Point(point)) > 0.000_999


def test_a_lot_in_two_with_its_neighbours() -> None:
    """
    ┌───┬───┬───┐
    │ W ├───┤ E │   both neighbours gain the end of the cut
    └───┴───┴───┘
    """
    split = split_by_lines(
        square(),
        [line((-5, 3.3333), (27, 11.777))],
        key="P",
        neighbours={"W": square(-20), "E": square(20), "N": square(0, 20)},
    )
    assert_lawful(square(), split)
    assert set(split.neighbours) == {"W", "E"}
    west, east = sorted(split.inserted)
    assert (west[0], east[0]) == (at(0, 0)[0], at(20, 0)[0])
    assert west in vertices(split.neighbours["W"])
    assert east in vertices(split.neighbours["E"])
    assert [entry.entry.value for entry in split.ledger] == [
        "CLOSED", "OPENED", "OPENED", "CHANGED", "CHANGED", "ROUNDING",
    ]  # fmt: skip


def test_a_t_junction_in_a_longer_side_gets_the_vertex() -> None:
    """
    ┌───┬───────┐
    │ P ┤       │   the neighbour's side is twice as long and had no vertex at P's corner
    ├───┤   L   │
    └───┴───────┘
    """
    split = split_by_lines(
        square(0, 20),
        [line((-1, 28.5), (21, 31.5))],
        key="P",
        neighbours={"L": rectangle(20, 0, 30, 40)},
    )
    (end,) = [point for point in split.inserted if point[0] == at(20, 0)[0]]
    assert end in vertices(split.neighbours["L"])


@pytest.mark.parametrize(
    ("parent", "lines", "areas"),
    [
        # two crossing lines: four corners
        (square(), [line((-1, 10), (21, 10)), line((10, -1), (10, 21))], [100, 100, 100, 100]),
        # a Y of three lines that meet inside
        (
            square(),
            [line((10, 10), (10, 30)), line((-1, 5), (10, 10)), line((10, 10), (21, 5))],
            None,
        ),
        # across a hole: two halves
        (with_hole(), [line((-1, 10), (21, 10))], [182, 182]),
        # through four teeth of a comb: the teeth and the back
        (comb(4), [line((-1, 5), (8, 5))], [23, 5, 5, 5, 5]),
        # from corner to corner
        (square(), [line((0, 0), (20, 20))], [200, 200]),
        # from a corner, past a bend, to the boundary
        (square(), [line((0, 0), (10, 5), (20, 5))], None),
        # exactly along the hole's side
        (with_hole(), [line((-1, 13), (21, 13))], [224, 140]),
        # ends on the boundary, to the millimetre
        (square(), [line((0, 7.5), (20, 7.5))], [250, 150]),
        # a bit short of the boundary by less than a millimetre
        (square(), [line((0.0004, 7.5), (19.9996, 7.5))], [250, 150]),
        # a ring inside the lot: an island is cut out
        (square(), [line((5, 5), (15, 5), (15, 15), (5, 15), (5, 5))], [300, 100]),
        # a thousand kilometres long
        (square(), [line((-500_000, 10), (500_000, 10))], [200, 200]),
        # the same line twice, and once the other way round
        (square(), [line((-1, 10), (21, 10)), line((21, 10), (-1, 10))], [200, 200]),
        # outside, along the side for a while, then through
        (square(), [line((20, -5), (20, 10), (-1, 10))], [200, 200]),
        # one part of a predio is cut, the other stays whole
        (multi(square(), square(40)), [line((10, -1), (10, 21))], [400, 200, 200]),
    ],
)
def test_cuts_that_can_be_drawn(
    parent: Polygon, lines: list[LineString], areas: list[int] | None
) -> None:
    split = cut(parent, *lines)
    assert_lawful(parent, split)
    if areas is not None:
        assert [exact_m2(child) for child in split.children] == areas


@pytest.mark.parametrize(
    ("parent", "drawn", "error", "says"),
    [
        (square(), line((30, 0), (30, 20)), DoesNotCut, "no atraviesa"),
        (square(), line((-10, 10), (10, 30)), DoesNotCut, "por un vértice"),
        (square(), line((0, 0), (20, 0)), DoesNotCut, "a lo largo del lindero"),
        (square(), line((-5, 0), (25, 0)), DoesNotCut, "a lo largo del lindero"),
        (square(), line((10, 10), (10, 30)), DoesNotCut, "empieza o termina dentro"),
        (square(), line((5, 5), (15, 15)), DoesNotCut, "empieza o termina dentro"),
        (square(), line((0.003, 7.5), (25, 7.5)), DoesNotCut, "prolónguela"),
        (with_hole(), line((-1, 10), (10, 10)), DoesNotCut, "une el contorno con un hueco"),
        (square(), line((5, 5), (5.0001, 5)), DoesNotCut, "no atraviesa"),
        (square(), line((-1, 0.01), (21, 0.01)), PieceTooSmall, "menos de 1 m²"),
        (square(), line((-1, 1), (1, -1)), DoesNotCut, "vértice"),
        (square(), line((-1, 1.5), (1.5, -1)), PieceTooSmall, "mueva la línea"),
        (square(), LineString([(0, 0), (float("inf"), 1)]), LineNotUsable, "imposibles"),
        (square(), LineString([(0, 0), (1e12, 1)]), LineNotUsable, "imposibles"),
        (square(), LineString(), DoesNotCut, "no atraviesa"),
    ],
)
@pytest.mark.filterwarnings("ignore:invalid value:RuntimeWarning")
def test_lines_that_do_not_cut_say_what_to_do(
    parent: Polygon, drawn: LineString, error: type[GeometryRefused], says: str
) -> None:
    with pytest.raises(error, match=says) as refusal:
        cut(parent, drawn)
    if error is not LineNotUsable:
        x, y = refusal.value.details["x"], refusal.value.details["y"]
        assert parent.distance(Point((x, y))) < 0.01


def test_too_many_vertices_are_not_even_tried() -> None:
    scribble = LineString([at(n % 7, n % 11) for n in range(10_001)])
    with pytest.raises(LineNotUsable, match="simplifíquelas"):
        cut(square(), scribble)


def test_loose_ends_are_told() -> None:
    """
    ┌──────┐
    ├──┬───┤   the second line hangs on the first and ends inside
    │  ╵   │
    └──────┘
    """
    split = cut(square(), line((-1, 10), (21, 10)), line((10, 10), (10, 4)))
    assert len(split.children) == 2
    (loose,) = split.unused
    assert (loose.length, *loose.coords[0]) == (6, *at(10, 4))


def test_a_hole_that_touches_the_boundary_in_a_vertex() -> None:
    """
    ┌──────┐
    │   ◇──●   the hole's tip is a vertex of the right side
    └──────┘
    """
    shell = [at(0, 0), at(20, 0), at(20, 10), at(20, 20), at(0, 20)]
    lot = Polygon(shell, [[at(20, 10), at(15, 12), at(10, 10), at(15, 8)]])
    assert lot.is_valid
    split = cut(lot, line((-1, 10), (11, 10)))
    assert_lawful(lot, split)
    assert len(split.children) == 2


def test_regrouped_pieces_become_one_child() -> None:
    """
    ┌┐┌┐
    │├┤│   the two upper pieces of the comb go together
    └──┘
    """
    split = cut(comb(2), line((-1, 5), (4, 5)))
    grouped = regroup(split, [(1, 2), (0,)])
    assert [child.geom_type for child in grouped.children] == ["MultiPolygon", "Polygon"]
    assert_lawful(comb(2), grouped)
    whole = regroup(split, [(0, 1, 2)])
    assert same_ground(whole.children[0], split.parent)
    with pytest.raises(ValueError, match="exactly one"):
        regroup(split, [(0, 1)])


def test_children_come_largest_first() -> None:
    split = cut(square(), line((-1, 5), (21, 5)), line((-1, 15), (21, 14)))
    areas = [exact_m2(child) for child in split.children]
    assert areas == sorted(areas, reverse=True)
