"""Basins of outlets: areas, doubts, nesting, the band of one cell, the copy for drawing."""

from dataclasses import replace

import numpy as np
import pytest
import shapely
from pyproj import Geod
from shapely import box

from tests.water_basins.hydrology import terrains
from water_basins.hydrology.basin import delineate
from water_basins.hydrology.border import Place, border
from water_basins.hydrology.build import build_index
from water_basins.hydrology.display import display_copy
from water_basins.hydrology.grid import OutsideTerrain, distances


@pytest.fixture(scope="module")
def valley():
    return build_index(terrains.terrain(terrains.v_valley(30, 21)))


@pytest.fixture(scope="module")
def hills():
    return build_index(terrains.terrain(terrains.hills(90, 110, 3)))


def test_area_is_that_of_its_cells(hills):
    for outlet in hills.cells[::97]:
        basin = delineate(hills, int(outlet))
        assert basin.geometry.is_valid
        assert basin.geometry.area == pytest.approx(basin.cells * 100, rel=1e-12)
        assert basin.grid_area_m2 == basin.cells * 100
        assert basin.geometry.geom_type == "MultiPolygon"


def test_valley_is_complete_only_where_it_does_not_reach_the_edge(valley):
    basin = delineate(valley, 20 * 21 + 10)
    assert (basin.cells, basin.touches_edge, basin.is_complete) == (21 * 21, True, False)
    side = delineate(valley, 20 * 21 + 5)
    assert (side.cells, side.touches_edge) == (6, True), "it begins on the western edge"


def test_ring_of_hills_keeps_the_edge_away():
    height = terrains.bowl(31)
    height = np.where(height > 12, 40 - height, height)  # outside the rim it falls to the edge
    ground = terrains.terrain(height)
    index = build_index(ground)
    basin = delineate(index, int(index.cells[0]))
    inner = delineate(index, 15 * 31 + 15)
    assert not inner.touches_edge
    assert inner.is_complete
    assert basin.touches_edge
    assert basin.ponded_cells > 100
    assert 0 < basin.ponded_mean_m < 30


def test_gap_in_the_data_is_told():
    height = terrains.v_valley(30, 21)
    height[4, 6] = np.nan
    index = build_index(terrains.terrain(height))
    assert delineate(index, 20 * 21 + 10).touches_nodata
    assert not delineate(index, 25 * 21 + 7).touches_nodata
    with pytest.raises(OutsideTerrain):
        delineate(index, 4 * 21 + 6)


def test_what_lies_upstream_is_a_range(valley):
    basin = delineate(valley, 20 * 21 + 10)
    assert basin.first <= valley.position[3 * 21 + 2] < basin.end
    assert valley.drains_through(3 * 21 + 2, 20 * 21 + 10)
    assert not valley.drains_through(21 * 21 + 2, 20 * 21 + 10)


@pytest.mark.parametrize(("latitude", "area"), [(-1.6, 8544.72), (-3.46, 8532.81), (-4.1, 8526.68)])
def test_geodesic_area_of_a_cell_of_three_seconds(latitude, area):
    side = 1 / 1200
    grid = terrains.terrain(np.zeros((3, 3)), crs="EPSG:4326", size=side).grid
    by_row = distances(replace(grid, north=latitude + 1.5 * side))
    assert by_row.geodesic_area[1] == pytest.approx(area, abs=0.01)
    assert by_row.east[1] * by_row.south[1] == pytest.approx(area, abs=0.01)
    assert by_row.grid_area is None


def test_geodesic_areas_of_both_kinds_of_grid_agree_with_the_ellipsoid(hills):
    basin = delineate(hills, int(hills.cells[0]))
    assert basin.geodesic_area_m2 / basin.grid_area_m2 == pytest.approx(1.000464, abs=1.2e-4)
    index = build_index(terrains.terrain(terrains.hills(60, 70, 4), crs="EPSG:4326", size=1 / 1200))
    basin = delineate(index, int(index.cells[0]))
    fine = shapely.segmentize(basin.geometry, 1 / 1200)
    area, _ = Geod(ellps="WGS84").geometry_area_perimeter(fine)
    assert basin.geodesic_area_m2 == pytest.approx(abs(area), rel=1e-8)
    assert basin.grid_area_m2 is None


def test_parcels_are_inside_on_the_border_or_outside(valley):
    outlet = 20 * 21 + 10
    band = border(valley, outlet)
    west, south, _, _ = delineate(valley, outlet).geometry.bounds
    inside = box(west + 50, south + 50, west + 90, south + 90)
    edge = box(west + 50, south + 5, west + 60, south + 20)
    just_out = box(west + 50, south - 9, west + 60, south - 2)
    far = box(west + 50, south - 40, west + 60, south - 10)
    places = [band.place_of(parcel) for parcel in (inside, edge, just_out, far)]
    assert places == [Place.INSIDE, Place.BORDER, Place.BORDER, Place.OUTSIDE]
    assert band.reach.contains(delineate(valley, outlet).geometry)


def test_border_of_a_single_cell_has_no_core(valley):
    band = border(valley, 5 * 21)
    assert band.core.is_empty
    assert band.reach.area == 900


def test_core_and_reach_are_a_cell_away(hills):
    for outlet in hills.cells[::301]:
        band, basin = border(hills, int(outlet)), delineate(hills, int(outlet))
        assert band.core.is_valid
        assert band.reach.is_valid
        around = shapely.buffer(basin.geometry, 10, join_style="mitre")
        assert shapely.area(shapely.symmetric_difference(around, band.reach)) < 1e-3


def test_copy_for_drawing_says_so(hills):
    for outlet in hills.cells[:4000:211]:
        basin = delineate(hills, int(outlet))
        copy = display_copy(basin.geometry, tolerance=30)
        assert copy.geometry.is_valid
        assert len(copy.geometry.geoms) == len(basin.geometry.geoms)
        assert "simplificado" in copy.note
        assert shapely.get_num_coordinates(copy.geometry) <= shapely.get_num_coordinates(
            basin.geometry
        )
