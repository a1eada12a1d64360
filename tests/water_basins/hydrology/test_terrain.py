"""Terrain files of all sorts, and those that are refused."""

import numpy as np
import pytest
import rasterio
from rasterio.transform import Affine

from water_basins.hydrology.terrain import TerrainNotUsable, read_terrain


def write(path, data, *, transform=None, crs="EPSG:32717", **options):
    data = np.asarray(data)
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=data.shape[1],
        height=data.shape[0],
        count=1,
        dtype=data.dtype,
        crs=crs,
        transform=transform or Affine(10, 0, 600_000, 0, -10, 9_550_000),
        **options,
    ) as target:
        target.write(data, 1)
    return path


@pytest.mark.parametrize("kind", ["int16", "uint8", "int32", "float32", "float64"])
def test_number_types_and_nodata(tmp_path, kind):
    data = np.arange(12).reshape(3, 4).astype(kind)
    ground = read_terrain(write(tmp_path / "a.tif", data, nodata=7))
    assert ground.height.dtype == np.float32
    expected = np.arange(12, dtype=float).reshape(3, 4)
    expected[1, 3] = np.nan
    assert np.array_equal(ground.height, expected, equal_nan=True)
    assert ground.grid.crs == "EPSG:32717"
    assert ground.grid.cell_at(600_011, 9_549_999) == 1


def test_infinite_heights_are_missing(tmp_path):
    data = np.ones((3, 3), np.float32)
    data[1, 1] = np.inf
    assert np.isnan(read_terrain(write(tmp_path / "a.tif", data)).height[1, 1])


def test_raster_with_its_south_up_is_turned(tmp_path):
    data = np.arange(12, dtype=np.int16).reshape(3, 4)
    up = read_terrain(write(tmp_path / "a.tif", data))
    place = Affine(10, 0, 600_000, 0, 10, 9_550_000 - 30)
    down = read_terrain(write(tmp_path / "b.tif", data[::-1], transform=place))
    assert down.grid == up.grid
    assert np.array_equal(down.height, up.height)
    assert down.digest() == up.digest()


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"crs": None}, "sistema de coordenadas"),
        ({"transform": Affine(10, 1, 0, 1, -10, 0)}, "girada"),
        ({"data": np.full((3, 3), -1, np.int16), "nodata": -1}, "ninguna celda"),
        ({"data": np.zeros((2, 9), np.int16)}, "tres filas"),
    ],
)
def test_what_cannot_be_indexed_says_why(tmp_path, options, message):
    data = options.pop("data", np.zeros((3, 3), np.int16))
    with pytest.raises(TerrainNotUsable, match=message):
        read_terrain(write(tmp_path / "a.tif", data, **options))


def test_file_that_is_no_raster(tmp_path):
    path = tmp_path / "a.tif"
    path.write_text("not a raster")
    with pytest.raises(TerrainNotUsable, match="ráster"):
        read_terrain(path)


def test_band_that_is_not_there(tmp_path):
    with pytest.raises(TerrainNotUsable, match="1 bandas"):
        read_terrain(write(tmp_path / "a.tif", np.zeros((3, 3), np.int16)), band=4)
