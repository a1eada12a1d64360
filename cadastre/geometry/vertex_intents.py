"""Moving, inserting and deleting shared vertices: each act on a vertex happens in every parcel that has it.

A vertex is named by its grid coordinates. The ground of the members together stays what it is: the
outline of the set before and after is the same, edge by edge, which also proves that no two members
overlap and none loses ground to a gap.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely

from cadastre.geometry.adjust import Adjustment, changes
from cadastre.geometry.densify import Place, densified_all, densified_parts, in_metres, points_mm
from cadastre.geometry.exact_area import twice_area_of
from cadastre.geometry.grid_rings import (
    Area,
    Edge,
    Parts,
    Point,
    area_of,
    edges_of,
    outline_of,
    parts_of,
    vertices_of,
)
from cadastre.geometry.ledger import K
from cadastre.geometry.merge import densified_among, united_exactly
from cadastre.geometry.polygon_checks import MIN_AREA_M2
from cadastre.geometry.refusal import GeometryRefused, place


class VertexNotMovable(GeometryRefused):
    """The change of a vertex would break a parcel or take ground outside the set: choose another place."""

    code = "vertex_not_movable"


@dataclass(frozen=True, slots=True)
class MoveVertex:
    """Move the vertex ``at`` to the grid point ``to``, in every member that has it."""

    at: Place
    to: Place


@dataclass(frozen=True, slots=True)
class InsertVertex:
    """A new vertex ``at`` a grid point on (within 1 mm of) an edge, in every parcel whose edge it is.

    To bend a boundary, insert and then move.
    """

    at: Place


@dataclass(frozen=True, slots=True)
class DeleteVertex:
    """Take the vertex ``at`` out of every member: the boundary runs straight past it."""

    at: Place


Intent = MoveVertex | InsertVertex | DeleteVertex


def apply_intents(
    members: Mapping[K, Area], intents: Sequence[Intent], *, neighbours: Mapping[K, Area]
) -> Adjustment[K]:
    """The members after the intents, in their order.

    On the outer boundary of the set a vertex may only be inserted; then neighbours gain it too. Raises
    ``VertexNotMovable``, or ``BoundariesDiffer`` when the members overlap already.
    """
    dense, among = densified_among(members)
    united_exactly(dense, {key: edges_of(parts_of(geom)) for key, geom in dense.items()})
    shapes = {key: parts_of(geom) for key, geom in dense.items()}
    inserted: dict[Point, None] = dict.fromkeys(among)
    for intent in intents:
        if isinstance(intent, InsertVertex):
            (point,) = points_mm([intent.at])
            shapes = _inserted(shapes, point)
            inserted[point] = None
        else:
            shapes = _changed(shapes, intent)
    after = {key: area_of(parts, like=members[key]) for key, parts in shapes.items()}
    corners = [p for parts in shapes.values() for p in vertices_of(parts)]
    changed = densified_all(neighbours, list(inserted), corners=corners)
    return Adjustment(
        members=after,
        neighbours={key: d.geom for key, d in changed.items()},
        inserted=tuple(in_metres(point) for point in inserted),
        ledger=changes(members, after, changed),
    )


def _inserted(shapes: Mapping[K, Parts], point: Point) -> dict[K, Parts]:
    results = {key: densified_parts(parts, [point]) for key, parts in shapes.items()}
    at = in_metres(point)
    if not any(gained for _, gained in results.values()):
        raise VertexNotMovable(
            f"En {place(at)} no pasa ningún lindero sin vértice: señale un punto sobre el lindero.",
            at=at,
        )
    after = {key: parts for key, (parts, _) in results.items()}
    _check_valid(after, at)
    return after


def _changed(shapes: Mapping[K, Parts], intent: MoveVertex | DeleteVertex) -> dict[K, Parts]:
    (point,) = points_mm([intent.at])
    to = points_mm([intent.to])[0] if isinstance(intent, MoveVertex) else None
    at = in_metres(point)
    before = _outline(shapes, at)
    if not any(point in ring for parts in shapes.values() for part in parts for ring in part):
        raise VertexNotMovable(f"En {place(at)} ningún predio tiene un vértice: elija otro.", at=at)
    if any(point in edge for edge in before):
        raise VertexNotMovable(
            f"El vértice {place(at)} está en el contorno del conjunto: moverlo tomaría suelo de afuera. "
            "Incluya también al colindante o rectifique el área.",
            at=at,
        )
    after = {
        key: [[_replaced(ring, point, to) for ring in part] for part in parts]
        for key, parts in shapes.items()
    }
    _check_valid(after, in_metres(to) if to else at)
    if _outline(after, at) != before:
        raise VertexNotMovable(
            f"Con el vértice {place(at)} cambiado los predios se sobreponen o salen de su suelo: "
            "elija otro lugar.",
            at=at,
        )
    return after


def _replaced(ring: list[Point], point: Point, to: Point | None) -> list[Point]:
    if to is None:
        return [p for p in ring if p != point]
    return [to if p == point else p for p in ring]


def _outline(shapes: Mapping[K, Parts], at: Place) -> set[Edge]:
    outline = outline_of([edges_of(parts) for parts in shapes.values()])
    if outline is None:
        raise VertexNotMovable(
            f"Con el cambio en {place(at)} los predios se sobreponen: elija otro lugar.", at=at
        )
    return outline


def _check_valid(shapes: Mapping[K, Parts], at: Place) -> None:
    for parts in shapes.values():
        is_broken = any(
            len(set(ring)) != len(ring) or len(ring) < 3 for part in parts for ring in part
        )
        if (
            is_broken
            or not shapely.is_valid(area_of(parts))
            or twice_area_of(parts) < 2_000_000 * MIN_AREA_M2
        ):
            raise VertexNotMovable(
                f"Con el cambio en {place(at)} un predio se cruzaría a sí mismo o quedaría con menos de 1 m²: "
                "elija otro lugar.",
                at=at,
            )
