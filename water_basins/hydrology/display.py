"""A lighter copy of an outline for maps, which says that it is one."""

from dataclasses import dataclass

import shapely
from shapely import MultiPolygon


@dataclass(frozen=True, slots=True)
class DisplayCopy:
    """For drawing only: ``tolerance`` in units of the CRS, and by how much its area differs (share, signed).

    Areas, parcels inside and acts are computed from the basin's own geometry, never from this.
    """

    geometry: MultiPolygon
    tolerance: float
    area_change: float
    note: str = "Contorno simplificado para dibujar; el área y los predios se calculan con el contorno exacto."


def display_copy(geometry: MultiPolygon, *, tolerance: float) -> DisplayCopy:
    """The valid outline with fewer corners, parts and holes kept, at most about ``tolerance`` away."""
    simple = shapely.coverage_simplify(list(geometry.geoms), tolerance)
    made = MultiPolygon(list(simple))
    return DisplayCopy(made, tolerance, made.area / geometry.area - 1)
