"""Slices, outlines and areas of many outlets against brute force; a thousand on each of five terrains as `slow`."""

import numpy as np
import pytest
import shapely

from tests.water_basins.hydrology import terrains
from tests.water_basins.hydrology.laws import check_numbering, check_ways_out
from tests.water_basins.hydrology.oracle import inflows_of, upstream
from water_basins.hydrology.basin import delineate
from water_basins.hydrology.build import build_index

TERRAINS = {
    "hills": lambda: terrains.terrain(terrains.hills(150, 160, 11)),
    "steps with flats and pits": lambda: terrains.terrain(terrains.hills(150, 160, 12, step=15)),
    "valley": lambda: terrains.terrain(terrains.v_valley(150, 201)),
    "nested bowls in degrees": lambda: terrains.terrain(
        terrains.nested_bowls(151), crs="EPSG:4326", size=1 / 1200
    ),
}


def check_outlets(index, count: int, seed: int) -> None:
    """Half of the outlets at random, half of them large; each basin compared cell by cell."""
    check_numbering(index)
    check_ways_out(index)
    rng = np.random.default_rng(seed)
    large = index.cells[np.argsort(index.sizes)[-count:]]
    outlets = [*rng.choice(index.cells, count // 2), *rng.choice(large, count - count // 2)]
    inflows = inflows_of(index)
    grid = index.grid
    down, right = np.mgrid[: grid.rows, : grid.columns]
    x = grid.west + (right.ravel() + 0.5) * grid.cell_width
    y = grid.north - (down.ravel() + 0.5) * grid.cell_height
    cell_area = grid.cell_width * grid.cell_height
    for outlet in map(int, outlets):
        expected = np.zeros(index.position.size, bool)
        expected[list(upstream(inflows, outlet))] = True
        basin = delineate(index, outlet)
        assert np.array_equal(index.upstream_mask(outlet).ravel(), expected)
        assert basin.geometry.is_valid, shapely.is_valid_reason(basin.geometry)
        assert basin.geometry.area / cell_area == pytest.approx(basin.cells, abs=1e-3)
        shapely.prepare(basin.geometry)
        assert np.array_equal(shapely.contains_xy(basin.geometry, x, y), expected)


@pytest.mark.parametrize("name", TERRAINS)
def test_some_outlets(name):
    check_outlets(build_index(TERRAINS[name]()), 12, seed=1)


@pytest.mark.real_data
def test_outlets_in_a_corner_of_the_mountain_reserve(real_data):
    whole = terrains.reserve(real_data)
    corner = terrains.terrain(whole.height[-120:, -130:])
    assert np.isnan(corner.height).any()
    check_outlets(build_index(corner), 30, seed=2)


@pytest.mark.slow
@pytest.mark.parametrize("name", TERRAINS)
def test_a_thousand_outlets(name):
    check_outlets(build_index(TERRAINS[name]()), 1000, seed=3)


@pytest.mark.slow
@pytest.mark.real_data
def test_a_thousand_outlets_of_the_mountain_reserve(real_data):
    check_outlets(build_index(terrains.reserve(real_data)), 1000, seed=4)
