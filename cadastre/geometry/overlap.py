"""Where two parcels would lie on the same ground, measured as the no-overlap law of the database does.

Common ground counts from 0.01 m² on where it is somewhere wider than 1 cm (``cadastre_overlap``): less is
only the rounding of two surveys.
"""

from collections.abc import Mapping

import shapely
from shapely import Polygon

from cadastre.geometry.grid_rings import Area
from cadastre.geometry.ledger import K
from cadastre.geometry.refusal import GeometryRefused, place
from gis_project.core.units import format_m2

_LEAST_M2 = 0.01
_HALF_WIDTH_M = 0.005
# How much a tolerated overlap may seem to grow by rounding alone.
_SLACK_M2 = 0.01


class OverlapsNeighbour(GeometryRefused):
    """The new ground lies on that of another predio: correct the line at the place told."""

    code = "overlaps_neighbour"


def common_pieces(one: Area, other: Area) -> tuple[Polygon, ...]:
    """The pieces of common ground that count, the largest first."""
    if not shapely.relate_pattern(one, other, "2********"):
        return ()
    pieces = [
        piece
        for piece in shapely.get_parts(shapely.intersection(one, other)).tolist()
        if isinstance(piece, Polygon)
        and piece.area > _LEAST_M2
        and not shapely.is_empty(shapely.buffer(piece, -_HALF_WIDTH_M, join_style="mitre"))
    ]
    return tuple(sorted(pieces, key=lambda piece: -float(piece.area)))


def common_m2(one: Area, other: Area) -> float:
    """The area of the common ground that counts; 0.0 when none does."""
    return float(sum(piece.area for piece in common_pieces(one, other)))


def check_overlaps(
    shape: Area, neighbours: Mapping[K, Area], *, before: Area | None = None
) -> None:
    """Raise OverlapsNeighbour when the shape lies on a neighbour more than ``before`` did already."""
    for key, neighbour in neighbours.items():
        pieces = common_pieces(shape, neighbour)
        area = float(sum(piece.area for piece in pieces))
        if not pieces or (before is not None and area <= common_m2(before, neighbour) + _SLACK_M2):
            continue
        spot = shapely.point_on_surface(pieces[0])
        at = (spot.x, spot.y)
        raise OverlapsNeighbour(
            f"El terreno se traslapa {format_m2(area)} con otro predio en {place(at)}: corrija ahí el "
            "lindero, o ajústelo con su colindante.",
            at=at,
            parcel=str(key),
            area_m2=round(area, 4),
        )
