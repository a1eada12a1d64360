"""A stored geometry as GeoJSON, in longitude and latitude or in metres."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import mapping

from cadastre.models.geometry_edge import to_shapely
from gis_project.core.crs import STORAGE_SRID, WGS84_SRID, transformer

# 1e-7 degrees is a centimetre; the register's own grid is a millimetre.
DECIMALS = {WGS84_SRID: 7, STORAGE_SRID: 3}


def geojson(geom: Any, *, srid: int) -> dict[str, Any]:
    """The geometry in EPSG:4326 (longitude first) or 32717; shells run counterclockwise (RFC 7946)."""
    stored = shapely.orient_polygons(to_shapely(geom))

    def placed(vertices: NDArray[np.float64]) -> NDArray[np.float64]:
        if srid != STORAGE_SRID:
            way = transformer(STORAGE_SRID, srid)
            vertices = np.column_stack(way.transform(vertices[:, 0], vertices[:, 1]))
        return np.round(vertices, DECIMALS[srid])

    return dict(mapping(shapely.transform(stored, placed)))
