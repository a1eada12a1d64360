"""The drawing of a lineage: later stands further right, nothing lies on anything, and it is always the same."""

from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import combinations
from uuid import UUID

from cadastre.queries.lineage import Lineage, LineageEdge
from cadastre.queries.lineage_acts import LineageAct
from cadastre.queries.lineage_nodes import LineageNode
from gis_project.portal.lineage_drawing import BOX_HEIGHT, BOX_WIDTH, draw_lineage

RECORDED = datetime(2026, 1, 1, tzinfo=UTC)


def parcel(name: str, since: int, *, until: int | None = None, generation: int = 0) -> LineageNode:
    return LineageNode(
        parcel_id=UUID(int=ord(name)),
        unit_id=None,
        key=name,
        keys=(name,),
        area_m2=Decimal(1),
        valid_from=date(since, 1, 1),
        valid_to=date(until, 1, 1) if until else None,
        state="RETIRED" if until else "ACTIVE",
        ended_by=None,
        generation=generation,
        goes_on=False,
    )


def act(number: int, year: int) -> LineageAct:
    return LineageAct(UUID(int=number), "split_parcel", "", "x", date(year, 1, 1), RECORDED, (), ())


def graph(nodes: str, edges: dict[str, int], **since: int) -> Lineage:
    """`edges`: "ab" → the number of the act by which a became b; `since`: the year in which each begins."""
    return Lineage(
        subject=UUID(int=ord(nodes[0])),
        on=date(2026, 1, 1),
        known=None,
        nodes=tuple(parcel(name, since[name]) for name in nodes),
        edges=tuple(
            LineageEdge(UUID(int=ord(a)), UUID(int=ord(b)), UUID(int=number))
            for (a, b), number in edges.items()
        ),
        acts=tuple(act(number, 2020) for number in sorted(set(edges.values()))),
        is_whole=True,
    )


def test_a_part_of_the_same_day_stands_right_of_its_origin() -> None:
    drawn = draw_lineage(graph("ab", {"ab": 1}, a=2020, b=2020))
    left = {box.node.key: box.x for box in drawn.boxes}
    assert left["a"] < left["b"]
    assert [header.year for header in drawn.headers] == [2020]


def test_years_stand_over_their_columns_in_order() -> None:
    drawn = draw_lineage(graph("abc", {"ab": 1, "bc": 2}, a=2018, b=2020, c=2023))
    assert [header.year for header in drawn.headers] == [2018, 2020, 2023]
    assert [header.x for header in drawn.headers] == [box.x for box in drawn.boxes]


def test_boxes_lie_apart_and_within_the_drawing() -> None:
    """a is divided into b … g; g and the old h become i, so that h's line passes the column of b … g."""
    edges = {f"a{child}": 1 for child in "bcdefg"} | {"gi": 2, "hi": 2}
    years = {"a": 2018, "h": 2018, "i": 2024} | dict.fromkeys("bcdefg", 2020)
    drawn = draw_lineage(graph("abcdefghi", edges, **years))
    for one, other in combinations(drawn.boxes, 2):
        assert abs(one.x - other.x) >= BOX_WIDTH or abs(one.y - other.y) >= BOX_HEIGHT
    for box in drawn.boxes:
        assert 0 <= box.x <= drawn.width - BOX_WIDTH
        assert 0 <= box.y <= drawn.height - BOX_HEIGHT
    assert len(drawn.dots) == 2
    assert len(drawn.paths) == 1 + 6 + 2 + 1


def test_a_cycle_is_drawn_too() -> None:
    drawn = draw_lineage(graph("ab", {"ab": 1, "ba": 2}, a=2020, b=2020))
    assert len(drawn.boxes) == 2


def test_it_is_the_same_for_the_same_graph() -> None:
    edges = {"ab": 1, "ac": 1, "bd": 2, "cd": 2}
    first, again = (
        draw_lineage(graph("abcd", edges, a=2018, b=2020, c=2020, d=2022)) for _ in range(2)
    )
    assert first == again
