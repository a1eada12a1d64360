"""Directions and numbers of whole terrains: closed forms, laws, and brute force."""

import hypothesis.extra.numpy as arrays
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.water_basins.hydrology import terrains
from tests.water_basins.hydrology.laws import check_numbering, check_ways_out
from tests.water_basins.hydrology.oracle import inflows_of, upstream
from water_basins.hydrology.build import build_index
from water_basins.hydrology.conditioning import Conditioning, burned
from water_basins.hydrology.d8 import OUT

SYNTHETIC = {
    "plane": terrains.tilted_plane(12, 9),
    "valley": terrains.v_valley(10, 11),
    "bowl": terrains.bowl(15),
    "nested bowls": terrains.nested_bowls(21),
    "checkerboard": terrains.checkerboard(9, 11),
    "comb": terrains.comb(20, 31),
    "spiral": terrains.spiral(4),
    "three rows": terrains.hills(3, 200, 5),
    "three columns": terrains.hills(200, 3, 6),
    "all flat": np.zeros((9, 14)),
    "steps": terrains.hills(40, 50, 7, step=20),
    "hills": terrains.hills(40, 50, 8),
}
heights = arrays.arrays(
    np.float32,
    st.tuples(st.integers(3, 12), st.integers(3, 12)),
    elements=st.one_of(st.integers(0, 4).map(float), st.just(float("nan"))),
).filter(lambda height: not np.isnan(height).all())


def sizes(index):
    """How many cells drain to each cell, as a raster."""
    made = np.zeros(index.position.size, int)
    made[index.cells] = index.sizes
    return made.reshape(index.grid.rows, index.grid.columns)


@pytest.mark.parametrize("name", SYNTHETIC)
def test_laws_hold_on(name):
    index = build_index(terrains.terrain(SYNTHETIC[name]))
    check_numbering(index)
    check_ways_out(index)


@given(heights)
@settings(max_examples=150, deadline=None)
def test_laws_hold_on_flats_pits_and_gaps(height):
    index = build_index(terrains.terrain(height))
    check_numbering(index)
    check_ways_out(index)


@given(heights, st.data())
@settings(max_examples=60, deadline=None)
def test_declared_sinks_keep_their_water(height, data):
    valid = np.flatnonzero(~np.isnan(height))
    sinks = sorted(data.draw(st.sets(st.sampled_from(list(map(int, valid))), max_size=4)))
    ground = terrains.terrain(height)
    index = build_index(
        ground, Conditioning(sinks=tuple(ground.grid.centre(cell) for cell in sinks))
    )
    check_numbering(index)
    check_ways_out(index, sinks)
    assert (index.direction[sinks] == OUT).all()


@given(heights, st.data())
@settings(max_examples=60, deadline=None)
def test_laws_hold_where_streams_are_lowered(height, data):
    ground = terrains.terrain(height)
    corner = st.integers(0, height.size - 1)
    lines = data.draw(st.lists(st.lists(corner, min_size=2, max_size=4), min_size=1, max_size=2))
    conditioning = Conditioning(
        streams=tuple(tuple(ground.grid.centre(cell) for cell in line) for line in lines),
        burn_m=data.draw(st.sampled_from([0.5, 1.0, 3.0])),
    )
    index = build_index(ground, conditioning)
    check_numbering(index)
    check_ways_out(index, searched=burned(ground.height, conditioning, ground.grid))


def test_plane_drains_by_columns():
    index = build_index(terrains.terrain(terrains.tilted_plane(12, 9)))
    assert np.array_equal(sizes(index), np.repeat(np.arange(1, 13)[:, None], 9, 1))


def test_valley_gathers_row_by_row():
    index = build_index(terrains.terrain(terrains.v_valley(10, 11)))
    assert np.array_equal(sizes(index)[:, 5], 11 * np.arange(1, 11))
    assert np.array_equal(sizes(index)[0], [1, 2, 3, 4, 5, 11, 5, 4, 3, 2, 1])


def test_bowl_drains_to_its_declared_sink():
    ground = terrains.terrain(terrains.bowl(15))
    middle = 7 * 15 + 7
    index = build_index(ground, Conditioning(sinks=(ground.grid.centre(middle),)))
    assert index.slice_of(middle) == (0, 225)
    assert index.ponded.size == 0


def test_bowl_without_sink_leaves_over_its_rim():
    index = build_index(terrains.terrain(terrains.bowl(15)))
    assert (index.pits, (index.direction == OUT).sum()) == (1, 1)
    outlet = int(index.cells[0])
    assert index.height[outlet] == 7, "the lowest cell of the rim is in the middle of a side"
    assert index.ponded.size == (terrains.bowl(15) < 7).sum()


def test_garbrecht_and_martz_flat_gathers_before_its_outlet():
    """A 5 × 5 flat in a wall with one lower gate to the south, as in their paper."""
    height = np.full((7, 7), 9.0)
    height[1:6, 1:6] = 6
    height[6, 3] = 5
    index = build_index(terrains.terrain(height))
    check_numbering(index)
    assert sizes(index)[6, 3] == 49
    inner = sizes(index)[1:6, 1:6]
    assert inner[3, 2] == inner[:4].max(), "it gathers in the middle and not along the walls"


def test_spiral_is_one_path():
    turns = 12
    height = terrains.spiral(turns)
    index = build_index(terrains.terrain(height))
    order = {
        row * height.shape[1] + column: k
        for k, (row, column) in enumerate(terrains.spiral_cells(turns))
    }
    mouth, *channel = order
    assert len(channel) > 1000
    for cell in channel:
        lower = cell + index.steps[index.direction[cell]]
        assert order[cell] - order[lower] in (1, 2), "2 where it cuts a corner"
    assert index.direction[mouth] == OUT
    assert index.drains_through(channel[-1], mouth)


def test_burned_stream_turns_the_flow_and_not_the_heights():
    ground = terrains.terrain(terrains.tilted_plane(12, 9))
    row_y = ground.grid.centre(6 * 9)[1]
    canal = ((ground.grid.centre(0)[0], row_y), (ground.grid.centre(8)[0], row_y))
    index = build_index(ground, Conditioning(streams=(canal,), burn_m=3.0))
    check_numbering(index)
    assert np.array_equal(index.height, ground.height.ravel())
    ends = [6 * 9, 6 * 9 + 8]
    assert sizes(index).ravel()[ends].sum() == 8 * 9, "rows 0 to 7 fall into the canal"
    assert (sizes(index)[11] == 4).all(), "the rest goes on as before"


def test_ponds_are_told_of_the_ground_and_not_of_the_lowered_stream():
    """A valley that falls 5 m a row, its stream sought 20 m lower down to the fourth row: nothing ponds in it."""
    height = terrains.v_valley(9, 11) + np.arange(9, 0, -1)[:, None] * 5.0
    ground = terrains.terrain(height)
    stream = tuple(ground.grid.centre(row * 11 + 5) for row in (0, 3))
    index = build_index(ground, Conditioning(streams=(stream,), burn_m=20.0))
    assert index.pits == 1
    assert index.ponded.size == 0


def test_pond_keeps_its_depth_beside_a_lowered_stream():
    ground = terrains.terrain(terrains.bowl(15))
    middle = ground.grid.centre(7 * 15 + 7)
    index = build_index(ground, Conditioning(streams=((middle, middle),), burn_m=20.0))
    plain = build_index(ground)
    assert np.array_equal(index.cells[index.ponded], plain.cells[plain.ponded])
    assert index.ponded_depth[-1] == plain.ponded_depth[-1]


@pytest.mark.parametrize("name", ["hills", "steps", "nested bowls", "comb"])
def test_slices_equal_brute_force(name):
    index = build_index(terrains.terrain(SYNTHETIC[name]))
    inflows = inflows_of(index)
    for outlet in index.cells[::7]:
        first, end = index.slice_of(int(outlet))
        assert set(index.cells[first:end].tolist()) == upstream(inflows, int(outlet))
