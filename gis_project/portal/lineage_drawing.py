"""A lineage as a layered drawing: a column for each beginning, the oldest left; acts as dots between the boxes.

Pure: a graph goes in, boxes, dots and paths with whole coordinates come out, the same for the same graph. The
template writes them as SVG; `portal/parts/lineage_list.html` says the same in words.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias
from uuid import UUID

from cadastre.queries.lineage import Lineage
from cadastre.queries.lineage_acts import LineageAct
from cadastre.queries.lineage_nodes import LineageNode

BOX_WIDTH, BOX_HEIGHT = 188, 46
BETWEEN_COLUMNS, BETWEEN_ROWS = 150, 22
LANE_HEIGHT, LABEL_HEIGHT = 14, 20
HEADER, MARGIN = 40, 8


@dataclass(frozen=True, slots=True)
class Box:
    """A parcel; x and y are the upper left corner."""

    node: LineageNode
    x: int
    y: int
    is_subject: bool

    @property
    def middle(self) -> int:
        return self.y + BOX_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Dot:
    """An act, with its label below."""

    act: LineageAct
    x: int
    y: int

    @property
    def label_y(self) -> int:
        return self.y + 21


@dataclass(frozen=True, slots=True)
class Header:
    """The year over the first of its columns; None before all records."""

    year: int | None
    x: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """`width` and `height` in pixels at which the labels are read."""

    width: int
    height: int
    headers: tuple[Header, ...]
    boxes: tuple[Box, ...]
    dots: tuple[Dot, ...]
    paths: tuple[str, ...]
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT


_Way: TypeAlias = tuple[UUID, UUID]
# Where it would like to stand, what settles ties, and either the children of an act or a line that passes.
_Entry: TypeAlias = tuple[int, tuple[int, str], list[UUID], _Way | None]


def draw_lineage(lineage: Lineage) -> Drawing:
    """The drawing of a lineage."""
    nodes = {node.parcel_id: node for node in lineage.nodes}
    column_of, starts = _columns(lineage, nodes)
    acts = _acts_of(lineage)
    tops, lanes, height = _rows(lineage, nodes, column_of, len(starts))
    boxes = {
        parcel: Box(node, _left(column_of[parcel]), tops[parcel], parcel == lineage.subject)
        for parcel, node in nodes.items()
    }
    dots, paths = [], []
    for act in lineage.acts:
        if act.operation_id not in acts:
            continue
        parents, children = acts[act.operation_id]
        column = min(column_of[child] for child in children)
        x = _left(column) - BETWEEN_COLUMNS // 2
        middles = [boxes[child].middle for child in children]
        y = (min(middles) + max(middles)) // 2
        dots.append(Dot(act, x, y))
        for parent in parents:
            through = lanes.get((parent, act.operation_id), ())
            paths.append(_way(boxes[parent], through, column_of[parent], (x, y)))
        paths += [_curve((x, y), (boxes[child].x, boxes[child].middle)) for child in children]
    return Drawing(
        width=_left(len(starts) - 1) + BOX_WIDTH + MARGIN,
        height=max([height, *(dot.label_y + LABEL_HEIGHT for dot in dots)]) + MARGIN,
        headers=_headers(starts),
        boxes=tuple(boxes.values()),
        dots=tuple(dots),
        paths=tuple(paths),
    )


def _columns(
    lineage: Lineage, nodes: dict[UUID, LineageNode]
) -> tuple[dict[UUID, int], list[date]]:
    """Column of each parcel, and the day with which each column begins: what comes later stands further right."""
    depth = dict.fromkeys(nodes, 0)
    for _ in range(len(nodes)):
        moved = False
        for edge in lineage.edges:
            deeper = min(depth[edge.parent] + 1, len(nodes))
            if depth[edge.child] < deeper:
                depth[edge.child], moved = deeper, True
        if not moved:
            break
    places = {
        parcel: (node.valid_from or date.min, depth[parcel]) for parcel, node in nodes.items()
    }
    order = sorted(set(places.values()))
    return {parcel: order.index(place) for parcel, place in places.items()}, [
        day for day, _ in order
    ]


def _acts_of(lineage: Lineage) -> dict[UUID, tuple[list[UUID], list[UUID]]]:
    """Act → its parents and its children that are drawn, each once."""
    found: dict[UUID, tuple[dict[UUID, None], dict[UUID, None]]] = defaultdict(lambda: ({}, {}))
    for edge in lineage.edges:
        found[edge.operation_id][0][edge.parent] = None
        found[edge.operation_id][1][edge.child] = None
    return {act: (list(parents), list(children)) for act, (parents, children) in found.items()}


def _rows(
    lineage: Lineage, nodes: dict[UUID, LineageNode], column_of: dict[UUID, int], columns: int
) -> tuple[dict[UUID, int], dict[tuple[UUID, UUID], list[int]], int]:
    """Top of each box; for a line that passes columns, its height in each; and how far down all of it goes.

    Children of an act stand together, level with their parents where there is room.
    """
    acts = _acts_of(lineage)
    maker = {child: act for act, (_, children) in acts.items() for child in children}
    tops: dict[UUID, int] = {}
    lanes: dict[tuple[UUID, UUID], list[int]] = defaultdict(list)
    last: dict[tuple[UUID, UUID], int] = {}
    lowest = HEADER
    for column in range(columns):
        heaps: dict[tuple[int, str], list[UUID]] = defaultdict(list)
        for node in (n for n in nodes.values() if column_of[n.parcel_id] == column):
            act = maker.get(node.parcel_id)
            heaps[0, str(act) if act else f"{node.key or ''} {node.parcel_id}"].append(
                node.parcel_id
            )
        entries: list[_Entry] = [
            (_wanted(heap, maker, acts, last, tops), kind_and_name, heap, None)
            for kind_and_name, heap in heaps.items()
        ]
        entries += [
            (last[way], (1, f"{way[0]} {way[1]}"), [], way)
            for way in _passing(acts, column_of, column)
            if way in last
        ]
        cursor = HEADER
        for wanted, _, heap, way in sorted(entries, key=lambda e: (e[0], e[1])):
            if way is not None:
                top = max(cursor, wanted - LANE_HEIGHT // 2)
                lanes[way].append(top + LANE_HEIGHT // 2)
                last[way] = top + LANE_HEIGHT // 2
                cursor = top + LANE_HEIGHT + BETWEEN_ROWS // 2
                continue
            full = len(heap) * (BOX_HEIGHT + BETWEEN_ROWS) - BETWEEN_ROWS
            cursor = max(cursor, wanted - full // 2)
            for parcel in heap:
                tops[parcel] = cursor
                cursor += BOX_HEIGHT + BETWEEN_ROWS
                lowest = max(lowest, tops[parcel] + BOX_HEIGHT)
                for act, (parents, _) in acts.items():
                    if parcel in parents:
                        last[parcel, act] = tops[parcel] + BOX_HEIGHT // 2
        lowest = max(lowest, cursor - BETWEEN_ROWS)
    return tops, lanes, lowest


def _wanted(
    heap: list[UUID],
    maker: dict[UUID, UUID],
    acts: dict[UUID, tuple[list[UUID], list[UUID]]],
    last: dict[tuple[UUID, UUID], int],
    tops: dict[UUID, int],
) -> int:
    act = maker.get(heap[0])
    if act is None:
        return max((top + BOX_HEIGHT for top in tops.values()), default=0) if tops else 0
    heights = [last[parent, act] for parent in acts[act][0] if (parent, act) in last]
    return sum(heights) // len(heights) if heights else 0


def _passing(
    acts: dict[UUID, tuple[list[UUID], list[UUID]]], column_of: dict[UUID, int], column: int
) -> Iterable[tuple[UUID, UUID]]:
    for act, (parents, children) in acts.items():
        target = min(column_of[child] for child in children)
        for parent in parents:
            if column_of[parent] < column < target:
                yield parent, act


def _way(box: Box, through: Iterable[int], column: int, dot: tuple[int, int]) -> str:
    """From a parent's right side, through its lanes, to the act's dot."""
    here = (box.x + BOX_WIDTH, box.middle)
    path = f"M{here[0]} {here[1]}"
    for number, y in enumerate(through, start=1):
        left = _left(column + number)
        path += _bend(here, (left, y)) + f"H{left + BOX_WIDTH}"
        here = (left + BOX_WIDTH, y)
    return path + _bend(here, dot)


def _curve(start: tuple[int, int], end: tuple[int, int]) -> str:
    return f"M{start[0]} {start[1]}" + _bend(start, end)


def _bend(start: tuple[int, int], end: tuple[int, int]) -> str:
    middle = (start[0] + end[0]) // 2
    return f"C{middle} {start[1]} {middle} {end[1]} {end[0]} {end[1]}"


def _left(column: int) -> int:
    return MARGIN + column * (BOX_WIDTH + BETWEEN_COLUMNS)


def _headers(starts: list[date]) -> tuple[Header, ...]:
    headers: list[Header] = []
    for column, day in enumerate(starts):
        year = None if day == date.min else day.year
        if not headers or headers[-1].year != year:
            headers.append(Header(year, _left(column)))
    return tuple(headers)
