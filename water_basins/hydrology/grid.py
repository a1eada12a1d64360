"""Where the cells of a terrain lie, and how large they are on the ground."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from pyproj import CRS, Geod

from gis_project.core.errors import InvalidInput
from water_basins.hydrology.compiled import Metres


class OutsideTerrain(InvalidInput):
    """The point lies outside the terrain, or where it has no data: choose a point inside."""

    code = "outside_terrain"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A raster with its north up: ``west`` and ``north`` of its corner, cell sizes in units of ``crs``.

    Cells are numbered row by row from the north-west. ``crs`` is "EPSG:n" where it has a number, else WKT.
    """

    rows: int
    columns: int
    west: float
    north: float
    cell_width: float
    cell_height: float
    crs: str

    def cell_at(self, x: float, y: float) -> int:
        """The cell that holds the point; on a border the one to the east or south."""
        column = int(np.floor((x - self.west) / self.cell_width))
        row = int(np.floor((self.north - y) / self.cell_height))
        if not (0 <= row < self.rows and 0 <= column < self.columns):
            raise OutsideTerrain(
                "El punto está fuera del modelo del terreno: elija uno dentro de él.",
                details={"x": x, "y": y},
            )
        return row * self.columns + column

    def centre(self, cell: int) -> tuple[float, float]:
        """x and y of the middle of the cell."""
        row, column = divmod(int(cell), self.columns)
        return (
            self.west + (column + 0.5) * self.cell_width,
            self.north - (row + 0.5) * self.cell_height,
        )


@dataclass(frozen=True, slots=True)
class Distances:
    """Metres from a cell's centre to its neighbours', and the area of a cell in m², by row."""

    east: Metres
    south: Metres
    diagonal: Metres
    geodesic_area: Metres | None
    grid_area: float | None


@lru_cache(maxsize=32)
def distances(grid: Grid) -> Distances:
    """In the plane of a projected CRS; on the ellipsoid at the row's middle of a geographic one.

    ``geodesic_area`` is exact for cells between meridians and parallels, and None in a projected CRS;
    ``grid_area`` is None in a geographic one, which has no plane.
    """
    crs = CRS.from_user_input(grid.crs)
    if not crs.is_geographic:
        metre = crs.axis_info[0].unit_conversion_factor
        east = np.full(grid.rows, grid.cell_width * metre)
        south = np.full(grid.rows, grid.cell_height * metre)
        area = grid.cell_width * grid.cell_height * metre**2
        return Distances(east, south, np.hypot(east, south), None, area)
    geod = ellipsoid_of(grid.crs)
    edges = np.radians(grid.north - np.arange(grid.rows + 1) * grid.cell_height)
    middle = (edges[:-1] + edges[1:]) / 2
    bend = 1 - geod.es * np.sin(middle) ** 2
    width = np.radians(grid.cell_width)
    east = geod.a / np.sqrt(bend) * np.cos(middle) * width
    south = geod.a * (1 - geod.es) / bend**1.5 * np.radians(grid.cell_height)
    strips = _from_equator(edges, geod)
    area_by_row = width * (strips[:-1] - strips[1:])
    return Distances(east, south, np.hypot(east, south), area_by_row, None)


def ellipsoid_of(crs: str) -> Geod:
    """The ellipsoid on which areas are measured."""
    geod = CRS.from_user_input(crs).get_geod()
    if geod is None:
        raise ValueError(f"{crs} has no ellipsoid")
    return geod


def _from_equator(latitude: Metres, geod: Geod) -> Metres:
    """The area between the equator and a parallel, by radian of longitude (Snyder 1987, 3-12)."""
    sine, e = np.sin(latitude), np.sqrt(geod.es)
    q = sine / (1 - geod.es * sine**2) + np.arctanh(e * sine) / e
    area: Metres = geod.a**2 * (1 - geod.es) / 2 * q
    return area
