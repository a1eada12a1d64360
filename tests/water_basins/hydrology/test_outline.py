"""Outlines of cells: valid, exact to the cell, whatever touches at corners."""

import hypothesis.extra.numpy as arrays
import numpy as np
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely import MultiPolygon

from tests.water_basins.hydrology import terrains
from water_basins.hydrology.outline import mask_of, outline

ONE_METRE = terrains.terrain(np.zeros((40, 40)), size=1.0).grid


def outlined(picture: str) -> MultiPolygon:
    """The outline of the # in the drawing."""
    rows = [line.strip() for line in picture.strip().splitlines()]
    cells = [
        row * ONE_METRE.columns + column
        for row, line in enumerate(rows)
        for column, mark in enumerate(line)
        if mark == "#"
    ]
    return outline(*mask_of(np.array(cells, np.int32), ONE_METRE.columns), ONE_METRE)


def shape_of(geometry: MultiPolygon) -> list[tuple[float, int]]:
    """Area and number of holes of each part."""
    assert geometry.is_valid
    return sorted((part.area, len(part.interiors)) for part in geometry.geoms)


def test_one_cell():
    geometry = outlined("#")
    assert geometry.geom_type == "MultiPolygon"
    assert geometry.bounds == (610_000, 9_545_999, 610_001, 9_546_000)
    assert geometry.geoms[0].exterior.is_ccw


def test_straight_sides_have_no_corners_between():
    assert len(outlined("####\n####").geoms[0].exterior.coords) == 5


def test_cells_that_touch_at_a_corner_are_two_parts():
    assert shape_of(outlined("#.\n.#")) == [(1, 0), (1, 0)]


def test_hole():
    assert shape_of(outlined("###\n#.#\n###")) == [(8, 1)]


def test_hole_open_at_a_corner_is_a_hole_that_touches_the_shell():
    """The gap meets the outside only at its corner: one part, one hole, touching the shell at a point."""
    assert shape_of(outlined(".###\n#.##\n####\n####")) == [(14, 1)]


def test_holes_that_touch_at_a_corner_are_two():
    assert shape_of(outlined("####\n#.##\n##.#\n####")) == [(14, 2)]


def test_island_in_a_hole():
    picture = "#####\n#...#\n#.#.#\n#...#\n#####"
    assert shape_of(outlined(picture)) == [(1, 0), (16, 1)]


masks = arrays.arrays(
    np.bool_, st.tuples(st.integers(1, 14), st.integers(1, 14)), elements=st.booleans()
)


@given(masks.filter(lambda mask: mask.any()))
@settings(max_examples=300, deadline=None)
def test_any_mask_gives_a_valid_outline_of_exactly_its_cells(mask):
    rows, columns = np.nonzero(mask)
    cells = (rows * ONE_METRE.columns + columns).astype(np.int32)
    geometry = outline(*mask_of(cells, ONE_METRE.columns), ONE_METRE)
    assert geometry.is_valid, shapely.is_valid_reason(geometry)
    assert geometry.area == cells.size
    assert all(part.exterior.is_ccw for part in geometry.geoms)
    assert not any(ring.is_ccw for part in geometry.geoms for ring in part.interiors)
    down, right = np.nonzero(np.ones_like(mask))
    x, y = ONE_METRE.west + right + 0.5, ONE_METRE.north - down - 0.5
    shapely.prepare(geometry)
    assert np.array_equal(shapely.contains_xy(geometry, x, y), mask.ravel())
