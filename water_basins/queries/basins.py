"""Basins of a municipality, from the terrain in use there. Points come and go in the CRS that is asked for."""

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from shapely import MultiPolygon

from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality
from water_basins.hydrology.basin import Basin, delineate
from water_basins.hydrology.display import display_copy
from water_basins.hydrology.flow_path import longest_path
from water_basins.hydrology.index import BasinIndex, open_index
from water_basins.hydrology.outlets import Candidates, candidates
from water_basins.hydrology.relief import Relief, relief
from water_basins.hydrology.reprojection import between, moved
from water_basins.models import TerrainVersion


class NoTerrain(NotFound):
    """The municipality has no terrain (of that version): import one with ``build_basin_index``."""

    code = "no_terrain"


@dataclass(frozen=True, slots=True, kw_only=True)
class DelineatedBasin:
    """A basin with its relief and longest flow path; ``geometry`` in EPSG:``srid``, exact or the copy for drawing."""

    terrain: TerrainVersion
    basin: Basin
    relief: Relief
    longest_path_m: float
    geometry: MultiPolygon
    note: str


def terrain_in_use(municipality: Municipality, *, version: str | None = None) -> TerrainVersion:
    """The last imported one, or the one of that version; NoTerrain."""
    rows = TerrainVersion.objects.current(municipality)
    found = (rows.filter(version=version) if version else rows).first()
    if found is None:
        raise NoTerrain(
            "El municipio no tiene ese modelo del terreno: impórtelo con build_basin_index.",
            details={"version": version},
        )
    return found


def outlet_candidates(
    terrain: TerrainVersion, x: float, y: float, *, srid: int, radius_m: float
) -> Candidates:
    """What a click may mean; x, y of the answer are in EPSG:``srid`` too, those of the cells' centres apart."""
    index = index_of(terrain)
    east, north = between(f"EPSG:{srid}", terrain.crs).transform(x, y)
    return candidates(index, east, north, radius_m=radius_m, stream_cells=terrain.stream_cells)


def basin_at(
    terrain: TerrainVersion, x: float, y: float, *, srid: int, is_display: bool
) -> DelineatedBasin:
    """The basin of the cell under the point, which is not moved to any stream."""
    index = index_of(terrain)
    outlet = index.grid.cell_at(*between(f"EPSG:{srid}", terrain.crs).transform(x, y))
    basin = delineate(index, outlet)
    geometry, note = basin.geometry, ""
    if is_display:
        tolerance = 2 * max(index.grid.cell_width, index.grid.cell_height)
        copy = display_copy(geometry, tolerance=tolerance)
        geometry, note = copy.geometry, copy.note
    return DelineatedBasin(
        terrain=terrain,
        basin=basin,
        relief=relief(index, outlet),
        longest_path_m=longest_path(index, outlet).length_m,
        geometry=moved(geometry, terrain.crs, f"EPSG:{srid}"),
        note=note,
    )


def moved_point(terrain: TerrainVersion, x: float, y: float, *, srid: int) -> tuple[float, float]:
    """A point of the terrain's CRS in EPSG:``srid``."""
    east, north = between(terrain.crs, f"EPSG:{srid}").transform(x, y)
    return float(east), float(north)


def index_of(terrain: TerrainVersion) -> BasinIndex:
    """The terrain's index, mapped once in a process."""
    return _opened(settings.BASIN_INDEXES, terrain.version)


@lru_cache(maxsize=16)
def _opened(root: Path, version: str) -> BasinIndex:
    return open_index(root, version)
