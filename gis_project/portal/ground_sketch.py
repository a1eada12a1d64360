"""Several shapes of the same ground in one drawing over their neighbours, with the lengths of the sides that differ.

Pure: shapes in a plane (metres) go in, strings ready for SVG come out, in the box of ``sketch``. The drawing is for
the eye; ``differing_sides`` says the same for a table.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import hypot
from typing import Any, TypeAlias

import shapely
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient

from gis_project.portal.sketch import HEIGHT, MARGIN, WIDTH

Place: TypeAlias = Callable[[float, float], tuple[float, float]]
# A side that is all along nearer to the other shape's outline than this is the same side.
SAME_M = 0.02
_LEAST_PART = 0.07  # of the box's width, for a length to be written beside its side
_MOST_LENGTHS = 14
_LABEL_APART, _WIDER = 2.6, 1.7  # a length is wider than high
_BESIDE, _ABOVE = 0.6, 0.1


@dataclass(frozen=True, slots=True)
class SketchedShape:
    """`role` is the class of its stroke: what stood, what came, what is now."""

    role: str
    path: str


@dataclass(frozen=True, slots=True)
class LengthLabel:
    """A side's length in metres, and where it is written."""

    length_m: float
    x: str
    y: str


@dataclass(frozen=True, slots=True)
class GroundSketch:
    """Paths in a 100 × 70 box with north up; `metres_across` is what the box's width spans."""

    neighbours: tuple[str, ...]
    shapes: tuple[SketchedShape, ...]
    lengths: tuple[LengthLabel, ...]
    metres_across: float


@dataclass(frozen=True, slots=True)
class DifferingSide:
    """A side of a shape that is not on the other's outline; metres."""

    start: tuple[float, float]
    end: tuple[float, float]
    length_m: float


def ground_sketch(
    shapes: Mapping[str, BaseGeometry],
    *,
    neighbours: Sequence[BaseGeometry],
    labelled: Sequence[DifferingSide] = (),
    labelled_inside: Sequence[DifferingSide] = (),
    margin_m: float = 0.0,
    close_to: BaseGeometry | None = None,
) -> GroundSketch | None:
    """The drawing of the shapes by role, the neighbours cut beyond its edge; None without any ground.

    ``labelled`` are the sides whose length is written outside, ``labelled_inside`` inside; ``margin_m`` leaves
    that much around the shapes, or around ``close_to``, the place that the drawing looks at closely.
    """
    drawn = {role: shape for role, shape in shapes.items() if not shape.is_empty}
    if not drawn:
        return None
    looked_at = [close_to] if close_to is not None else list(drawn.values())
    west, south, east, north = shapely.total_bounds(looked_at).tolist()
    west, south, east, north = west - margin_m, south - margin_m, east + margin_m, north + margin_m
    width, height = east - west, north - south
    scale = min((WIDTH - 2 * MARGIN) / max(width, 0.5), (HEIGHT - 2 * MARGIN) / max(height, 0.5))
    left, top = (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        return left + (x - west) * scale, top + (north - y) * scale

    # A page wider than the box shows what lies beside it. The cut is for the eye: nothing of it is measured.
    beside, above = (left + _BESIDE * WIDTH) / scale, (top + _ABOVE * HEIGHT) / scale
    box = shapely.box(west - beside, south - above, east + beside, north + above)
    around = [_within(shape, box) for shape in neighbours if shape.intersects(box)]
    if close_to is not None:
        drawn = {role: _within(shape, box) for role, shape in drawn.items()}
    written = [
        (side, sign)
        for sides, sign in ((labelled, 1), (labelled_inside, -1))
        for side in sides
        if side.length_m * scale > _LEAST_PART * WIDTH
    ]
    return GroundSketch(
        neighbours=tuple(path for shape in around if (path := _path(shape, place))),
        shapes=tuple(
            SketchedShape(role, path)
            for role, shape in drawn.items()
            if (path := _path(shape, place))
        ),
        lengths=tuple(_label(side, sign, place) for side, sign in written[:_MOST_LENGTHS]),
        metres_across=WIDTH / scale,
    )


def differing_sides(shape: BaseGeometry, other: BaseGeometry | None) -> list[DifferingSide]:
    """The shape's sides that do not run along the other's outline; all of them without another."""
    outline = other.boundary if other is not None else None
    found = []
    for ring in _rings(shape):
        for start, end in pairwise(ring):
            side = shapely.LineString([start, end])
            if outline is None or not _runs_along(side, outline):
                length = hypot(end[0] - start[0], end[1] - start[1])
                found.append(DifferingSide(start, end, length))
    return found


def _within(shape: BaseGeometry, box: BaseGeometry) -> BaseGeometry:
    """What of the shape is drawn; one that crosses itself, as findings do, is drawn by its outline."""
    whole = shape if shape.is_valid else shape.boundary
    return shapely.intersection(whole, box)


def _runs_along(side: shapely.LineString, outline: BaseGeometry) -> bool:
    return bool(outline.buffer(SAME_M).covers(side))


def _rings(shape: BaseGeometry) -> list[list[tuple[float, float]]]:
    # Counter-clockwise around the ground, so that its outside is to the right of every side.
    polygons = [orient(part) for part in shapely.get_parts(shape) if part.geom_type == "Polygon"]
    rings = [ring for part in polygons for ring in (part.exterior, *part.interiors)]
    return [[(x, y) for x, y, *_ in ring.coords] for ring in rings]


def _path(shape: BaseGeometry, place: Place) -> str:
    """Rings closed, lines open, a point as a small cross."""
    parts = []
    for part in shapely.get_parts(shapely.get_parts(shape)):
        if part.geom_type == "Polygon":
            for ring in (part.exterior, *part.interiors):
                parts.append(_run(ring.coords[:-1], place) + "Z")
        elif part.geom_type in ("LineString", "LinearRing"):
            parts.append(_run(part.coords, place))
        elif part.geom_type == "Point":
            x, y = place(part.x, part.y)
            parts.append(f"M{x - 2:.2f} {y:.2f}H{x + 2:.2f}M{x:.2f} {y - 2:.2f}V{y + 2:.2f}")
    return " ".join(parts)


def _run(coords: Any, place: Place) -> str:
    return "M" + "L".join("{:.2f} {:.2f}".format(*place(x, y)) for x, y, *_ in coords)


def _label(side: DifferingSide, sign: int, place: Place) -> LengthLabel:
    (x1, y1), (x2, y2) = place(*side.start), place(*side.end)
    length = hypot(x2 - x1, y2 - y1)
    # To the right of the side, which is outside; the drawing counts its rows downwards.
    across = (-(y2 - y1) / length, (x2 - x1) / length) if length else (0.0, 0.0)
    x = (x1 + x2) / 2 + sign * across[0] * _LABEL_APART * _WIDER
    y = (y1 + y2) / 2 + sign * across[1] * _LABEL_APART
    return LengthLabel(side.length_m, f"{x:.2f}", f"{y:.2f}")
