"""What a check names: the parcel and the other thing of each finding, as the rule's rows do."""

from collections.abc import Callable, Iterable, Iterator
from uuid import UUID

import shapely
from shapely.geometry.base import BaseGeometry

from tests.cadastre.quality.brute_force.drawn_town import DrawnTown, Shape

Named = tuple[UUID | None, UUID | None]
Check = Callable[[DrawnTown], Iterable[Named]]


def meeting(shape: BaseGeometry, others: Iterable[Shape]) -> list[Shape]:
    """Those that it touches or shares something with; each of them is asked."""
    found = list(others)
    met = shapely.intersects(shape, [one.geom for one in found])
    return [one for one, does in zip(found, met, strict=True) if does]


def meeting_pairs(shapes: Iterable[Shape]) -> Iterator[tuple[Shape, Shape]]:
    """Each two that meet once, the lower identity first, as the rules count a pair."""
    in_order = sorted(shapes, key=lambda one: one.id)
    for number, one in enumerate(in_order):
        yield from ((one, other) for other in meeting(one.geom, in_order[number + 1 :]))


def shares_ground(a: BaseGeometry, b: BaseGeometry) -> bool:
    """Whether their insides have an area in common."""
    return bool(shapely.relate_pattern(a, b, "2********"))


def runs_inside(line: BaseGeometry, area: BaseGeometry) -> bool:
    """Whether a stretch of the line lies within the area and not only on its edge."""
    return bool(shapely.relate_pattern(line, area, "1********"))


def area_of_common(a: BaseGeometry, b: BaseGeometry) -> float:
    return float(shapely.intersection(a, b).area)


def length_of_common(line: BaseGeometry, other: BaseGeometry) -> float:
    """Of the lines that both have in common, points and areas left out."""
    common = shapely.intersection(line, other)
    return sum(part.length for part in shapely.get_parts(common) if part.geom_type == "LineString")


def holes(shape: BaseGeometry) -> Iterator[shapely.Polygon]:
    """The interior rings, filled."""
    for part in shapely.get_parts(shape):
        yield from (shapely.Polygon(ring) for ring in part.interiors)


def rings(shape: BaseGeometry) -> Iterator[shapely.LinearRing]:
    for part in shapely.get_parts(shape):
        yield part.exterior
        yield from part.interiors
