"""A type's flow as a drawing: states in a column, steps as numbered arrows. Pure; units are SVG pixels.

A step to the next state goes straight down; one further down bends to the right, one back up to the left,
each in a lane of its own. The number refers to the table of steps beside the drawing.
"""

from dataclasses import dataclass

from cadastre.procedures.procedure_type import ProcedureType

BOX_WIDTH, BOX_HEIGHT, GAP, LANE, MARGIN = 240, 40, 34, 24, 16


@dataclass(frozen=True, slots=True)
class Box:
    """A state: its corner, its words, and whether it ends the procedure."""

    x: int
    y: int
    title: str
    is_final: bool
    waits: bool

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + BOX_WIDTH // 2, self.y + BOX_HEIGHT // 2


@dataclass(frozen=True, slots=True)
class Arrow:
    """A step: SVG path data, the points of its head, and where its number stands."""

    path: str
    head: str
    number: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class FlowDrawing:
    """The drawing; ``numbers`` gives each step's number, in the order of the type's table."""

    width: int
    height: int
    box_width: int
    box_height: int
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]


def draw_flow(found: ProcedureType) -> FlowDrawing:
    """The drawing of a type's table of steps."""
    rows = {state.code: row for row, state in enumerate(found.states)}
    edges = [
        (number, rows[origin], rows[step.to])
        for number, step in enumerate(found.transitions, start=1)
        for origin in step.origins
    ]
    left_lanes = sum(to < origin for _, origin, to in edges)
    left = MARGIN + LANE * (left_lanes + 1)
    right_lanes = sum(to > origin + 1 for _, origin, to in edges)
    boxes = tuple(
        Box(
            left,
            MARGIN + row * (BOX_HEIGHT + GAP),
            state.title,
            state.is_final,
            state.waits_for_applicant,
        )
        for row, state in enumerate(found.states)
    )
    return FlowDrawing(
        width=left + BOX_WIDTH + LANE * (right_lanes + 1) + MARGIN,
        height=2 * MARGIN + len(boxes) * (BOX_HEIGHT + GAP) - GAP,
        box_width=BOX_WIDTH,
        box_height=BOX_HEIGHT,
        boxes=boxes,
        arrows=tuple(_arrows(edges, boxes)),
    )


def _arrows(edges: list[tuple[int, int, int]], boxes: tuple[Box, ...]) -> list[Arrow]:
    drawn = []
    straight: dict[int, int] = {}
    bent = {-1: 0, 1: 0}
    for number, origin, to in edges:
        if to == origin + 1:
            place = straight[origin] = straight.get(origin, 0) + 1
            drawn.append(_down(boxes[origin], boxes[to], number, place))
            continue
        side = 1 if to > origin else -1
        bent[side] += 1
        drawn.append(_round(boxes[origin], boxes[to], number, side, bent[side]))
    return drawn


def _down(origin: Box, to: Box, number: int, place: int) -> Arrow:
    x = origin.x + BOX_WIDTH // 2 + (place - 1) * 2 * LANE
    start, end = origin.y + BOX_HEIGHT, to.y
    return Arrow(
        f"M{x} {start}V{end}", f"{x - 4},{end - 7} {x + 4},{end - 7} {x},{end}", number, x, end - 20
    )


def _round(origin: Box, to: Box, number: int, side: int, lane: int) -> Arrow:
    edge = origin.x + (BOX_WIDTH if side > 0 else 0)
    x = edge + side * LANE * lane
    # Arrows that leave or enter the same box do not lie on each other.
    step = 3 * ((lane - 1) % 6) - 8
    start, end = origin.middle[1] + step, to.middle[1] + step
    tip = edge + side * 7
    return Arrow(
        f"M{edge} {start}H{x}V{end}H{edge}",
        f"{tip},{end - 4} {tip},{end + 4} {edge},{end}",
        number,
        x,
        (start + end) // 2,
    )
