"""Ground that is not in the register yet, as the map of a page marks it."""

from dataclasses import dataclass

import shapely

from cadastre.operations.deed.door import stored
from gis_project.portal.boundary import AROUND_A_PARCEL, map_extent


@dataclass(frozen=True, slots=True)
class GroundOnMap:
    """`extent` is the map's box and `place` the ground as GeoJSON, both in EPSG:32717."""

    extent: str
    place: str


def ground_on_map(wkt: str, *, srid: int) -> GroundOnMap | None:
    """Where the ground of an act's data lies; None for an empty one."""
    shape = stored(shapely.from_wkt(wkt), srid)
    if shape.is_empty:
        return None
    return GroundOnMap(map_extent(shape.bounds, margin=AROUND_A_PARCEL), shapely.to_geojson(shape))
