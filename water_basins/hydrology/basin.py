"""The catchment of an outlet: its cells, its outline, its areas, and what casts doubt on it."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import shapely
from pyproj import CRS, Geod
from shapely import MultiPolygon

from water_basins.hydrology.compiled import Cells
from water_basins.hydrology.grid import Grid, distances, ellipsoid_of
from water_basins.hydrology.index import BasinIndex
from water_basins.hydrology.outline import mask_of, outline
from water_basins.hydrology.reprojection import moved

_LONGEST_EDGE_M = 1000.0  # longer straight edges of the plane bend visibly on the ellipsoid


@dataclass(frozen=True, slots=True, kw_only=True)
class Basin:
    """What drains to one cell. Everything here belongs to the index ``version``.

    ``first`` and ``end`` are the slice: whatever has a position p with first ≤ p < end lies upstream.
    ``geometry``: along the edges of the cells, unsmoothed, in the terrain's CRS; this is the one with legal use.
    ``grid_area_m2``: cells × area of a cell in the plane, None in a geographic CRS; ``geodesic_area_m2``: on the
    ellipsoid.
    ``touches_edge``: the terrain ends in it; ``touches_nodata``: it borders on cells without data. Either way part of
    it may be missing.
    ``ponded_cells`` lie below the pass over which their depression was led out, by ``ponded_mean_m`` on average: there
    the terrain and the flow disagree. How far a declared stream was lowered is not in it.
    """

    version: str
    outlet: int
    outlet_xy: tuple[float, float]
    first: int
    end: int
    geometry: MultiPolygon
    grid_area_m2: float | None
    geodesic_area_m2: float
    touches_edge: bool
    touches_nodata: bool
    ponded_cells: int
    ponded_mean_m: float

    @property
    def cells(self) -> int:
        """How many cells it has."""
        return self.end - self.first

    @property
    def is_complete(self) -> bool:
        """No part of it can lie beyond the terrain or in a gap: a legal act needs that."""
        return not (self.touches_edge or self.touches_nodata)


def delineate(index: BasinIndex, outlet: int) -> Basin:
    """The basin of a cell of the index (outlets.py proposes cells)."""
    first, end = index.slice_of(outlet)
    cells = index.cells[first:end]
    geometry = outline(*mask_of(cells, index.grid.columns), index.grid)
    by_row = index.distances
    low, high = np.searchsorted(index.ponded, (first, end))
    depth = float(index.ponded_depth[high] - index.ponded_depth[low])
    return Basin(
        version=index.version,
        outlet=int(outlet),
        outlet_xy=index.grid.centre(outlet),
        first=first,
        end=end,
        geometry=geometry,
        grid_area_m2=None if by_row.grid_area is None else by_row.grid_area * (end - first),
        geodesic_area_m2=geodesic_area_m2(cells, geometry, index.grid),
        touches_edge=any_within(index.edge, first, end),
        touches_nodata=any_within(index.beside_nodata, first, end),
        ponded_cells=int(high - low),
        ponded_mean_m=depth / int(high - low) if high > low else 0.0,
    )


def any_within(positions: Cells, first: int, end: int) -> bool:
    """Whether one of the ascending positions lies in the slice."""
    low, high = np.searchsorted(positions, (first, end))
    return bool(high > low)


def geodesic_area_m2(cells: Cells, geometry: MultiPolygon, grid: Grid) -> float:
    """On the ellipsoid of the CRS: summed by rows of cells in a geographic one, else of the outline."""
    by_row = distances(grid).geodesic_area
    if by_row is not None:
        return float(by_row[cells // grid.columns].sum())
    degrees, metre, ellipsoid = _on_ellipsoid(grid.crs)
    fine = shapely.segmentize(geometry, _LONGEST_EDGE_M / metre)
    area, _ = ellipsoid.geometry_area_perimeter(moved(fine, grid.crs, degrees))
    return abs(float(area))


@lru_cache(maxsize=32)
def _on_ellipsoid(crs: str) -> tuple[str, float, Geod]:
    """The CRS of longitudes and latitudes on the same ellipsoid, the plane's unit in metres, the ellipsoid."""
    plane = CRS.from_user_input(crs)
    if plane.geodetic_crs is None:
        raise ValueError(f"{crs} has no ellipsoid")
    return plane.geodetic_crs.to_wkt(), plane.axis_info[0].unit_conversion_factor, ellipsoid_of(crs)
