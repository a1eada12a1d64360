"""What a property page says about the ground's outline: box for the map, drawing and sides."""

from dataclasses import dataclass

from django.contrib.gis.geos import MultiPolygon

from gis_project.core.crs import STORAGE_SRID
from gis_project.portal.sketch import Side, Sketch, sides_of, sketch_of

AROUND_A_PARCEL = 0.6
AROUND_A_TOWN = 0.03
_SMALLEST_MARGIN_M = 25.0


@dataclass(frozen=True, slots=True)
class Boundary:
    """`extent` is min-x, min-y, max-x, max-y in EPSG:32717; sides are measured in the legal CRS."""

    extent: str
    sketch: Sketch
    sides: tuple[Side, ...]


def boundary_of(geom: MultiPolygon, *, legal_srid: int) -> Boundary:
    """The outline of a parcel stored in EPSG:32717."""
    legal = geom.clone()
    if legal_srid != STORAGE_SRID:
        legal.transform(legal_srid)
    rings = [ring for polygon in legal.coords for ring in polygon]
    return Boundary(
        map_extent(geom.extent, margin=AROUND_A_PARCEL), sketch_of(rings), tuple(sides_of(rings))
    )


def map_extent(box: tuple[float, float, float, float], *, margin: float) -> str:
    """The box with what lies around it (a part of its longer side), as the map's attribute writes it."""
    west, south, east, north = box
    around_m = max(margin * max(east - west, north - south), _SMALLEST_MARGIN_M)
    corners = (west - around_m, south - around_m, east + around_m, north + around_m)
    return ",".join(f"{value:.1f}" for value in corners)
