"""A small terrain in use in a municipality, its index below LINDERO_VAR."""

from pathlib import Path

import numpy as np
import rasterio
from affine import Affine

from gis_project.territory.models import Municipality
from gis_project.territory.policy import CONSOLE
from tests.water_basins.hydrology.terrains import v_valley
from water_basins.models import TerrainVersion
from water_basins.operations.build_basin_index import TerrainFile, build_basin_index

# A place in the valley's stream, 20 of 30 rows down, in EPSG:32717.
STREAM = (610_105.0, 9_545_795.0)


def raster(path: Path, height=None, *, crs: str = "EPSG:32717") -> Path:
    """A GeoTIFF of a valley of 30 × 21 cells of 10 m near Celica."""
    height = np.asarray(v_valley(30, 21) if height is None else height, np.float32)
    place = Affine(10, 0, 610_000, 0, -10, 9_546_000)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=height.shape[1],
        height=height.shape[0],
        count=1,
        dtype="float32",
        crs=crs,
        transform=place,
    ) as target:
        target.write(height, 1)
    return path


def terrain_in(municipality: Municipality, folder: Path, **said) -> TerrainVersion:
    """The valley, taken into use from the machine's console."""
    file = TerrainFile(
        path=str(raster(folder / "valley.tif")),
        title="Valle de prueba",
        surface="GROUND",
        stream_cells=50,
        **said,
    )
    return build_basin_index(file, municipality=municipality, by=CONSOLE)
