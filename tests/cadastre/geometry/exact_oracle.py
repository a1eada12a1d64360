"""What the tests believe instead of the code: exact shoelace by fractions, and plain shapely for cover."""

from collections.abc import Iterable
from fractions import Fraction
from itertools import pairwise

import shapely
from shapely import MultiPolygon, Polygon


def exact_m2(geom: Polygon | MultiPolygon) -> Fraction:
    """The area in m² of the coordinates as millimetres, no floating point."""
    return sum(
        (
            abs(_ring_m2(part.exterior.coords))
            - sum(abs(_ring_m2(h.coords)) for h in part.interiors)
            for part in shapely.get_parts(geom)
        ),
        Fraction(0),
    )


def _ring_m2(coords: Iterable[tuple[float, ...]]) -> Fraction:
    points = [(Fraction(round(x * 1000), 1000), Fraction(round(y * 1000), 1000)) for x, y in coords]
    return (
        sum(
            (x * v - u * y for (x, y), (u, v) in pairwise(points)),
            Fraction(0),
        )
        / 2
    )


def assert_covers(whole: Polygon | MultiPolygon, pieces: Iterable[Polygon | MultiPolygon]) -> None:
    """The pieces are valid, on the grid, apart from each other, and make up the whole exactly."""
    pieces = list(pieces)
    for piece in pieces:
        assert piece.is_valid
        assert piece.area >= 1
        assert all(
            round(value * 1000) / 1000 == value
            for xy in shapely.get_coordinates(piece)
            for value in xy
        )
    assert sum((exact_m2(piece) for piece in pieces), Fraction(0)) == exact_m2(whole)
    for number, one in enumerate(pieces):
        for other in pieces[number + 1 :]:
            assert one.intersection(other).area < 1e-6
    assert shapely.symmetric_difference(shapely.union_all(pieces), whole).area < 1e-6


def vertices(geom: Polygon | MultiPolygon) -> set[tuple[float, float]]:
    return {(x, y) for x, y in shapely.get_coordinates(geom).tolist()}


def same_ground(one: Polygon | MultiPolygon, other: Polygon | MultiPolygon) -> bool:
    """Vertex by vertex, wherever the rings begin and whether wrapped as one part of several."""
    parts = [sorted(shapely.normalize(p).wkt for p in shapely.get_parts(g)) for g in (one, other)]
    return parts[0] == parts[1]
