"""The ground of an act as one small drawing: what there is, dashed, and what there will be, numbered.

Pure: shapes in a plane (metres) go in, strings ready for SVG come out, in the box of ``sketch``.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import shapely
from shapely.geometry.base import BaseGeometry

from gis_project.portal.sketch import HEIGHT, MARGIN, WIDTH

_LINE_APART = 2.3
# How wide an area of seven digits is drawn; in a narrower piece it would lie over its neighbour's.
_WORDS = 22.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A shape's path, where its number and its area stand, and whether there is room for the area."""

    label: str
    path: str
    has_room: bool
    x: str
    number_y: str
    area_y: str


@dataclass(frozen=True, slots=True)
class ActSketch:
    """`before` are outlines, `after` the numbered pieces; `metres_across` is what the box's width spans."""

    before: tuple[str, ...]
    after: tuple[Piece, ...]
    metres_across: float


def act_sketch(
    before: Sequence[BaseGeometry], after: Sequence[tuple[str, BaseGeometry]]
) -> ActSketch | None:
    """The drawing with north up; None without any ground."""
    shapes = [*before, *(shape for _, shape in after)]
    if not shapes:
        return None
    west, south, east, north = shapely.total_bounds(shapely.GeometryCollection(shapes)).tolist()
    width, height = east - west, north - south
    scale = min(
        (WIDTH - 2 * MARGIN) / max(width, 0.001), (HEIGHT - 2 * MARGIN) / max(height, 0.001)
    )
    left, top = (WIDTH - width * scale) / 2, (HEIGHT - height * scale) / 2

    def place(x: float, y: float) -> tuple[float, float]:
        return left + (x - west) * scale, top + (north - y) * scale

    def path(shape: BaseGeometry) -> str:
        rings = [
            "M" + "L".join("{:.2f} {:.2f}".format(*place(x, y)) for x, y in ring.coords[:-1]) + "Z"
            for polygon in shapely.get_parts(shape)
            for ring in (polygon.exterior, *polygon.interiors)
        ]
        return " ".join(rings)

    def piece(label: str, shape: BaseGeometry) -> Piece:
        inside = shape.representative_point()
        x, y = place(inside.x, inside.y)
        texts = [f"{value:.2f}" for value in (x, y - _LINE_APART, y + _LINE_APART)]
        return Piece(label, path(shape), _width_at(shape, inside) * scale >= _WORDS, *texts)

    return ActSketch(
        before=tuple(map(path, before)),
        after=tuple(piece(label, shape) for label, shape in after),
        metres_across=WIDTH / scale,
    )


def _width_at(shape: BaseGeometry, inside: shapely.Point) -> float:
    """Metres from side to side of the shape, along the parallel of a point in it."""
    west, _, east, _ = shape.bounds
    across = shape.intersection(shapely.LineString([(west, inside.y), (east, inside.y)]))
    return max(
        (part.length for part in shapely.get_parts(across) if part.distance(inside) < 0.001),
        default=0.0,
    )
