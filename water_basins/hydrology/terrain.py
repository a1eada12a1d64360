"""Reading a terrain model from a raster file."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from rasterio.errors import RasterioIOError

from gis_project.core.errors import InvalidInput
from water_basins.hydrology.compiled import Heights
from water_basins.hydrology.grid import Grid

MOST_CELLS = 2**31 - 1  # positions are int4 in the database


class TerrainNotUsable(InvalidInput):
    """The file is not a terrain model that can be indexed: the message says what it lacks."""

    code = "terrain_not_usable"


@dataclass(frozen=True, slots=True)
class Terrain:
    """Heights in metres (float32, NaN without data; rows to the south), and where they lie."""

    height: Heights
    grid: Grid

    def digest(self) -> str:
        """SHA-256 of heights and place: the same for the same terrain, whatever file it came from."""
        told = hashlib.sha256(repr(self.grid).encode())
        told.update(np.ascontiguousarray(self.height).data)
        return told.hexdigest()


def read_terrain(path: Path, *, band: int = 1) -> Terrain:
    """The terrain in a band of a raster that GDAL reads, in its own CRS; any number type, any mask of missing data.

    Float32 holds whole metres and centimetres of any mountain without loss; finer digits of float64 are rounded to
    half a millimetre.
    """
    try:
        with rasterio.open(path) as source:
            if source.crs is None:
                raise TerrainNotUsable(
                    "El archivo no dice su sistema de coordenadas: asígnelo y vuelva a intentar."
                )
            if not 1 <= band <= source.count:
                raise TerrainNotUsable(f"El archivo tiene {source.count} bandas, no la {band}.")
            place = source.transform
            if place.b or place.d:
                raise TerrainNotUsable(
                    "La cuadrícula está girada: remuéstrela con el norte hacia arriba."
                )
            if source.width * source.height > MOST_CELLS:
                raise TerrainNotUsable("Son más de 2 147 millones de celdas: divida el terreno.")
            if min(source.width, source.height) < 3:
                raise TerrainNotUsable("La cuadrícula necesita al menos tres filas y columnas.")
            height = source.read(band).astype(np.float32)
            height[source.read_masks(band) == 0] = np.nan
            height *= np.float32(source.scales[band - 1])
            height += np.float32(source.offsets[band - 1])
            number = source.crs.to_epsg()
            crs = f"EPSG:{number}" if number else source.crs.to_wkt()
    except RasterioIOError as error:
        raise TerrainNotUsable(
            "El archivo no se puede leer como ráster.", details={"reason": type(error).__name__}
        ) from error
    height[~np.isfinite(height)] = np.nan
    if np.isnan(height).all():
        raise TerrainNotUsable("El archivo no tiene ninguna celda con datos.")
    north, west = place.f, place.c
    if place.e > 0:
        height, north = height[::-1], place.f + place.e * height.shape[0]
    if place.a < 0:
        height, west = height[:, ::-1], place.c + place.a * height.shape[1]
    grid = Grid(
        rows=height.shape[0],
        columns=height.shape[1],
        west=west,
        north=north,
        cell_width=abs(place.a),
        cell_height=abs(place.e),
        crs=crs,
    )
    return Terrain(np.ascontiguousarray(height), grid)
