"""Splitting a parcel by polygons from outside (a survey plan, a DXF): they must cover it, to the grid."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from cadastre.geometry.grid import snapped
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.ledger import K
from cadastre.geometry.refusal import GeometryRefused, place
from cadastre.geometry.split import DoesNotCut, Split, all_pieces, regroup
from gis_project.core.units import format_m2

_TOLD = 20


class PartitionDoesNotFit(GeometryRefused):
    """The polygons leave gaps in the parcel or overlap: correct the plan at the places in ``details``."""

    code = "partition_does_not_fit"


@dataclass(frozen=True, slots=True)
class Misfit:
    """Ground of the parcel that no polygon covers (``claimants`` empty) or that several do."""

    claimants: tuple[int, ...]
    area_m2: float
    x: float
    y: float


def split_by_partition(
    parent: Area, pieces: Sequence[Area], *, key: K, neighbours: Mapping[K, Area]
) -> Split[K]:
    """The parcel divided as the polygons say, children in their order.

    The polygons are rounded to the grid; the parcel's own boundary stays what it is, so what they hold
    beyond it is left out. Raises ``PartitionDoesNotFit`` with every gap and overlap inside the parcel, or what
    ``split_by_lines`` raises.
    """
    if len(pieces) < 2:
        raise DoesNotCut("La partición tiene menos de dos polígonos: añada los demás lotes.")
    on_grid = snapped(np.array(pieces, dtype=np.object_))
    for number, is_valid in enumerate(shapely.is_valid(on_grid)):
        if not is_valid:
            raise PartitionDoesNotFit(
                f"El polígono {number + 1} del plano se cruza a sí mismo: corríjalo.",
                at=_spot(on_grid[number]),
            )
    lines = shapely.get_rings(shapely.get_parts(on_grid))
    cut = all_pieces(parent, list(lines), key=key, neighbours=neighbours)
    spots = shapely.point_on_surface(list(cut.children))
    claims: list[list[int]] = [[] for _ in cut.children]
    for number, piece in enumerate(on_grid):
        shapely.prepare(piece)
        for child in np.flatnonzero(shapely.contains(piece, spots)).tolist():
            claims[child].append(number)
    misfits = tuple(
        Misfit(tuple(claimants), float(child.area), spot.x, spot.y)
        for child, claimants, spot in zip(cut.children, claims, spots, strict=True)
        if len(claimants) != 1
    )
    if misfits:
        raise _does_not_fit(misfits)
    groups = [
        [child for child, claimants in enumerate(claims) if claimants == [number]]
        for number in range(len(pieces))
    ]
    for number, group in enumerate(groups):
        if not group:
            raise PartitionDoesNotFit(
                f"El polígono {number + 1} del plano está fuera del predio: quítelo.",
                at=_spot(on_grid[number]),
            )
    return regroup(cut, groups)


def _does_not_fit(misfits: Sequence[Misfit]) -> PartitionDoesNotFit:
    gaps = [m for m in misfits if not m.claimants]
    overlaps = [m for m in misfits if m.claimants]
    worst = max(misfits, key=lambda m: m.area_m2)
    at = (worst.x, worst.y)
    return PartitionDoesNotFit(
        f"La partición no cubre el predio: {len(gaps)} huecos ({format_m2(sum(m.area_m2 for m in gaps))}) y "
        f"{len(overlaps)} sobreposiciones ({format_m2(sum(m.area_m2 for m in overlaps))}); la mayor está en "
        f"{place(at)}. Corrija el plano.",
        at=at,
        gaps=[_facts(m) for m in gaps[:_TOLD]],
        overlaps=[_facts(m) for m in overlaps[:_TOLD]],
    )


def _facts(misfit: Misfit) -> dict[str, object]:
    return {
        "polygons": [number + 1 for number in misfit.claimants],
        "area_m2": round(misfit.area_m2, 4),
        "x": round(misfit.x, 3),
        "y": round(misfit.y, 3),
    }


def _spot(geom: Area) -> tuple[float, float] | None:
    box = shapely.bounds(geom)
    return (float(box[0]), float(box[1])) if np.isfinite(box).all() else None
