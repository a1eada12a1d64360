"""Every lot of a sample municipality, and every real predio of Dayuma, split across its middle and merged back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest
import shapely
from shapely import LineString, MultiPolygon, Polygon, STRtree

from cadastre.geometry.exact_area import twice_area_mm2
from cadastre.geometry.grid import snapped
from cadastre.geometry.merge import merge, without_inserted
from cadastre.geometry.split import PieceTooSmall, split_by_lines
from fixtures.samples.land import drawn_land
from fixtures.samples.towns import TOWNS
from gis_project.core.areas import reprojected
from tests.cadastre.geometry.exact_oracle import exact_m2, same_ground

Area = Polygon | MultiPolygon


@pytest.fixture(scope="module")
def mejia() -> np.ndarray:
    spec = TOWNS["mejia"]
    land = drawn_land(spec, np.random.default_rng([spec.seed, 1]))
    urban = [lot for town in land.settlements for block in town.blocks for lot in block.lots]
    rural = [lot for parish in land.rural for block in parish for lot in block.parcels]
    return np.array([*urban, *rural], dtype=object)


def lines_across(parcel: Area) -> Iterator[LineString]:
    """Slanted lines through the largest part, the first across its middle."""
    largest = max(shapely.get_parts(parcel), key=lambda part: part.area)
    xmin, ymin, xmax, ymax = parcel.bounds
    x, y = largest.point_on_surface().coords[0]
    for shift in (0, 0.05, -0.05, 0.1, -0.1, 0.2, -0.2):
        dx, dy = shift * (largest.bounds[2] - largest.bounds[0]), shift * (ymax - ymin)
        if xmax - xmin > ymax - ymin:
            yield LineString([(x + dx - 0.617, ymin - 5), (x + dx + 0.617, ymax + 5)])
        else:
            yield LineString([(xmin - 5, y + dy - 0.617), (xmax + 5, y + dy + 0.617)])


def comes_back(number: int, ground: Sequence[Area], tree: STRtree) -> bool:
    """Whether the parcel can be cut; then it sums exactly, its neighbours do, and merging restores it."""
    parent = ground[number]
    touching = tree.query(parent, predicate="dwithin", distance=0.002).tolist()
    neighbours = {n: ground[n] for n in touching if n != number}
    for line in lines_across(parent):
        try:
            split = split_by_lines(parent, [line], key=number, neighbours=neighbours)
        except PieceTooSmall:
            continue
        assert sum(map(exact_m2, split.children)) == exact_m2(split.parent), number
        assert sum(map(twice_area_mm2, split.children)) == twice_area_mm2(split.parent), number
        around = {**neighbours, **split.neighbours}
        merged = merge(dict(enumerate(split.children)), neighbours=around, allow_parts=True)
        assert same_ground(merged.merged, split.parent), number
        assert same_ground(without_inserted(merged.merged, split.inserted), parent), number
        return True
    return False


def test_three_hundred_lots_of_mejia_come_back(mejia: np.ndarray) -> None:
    tree = STRtree(mejia)
    chosen = np.random.default_rng(1703).choice(len(mejia), 300, replace=False)
    assert all(comes_back(number, mejia, tree) for number in chosen.tolist())


@pytest.mark.slow
def test_every_lot_of_mejia_comes_back(mejia: np.ndarray) -> None:
    tree = STRtree(mejia)
    assert all(comes_back(number, mejia, tree) for number in range(len(mejia)))


@pytest.mark.real_data
def test_every_predio_of_dayuma_comes_back(real_data: Path) -> None:
    import pyogrio

    file = real_data / "sigtierras_dayuma" / "predios_dayuma_32718.gpkg"
    _, _, shapes, _ = pyogrio.raw.read(file)
    stored = reprojected(shapely.force_2d(shapely.from_wkb(shapes)), to_srid=32717, from_srid=32718)
    ground = snapped(stored)
    tree = STRtree(ground)
    done = [comes_back(number, ground, tree) for number in range(len(ground))]
    assert (len(done), sum(done)) == (2445, 2445)
