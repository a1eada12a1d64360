"""What holds for every index, whatever the terrain."""

import numpy as np

from tests.water_basins.hydrology.oracle import highest_on_the_way, water_level
from water_basins.hydrology.d8 import NODATA, OUT


def check_numbering(index) -> None:
    """The positions are a permutation of the cells with data; slices nest; sizes are one more than the inflows'."""
    valid = np.flatnonzero(~np.isnan(index.height))
    assert np.array_equal(np.sort(index.cells), valid)
    assert np.array_equal(index.position[index.cells], np.arange(valid.size))
    assert (np.delete(index.position, valid) == -1).all()
    assert set(np.unique(index.direction[valid])) <= set(range(OUT + 1)), "a cell is unresolved"
    assert (np.delete(index.direction, valid) == NODATA).all()

    outlets = np.flatnonzero(index.direction == OUT)
    assert index.sizes[index.position[outlets]].sum() == valid.size
    flowing = np.flatnonzero(index.direction < OUT)
    steps = np.array(index.steps)
    child = index.position[flowing]
    parent = index.position[flowing + steps[index.direction[flowing]]]
    assert (parent >= 0).all()
    assert (parent < child).all()
    assert (child + index.sizes[child] <= parent + index.sizes[parent]).all()
    inflow = np.ones(valid.size, np.int64)
    np.add.at(inflow, parent, index.sizes[child])
    assert np.array_equal(inflow, index.sizes)


def check_ways_out(index, sinks=(), searched=None) -> None:
    """Water never climbs higher than it must, and the ponded cells are those that a flood would cover.

    ``searched``: the heights among which the ways were sought, where streams lowered them.
    """
    height = index.height.reshape(index.grid.rows, index.grid.columns).astype(float)
    searched = height if searched is None else searched.astype(float)
    level = water_level(searched, sinks)
    np.testing.assert_array_equal(highest_on_the_way(index, searched), level)
    covered = np.flatnonzero((level > height).ravel())
    assert np.array_equal(np.sort(index.cells[index.ponded]), covered)
    depth = (level - height).ravel()[index.cells[index.ponded]]
    np.testing.assert_allclose(np.diff(index.ponded_depth), depth, rtol=1e-6)
