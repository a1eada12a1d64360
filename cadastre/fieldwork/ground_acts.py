"""Which act a change of ground asks for: a predio redrawn, divided, or parted anew from its neighbour.

several polygons on one predio                                   split_parcel, by partition
two neighbours redrawn whose ground together is what it was      adjust_boundary, along the new line between them
a predio redrawn                                                 rectify_area
a polygon where the package has no predio                        register_parcel
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import shapely
from shapely import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry as Shape

INSIDE = 0.98  # of a new polygon's area on one predio
_FREE = 0.02
_SAME_SHARE = 0.0005  # of the ground of two neighbours that may differ by how the line was drawn
_LEAST_M2 = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class GroundAct:
    """``units`` are predios of the package; ``uuids`` all rows that say it. ``problem`` tells why it is none."""

    verb: str
    units: tuple[str, ...]
    uuids: tuple[str, ...]
    shapes: tuple[Shape, ...] = ()
    problem: str = ""


def ground_acts(
    *, held: Mapping[str, Shape], redrawn: Mapping[str, Shape], drawn: Mapping[str, Shape]
) -> list[GroundAct]:
    """The acts; ``held`` is all ground of the package, ``redrawn`` what of it changed, ``drawn`` what is new."""
    acts: list[GroundAct] = []
    pieces: dict[str, list[str]] = {}
    for uuid, shape in drawn.items():
        shares = _shares(shape, held)
        if shares and shares[0][1] >= INSIDE:
            pieces.setdefault(shares[0][0], []).append(uuid)
        elif sum(share for _, share in shares) > _FREE:
            told = ", ".join(f"{share:.0%}" for _, share in shares[:5])
            acts.append(
                _none((), (uuid,), f"El polígono cae en parte sobre varios predios ({told}).")
            )
        else:
            acts.append(GroundAct(verb="register_parcel", units=(), uuids=(uuid,), shapes=(shape,)))
    for unit, uuids in pieces.items():
        acts.append(_division(unit, uuids, held, redrawn, drawn))
    left = {unit: shape for unit, shape in redrawn.items() if unit not in pieces}
    while left:
        unit = next(iter(left))
        shape = left.pop(unit)
        other = next((o for o in left if _parted_anew(unit, o, held, {unit: shape, **left})), None)
        if other is None:
            acts.append(
                GroundAct(verb="rectify_area", units=(unit,), uuids=(unit,), shapes=(shape,))
            )
            continue
        lines = line_between(shape, left.pop(other))
        acts.append(
            GroundAct(
                verb="adjust_boundary", units=(unit, other), uuids=(unit, other), shapes=lines
            )
        )
    return acts


def line_between(one: Shape, other: Shape) -> tuple[LineString, ...]:
    """The line that the two share now; empty when they were not drawn to share one."""
    shared = shapely.line_merge(shapely.intersection(one.boundary, other.boundary))
    return tuple(part for part in shapely.get_parts(shared) if isinstance(part, LineString))


def _division(
    unit: str,
    uuids: Sequence[str],
    held: Mapping[str, Shape],
    redrawn: Mapping[str, Shape],
    drawn: Mapping[str, Shape],
) -> GroundAct:
    """The new lots and what is left of the predio, unless they were drawn over all of it."""
    lots = [drawn[uuid] for uuid in uuids]
    rest = redrawn.get(unit, held[unit])
    covered = shapely.intersection(rest, shapely.unary_union(lots)).area / rest.area
    named = (unit, *uuids)
    if covered <= _FREE:
        lots = [rest, *lots]
    elif covered < INSIDE or len(lots) < 2:
        return _none(
            (unit,),
            named,
            "Los lotes no cubren el predio: divídalo entero, o dibuje todos sus lotes.",
        )
    return GroundAct(verb="split_parcel", units=(unit,), uuids=named, shapes=tuple(lots))


def _none(units: tuple[str, ...], uuids: tuple[str, ...], problem: str) -> GroundAct:
    return GroundAct(verb="", units=units, uuids=uuids, problem=problem)


def _shares(shape: Shape, held: Mapping[str, Shape]) -> list[tuple[str, float]]:
    found = [
        (unit, shapely.intersection(ground, shape).area / shape.area)
        for unit, ground in held.items()
        if shapely.intersects(ground, shape)
    ]
    return sorted([pair for pair in found if pair[1] > 0], key=lambda pair: -pair[1])


def _parted_anew(one: str, other: str, held: Mapping[str, Shape], new: Mapping[str, Shape]) -> bool:
    """Whether both together stand where they stood, side by side and not on each other."""
    before = shapely.union(held[one], held[other])
    after = shapely.union(new[one], new[other])
    most = max(_LEAST_M2, _SAME_SHARE * before.area)
    touching = shapely.intersection(held[one].boundary, held[other].boundary).length > 0
    apart = shapely.intersection(new[one], new[other]).area <= most
    same = shapely.symmetric_difference(before, after).area <= most
    return bool(touching and apart and same and line_between(new[one], new[other]))


def polygons(shape: Shape | None) -> Shape | None:
    """The polygon or multipolygon if it is a sound one with area, else None."""
    if shape is None or shape.is_empty or not shape.is_valid or shape.area <= 0:
        return None
    if isinstance(shape, MultiPolygon) and len(shape.geoms) == 1:
        return shape.geoms[0]
    return shape if isinstance(shape, Polygon | MultiPolygon) else None
