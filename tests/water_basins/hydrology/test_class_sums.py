"""Classes in a catchment by sums along the pre-order."""

import numpy as np
import pytest
import rasterio
from affine import Affine
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.water_basins.hydrology import terrains
from water_basins.hydrology.build import build_index
from water_basins.hydrology.class_sums import class_sums, classes_on, ensure_class_sums

INDEX = build_index(terrains.terrain(terrains.hills(30, 41, 2)))
COVER = np.random.default_rng(5).choice(np.array([3, 10, 21, 255], np.uint8), (30, 41))
SUMS = class_sums(INDEX, COVER)


@given(st.integers(0, INDEX.cells.size - 1))
@settings(deadline=None)
def test_counts_equal_counting(position):
    first, end = INDEX.slice_of(int(INDEX.cells[position]))
    codes, counts = np.unique(COVER.ravel()[INDEX.cells[first:end]], return_counts=True)
    assert SUMS.count(first, end) == dict(zip(codes.tolist(), counts.tolist(), strict=True))


@given(st.integers(0, INDEX.cells.size), st.integers(0, INDEX.cells.size))
@settings(deadline=None)
def test_counts_of_any_slice_sum_to_its_size(one, other):
    first, end = sorted((one, other))
    assert sum(SUMS.count(first, end).values()) == end - first


def test_kept_and_opened_again(tmp_path):
    kept = ensure_class_sums(INDEX, COVER, tmp_path)
    assert kept.version == SUMS.version
    assert kept.count(0, 700) == SUMS.count(0, 700)
    assert ensure_class_sums(INDEX, COVER, tmp_path).version == kept.version
    assert len(list(tmp_path.iterdir())) == 1


def test_raster_of_classes_comes_onto_the_grid_by_the_nearest_cell(tmp_path):
    grid = INDEX.grid
    coarse = np.arange(12, dtype=np.uint8).reshape(3, 4)
    place = Affine(100, 0, grid.west, 0, -100, grid.north)
    path = tmp_path / "cover.tif"
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=4,
        height=3,
        count=1,
        dtype="uint8",
        crs=grid.crs,
        transform=place,
    ) as target:
        target.write(coarse, 1)
    found = classes_on(grid, path)
    assert np.array_equal(found[:, :40], np.kron(coarse, np.ones((10, 10), np.uint8)))
    assert (found[:, 40] == 255).all(), "beyond the raster there is no class"


@pytest.mark.parametrize("size", [64, 128])
def test_end_of_the_table(size):
    index = build_index(terrains.terrain(np.arange(size, 0, -1.0).reshape(4, -1)))
    cover = np.full((4, size // 4), 7, np.uint8)
    assert class_sums(index, cover).count(0, size) == {7: size}
