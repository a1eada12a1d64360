"""Tiny geometries that can be drawn on paper, in metres of EPSG:32717, around the blocks of Machachi."""

import numpy as np
from shapely import LineString, MultiLineString, MultiPoint, MultiPolygon, Point, Polygon
from shapely.geometry import GeometryCollection, LinearRing
from shapely.geometry.base import BaseGeometry

# Where (0, 0) of every shape lies: a corner in the canton of Mejía.
ORIGIN_X, ORIGIN_Y = 774_000.0, 9_943_000.0


def at(x: float, y: float) -> tuple[float, float]:
    return (ORIGIN_X + x, ORIGIN_Y + y)


def square(x: float = 0, y: float = 0, side_m: float = 20) -> Polygon:
    """
    ┌──┐  side_m
    └──┘
    (x, y) is the lower left corner.
    """
    return rectangle(x, y, side_m, side_m)


def rectangle(x: float, y: float, width_m: float, height_m: float) -> Polygon:
    return Polygon(
        [at(x, y), at(x + width_m, y), at(x + width_m, y + height_m), at(x, y + height_m)]
    )


def strip(count: int, x: float = 0, y: float = 0, side_m: float = 20) -> list[Polygon]:
    """
    ┌──┬──┬──┐
    └──┴──┴──┘  `count` squares in a row, sharing their sides exactly.
    """
    return [square(x + number * side_m, y, side_m) for number in range(count)]


def comb(
    teeth: int, x: float = 0, y: float = 0, tooth_m: float = 1, length_m: float = 10
) -> Polygon:
    """
    ┌┐┌┐┌┐
    ││││││   a valid polygon with `teeth` teeth: many vertices, no crossing.
    └┴┴┴┴┘
    """
    edge = [at(x, y)]
    for number in range(teeth):
        left = x + number * 2 * tooth_m
        edge += [
            at(left, y + length_m),
            at(left + tooth_m, y + length_m),
            at(left + tooth_m, y + tooth_m),
            at(left + 2 * tooth_m, y + tooth_m),
        ]
    edge[-1] = at(x + (2 * teeth - 1) * tooth_m, y)
    return Polygon(edge)


def with_hole(x: float = 0, y: float = 0, side_m: float = 20, hole_m: float = 6) -> Polygon:
    """
    ┌─────┐
    │ ┌─┐ │
    │ └─┘ │
    └─────┘
    """
    margin = (side_m - hole_m) / 2
    hole = square(x + margin, y + margin, hole_m)
    return Polygon(square(x, y, side_m).exterior.coords, [hole.exterior.coords])


def bow_tie(x: float = 0, y: float = 0, side_m: float = 20) -> Polygon:
    """
    |\\ /|
    | X |   crosses itself: invalid.
    |/ \\|
    """
    return Polygon([at(x, y), at(x + side_m, y + side_m), at(x + side_m, y), at(x, y + side_m)])


def sliver(x: float = 0, y: float = 0, length_m: float = 40, width_m: float = 0.002) -> Polygon:
    return rectangle(x, y, length_m, width_m)


def zigzag(vertices: int, seed: int = 1) -> Polygon:
    """A random ring that crosses itself everywhere: the shape that must never reach ST_MakeValid."""
    points = np.random.default_rng(seed).uniform(0, 100, size=(vertices, 2))
    return Polygon(points + np.array([ORIGIN_X, ORIGIN_Y]))


def multi(*polygons: Polygon) -> MultiPolygon:
    return MultiPolygon(list(polygons) or [square()])


every_geometry: dict[str, BaseGeometry] = {
    "point": Point(at(1, 1)),
    "point_z": Point(*at(1, 1), 2900),
    "empty_point": Point(),
    "multipoint": MultiPoint([at(0, 0), at(5, 5)]),
    "line": LineString([at(0, 0), at(20, 20)]),
    "line_z": LineString([(*at(0, 0), 2900), (*at(20, 20), 2910)]),
    "ring": LinearRing([at(0, 0), at(10, 0), at(10, 10)]),
    "empty_line": LineString(),
    "multiline": MultiLineString([[at(0, 0), at(5, 0)], [at(0, 5), at(5, 5)]]),
    "polygon": square(),
    "polygon_z": Polygon([(*at(0, 0), 1), (*at(9, 0), 1), (*at(9, 9), 1)]),
    "polygon_with_hole": with_hole(),
    "bow_tie": bow_tie(),
    "sliver": sliver(),
    "empty_polygon": Polygon(),
    "multipolygon": multi(square(), square(40, 0)),
    "multipolygon_touching": multi(square(), square(20, 0)),
    "multipolygon_overlapping": multi(square(), square(10, 10)),
    "empty_multipolygon": MultiPolygon(),
    "collection": GeometryCollection([Point(at(1, 1)), square()]),
    "empty_collection": GeometryCollection(),
}
