"""What is proposed for a click."""

import numpy as np
import pytest

from tests.water_basins.hydrology import terrains
from water_basins.hydrology.build import build_index
from water_basins.hydrology.grid import OutsideTerrain
from water_basins.hydrology.outlets import candidates


@pytest.fixture(scope="module")
def fork():
    """Two valleys that meet in row 20 and go on as one.

    Columns 8 and 16 carry a stream each, which bend to column 12 below row 12.
    """
    rows, columns = 40, 25
    row, column = np.mgrid[:rows, :columns]
    bed = np.minimum(np.abs(column - 8), np.abs(column - 16)).astype(float)
    bend = np.minimum(
        np.abs(column - 8 - (row - 16).clip(0)), np.abs(column - 16 + (row - 16).clip(0))
    )
    bed = np.where(row > 16, bend, bed)
    bed = np.where(row > 20, np.abs(column - 12), bed)
    return build_index(terrains.terrain(bed * 5 + (rows - row) * 1.0))


def at(index, row, column):
    return index.grid.centre(row * index.grid.columns + column)


def test_both_tributaries_and_the_river_are_offered(fork):
    found = candidates(fork, *at(fork, 19, 12), radius_m=60, stream_cells=60)
    assert found.all[0].rule == "clicked"
    streams = list(found.all[1:])
    assert len(streams) == 3
    assert streams[0].distance_m <= streams[1].distance_m <= streams[2].distance_m
    below = max(streams, key=lambda candidate: candidate.cells)
    upper = [candidate for candidate in streams if candidate is not below]
    assert below.cells > sum(candidate.cells for candidate in upper)
    assert found.is_far_apart


def test_a_river_is_offered_once_at_its_nearest_cell(fork):
    x, y = at(fork, 30, 15)
    found = candidates(fork, x, y, radius_m=70, stream_cells=60)
    assert [candidate.rule for candidate in found.all] == ["clicked", "stream"]
    assert found.all[1].cell == 30 * 25 + 12
    assert found.all[1].distance_m == 30
    assert found.all[1].grid_area_m2 == found.all[1].cells * 100


def test_a_click_on_the_stream_proposes_it_once(fork):
    found = candidates(fork, *at(fork, 30, 12), radius_m=70, stream_cells=60)
    assert [candidate.rule for candidate in found.all] == ["clicked"]
    assert not found.is_far_apart


def test_a_click_outside_is_refused(fork):
    with pytest.raises(OutsideTerrain):
        candidates(fork, 0, 0, radius_m=70, stream_cells=60)
