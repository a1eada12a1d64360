"""Ways down, longest ways, streams and their order."""

import math

import numpy as np
import pytest

from tests.water_basins.hydrology import terrains
from tests.water_basins.hydrology.oracle import inflows_of
from water_basins.hydrology.build import build_index
from water_basins.hydrology.d8 import OUT
from water_basins.hydrology.flow_path import downstream_path, line_of, longest_path
from water_basins.hydrology.streams import streams


@pytest.fixture(scope="module")
def valley():
    return build_index(terrains.terrain(terrains.v_valley(30, 21)))


@pytest.fixture(scope="module")
def hills():
    return build_index(terrains.terrain(terrains.hills(60, 70, 9)))


def test_way_down_a_valley(valley):
    path = downstream_path(valley, 10 * 21 + 4)
    assert path.length_m == 60 + 190
    assert path.cells[0] == 10 * 21 + 4
    assert path.cells[-1] == 29 * 21 + 10
    assert line_of(path, valley.grid).length == pytest.approx(250)
    assert downstream_path(valley, 10 * 21 + 4, to=15 * 21 + 10).length_m == 60 + 50
    with pytest.raises(ValueError, match="does not pass"):
        downstream_path(valley, 10 * 21 + 4, to=9 * 21 + 10)


def test_diagonal_steps_are_longer_and_degrees_become_metres():
    height = -np.add.outer(np.arange(5.0), np.arange(5.0))
    index = build_index(terrains.terrain(height))
    assert downstream_path(index, 0).length_m == pytest.approx(4 * 10 * math.sqrt(2))
    index = build_index(terrains.terrain(height, crs="EPSG:4326", size=1 / 1200))
    assert downstream_path(index, 0).length_m == pytest.approx(
        4 * math.hypot(92.52, 92.15), rel=1e-3
    )


def test_longest_way_equals_brute_force(hills):
    for outlet in hills.cells[::53]:
        first, end = hills.slice_of(int(outlet))
        best = max(
            downstream_path(hills, int(cell), to=int(outlet)).length_m
            for cell in hills.cells[first:end]
        )
        assert longest_path(hills, int(outlet)).length_m == best


def strahler(inflows, sizes, cell: int, least: int) -> int:
    orders = [
        strahler(inflows, sizes, upper, least) for upper in inflows[cell] if sizes[upper] >= least
    ]
    if not orders:
        return 1
    return max(orders) + (orders.count(max(orders)) > 1)


def test_orders_and_reaches_equal_a_recursive_count(hills):
    sizes = np.zeros(hills.position.size, int)
    sizes[hills.cells] = hills.sizes
    inflows = inflows_of(hills)
    outlet = int(hills.cells[np.argmax(hills.sizes)])
    found = streams(hills, outlet, stream_cells=15)
    first, end = hills.slice_of(outlet)
    in_streams = {int(cell) for cell in hills.cells[first:end] if sizes[cell] >= 15}
    walked = set()
    for reach in found:
        cells = [hills.grid.cell_at(x, y) for x, y in reach.line.coords]
        walked |= set(cells)
        assert reach.order == strahler(inflows, sizes, cells[0], 15)
        assert reach.order == strahler(inflows, sizes, cells[-2], 15)
        assert reach.cells == sizes[cells[-2]]
        assert cells[-1] == outlet or len([c for c in inflows[cells[-1]] if sizes[c] >= 15]) > 1
    assert walked == in_streams
    assert len(found) > 5
    assert max(reach.order for reach in found) >= 2


def test_every_way_ends_where_water_leaves(hills):
    for cell in hills.cells[::101]:
        assert hills.direction[downstream_path(hills, int(cell)).cells[-1]] == OUT
