"""Heights and slopes."""

import numpy as np
import pytest
import rasterio

from tests.water_basins.hydrology import terrains
from water_basins.hydrology.build import build_index
from water_basins.hydrology.relief import relief, slopes_pct


def test_plane_has_its_slope():
    index = build_index(terrains.terrain(terrains.tilted_plane(12, 9)))
    found = relief(index, 11 * 9 + 4)
    assert (found.lowest_m, found.highest_m, found.mean_m) == (1, 12, 6.5)
    assert found.mean_slope_pct == pytest.approx(10)
    assert (found.slope_cells, found.median_slope_pct) == (12, pytest.approx(10))


def test_cells_without_neighbours_have_no_slope():
    index = build_index(terrains.terrain(terrains.checkerboard(9, 11)))
    assert np.isnan(slopes_pct(index, index.cells)).all()
    assert relief(index, int(index.cells[0])).mean_slope_pct is None


@pytest.mark.real_data
def test_slope_equals_the_reference_raster(real_data):
    """Band 1, made by SAGA with central differences, wherever both neighbours on both axes have data."""
    ground = terrains.reserve(real_data)
    with rasterio.open(real_data / "ecuador_terrain" / "ta_rbsf_32717.tif") as source:
        reference = source.read(1)
    index = build_index(ground)
    height = ground.height
    inner = np.zeros(height.shape, bool)
    across = height[1:-1, 2:] + height[1:-1, :-2] + height[2:, 1:-1] + height[:-2, 1:-1]
    inner[1:-1, 1:-1] = ~np.isnan(across + height[1:-1, 1:-1])
    cells = np.flatnonzero(inner).astype(np.int32)
    degrees = np.degrees(np.arctan(slopes_pct(index, cells) / 100))
    away = np.abs(degrees - reference.ravel()[cells])
    assert cells.size > 156_000
    assert np.percentile(away, 99) < 1e-5
    assert away.max() < 1e-2
