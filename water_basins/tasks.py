"""Long work of water; each takes the job's id and tells how far it is."""

from procrastinate.contrib.django import app

from gis_project.core.errors import DomainError
from gis_project.territory import jobs
from gis_project.territory.policy import CONSOLE


@app.task(name="water_basins.tasks.build_basin_index")
def build_basin_index(
    *, job_id: str, path: str, title: str, surface: str, stream_cells: int, band: int
) -> None:
    """Builds and registers the index of a raster on this machine; taken up again, it finds what is written."""
    # Numba and its kernels take a second and 150 MB: only who needs them loads them.
    from water_basins.operations import build_basin_index as act

    job = jobs.start(job_id)
    if job.municipality is None:
        raise LookupError("A terrain belongs to a municipality")
    file = act.TerrainFile(
        path=path, title=title, surface=surface, stream_cells=stream_cells, band=band
    )
    try:
        with jobs.reporting(job_id) as advance:
            row = act.build_basin_index(
                file,
                municipality=job.municipality,
                by=job.requested_by or CONSOLE,
                advance=advance,
            )
    except DomainError as refusal:
        jobs.fail(job_id, refusal.message)
        return
    jobs.finish(job_id, {"version": row.version, "cells": row.rows * row.columns})
