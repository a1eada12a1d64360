"""A terrain becomes the one from which a municipality's basins are delineated."""

import hashlib
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.gis.geos import Polygon
from django.db import transaction
from shapely import box, segmentize

from gis_project.core.errors import Conflict
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person
from water_basins.hydrology.build import ensure_index, version_of
from water_basins.hydrology.conditioning import Conditioning
from water_basins.hydrology.grid import Grid
from water_basins.hydrology.reprojection import moved
from water_basins.hydrology.terrain import read_terrain
from water_basins.models import TerrainVersion

TASK = "water_basins.tasks.build_basin_index"
STEPS = ("read", "index", "write")

Advance = Callable[..., None]


class TerrainAlreadyInUse(Conflict):
    """The municipality's basins already come from this terrain with these parameters: nothing to do."""

    code = "terrain_already_in_use"


@dataclass(frozen=True, slots=True, kw_only=True)
class TerrainFile:
    """A raster on this machine, its band of heights, and what a person says of it."""

    path: str
    title: str
    surface: str
    stream_cells: int
    band: int = 1


def build_basin_index(
    file: TerrainFile,
    *,
    municipality: Municipality,
    by: Actor,
    conditioning: Conditioning | None = None,
    advance: Advance = lambda done, total=None, message="": None,
) -> TerrainVersion:
    """The saved row; its index stands on disk before the row is seen. Raises TerrainNotUsable, TerrainAlreadyInUse.

    An earlier terrain, or the one in use with another title, comes into use again in a row of its own, from the index
    that is there.
    ``advance(done, total, message)`` hears how far it is.
    """
    check_can(by, "edit_water", municipality=municipality, on=today_in(municipality))
    conditioning = conditioning or Conditioning()
    advance(0, len(STEPS), "leer el terreno")
    terrain = read_terrain(Path(file.path), band=file.band)
    version = version_of(terrain, conditioning)
    said_of_it = {
        "version": version,
        "title": file.title,
        "surface": file.surface,
        "stream_cells": file.stream_cells,
    }
    last = TerrainVersion.objects.current(municipality).first()
    if last is not None and all(getattr(last, name) == told for name, told in said_of_it.items()):
        raise TerrainAlreadyInUse(
            "Ese terreno ya rige con esos parámetros: no hay nada que hacer.",
            details={"version": version},
        )
    said = {"index": "calcular hacia dónde drena", "write": "guardar el índice"}
    index = ensure_index(
        terrain,
        settings.BASIN_INDEXES,
        conditioning,
        progress=lambda step: advance(STEPS.index(step), len(STEPS), said[step]),
    )
    with open(file.path, "rb") as source:
        digest = hashlib.file_digest(source, "sha256").hexdigest()
    with transaction.atomic():
        row = TerrainVersion.objects.create(
            municipality=municipality,
            **said_of_it,
            source_sha256=digest,
            crs=index.grid.crs,
            rows=index.grid.rows,
            columns=index.grid.columns,
            conditioning=asdict(conditioning),
            pits=index.pits,
            geom=extent(index.grid),
            imported_by=person(by),
        )
        record_audit_event(
            municipality=municipality,
            actor=by,
            action="build_basin_index",
            object_type="terrain_version",
            object_id=row.pk,
            body={"version": version, "source_sha256": digest, "title": file.title},
        )
    advance(len(STEPS), len(STEPS), "listo")
    return row


def extent(grid: Grid) -> Polygon:
    """The rectangle of the raster in EPSG:32717, its sides bent as the change of CRS bends them."""
    rectangle = box(
        grid.west,
        grid.north - grid.rows * grid.cell_height,
        grid.west + grid.columns * grid.cell_width,
        grid.north,
    )
    fine = segmentize(rectangle, max(grid.cell_width, grid.cell_height) * 50)
    return Polygon(list(moved(fine, grid.crs, "EPSG:32717").exterior.coords), srid=32717)
