"""A terrain comes into use: by the command, by a job, once."""

import json

import numpy as np
import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings

from gis_project.core.errors import NotAllowed
from gis_project.territory import jobs
from gis_project.territory.models import AuditEvent, Job
from gis_project.territory.policy import CONSOLE
from tests.people import ROSA
from tests.register import town
from tests.staff import appoint
from tests.water_basins.water_town import raster, terrain_in
from water_basins.hydrology.store import check_contents
from water_basins.hydrology.terrain import TerrainNotUsable
from water_basins.models import TerrainVersion
from water_basins.operations.build_basin_index import (
    TASK,
    TerrainAlreadyInUse,
    TerrainFile,
    build_basin_index,
)
from water_basins.queries.basins import terrain_in_use
from water_basins.tasks import build_basin_index as task

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def indexes(tmp_path):
    with override_settings(BASIN_INDEXES=tmp_path / "basins"):
        yield tmp_path / "basins"


@pytest.fixture
def mejia():
    return town()


def test_index_stands_before_its_row_and_the_trail_tells_of_it(mejia, tmp_path, indexes):
    row = terrain_in(mejia, tmp_path)
    check_contents(indexes / row.version)
    assert (row.rows, row.columns, row.crs) == (30, 21, "EPSG:32717")
    assert row.geom.area == pytest.approx(30 * 21 * 100)
    event = AuditEvent.objects.get(action="build_basin_index")
    assert json.loads(event.body)["version"] == row.version


def test_same_terrain_twice_is_refused_and_another_is_then_in_use(mejia, tmp_path):
    first = terrain_in(mejia, tmp_path)
    with pytest.raises(TerrainAlreadyInUse):
        terrain_in(mejia, tmp_path)
    other = raster(tmp_path / "other.tif", np.arange(30.0).reshape(5, 6))
    second = build_basin_index(
        TerrainFile(path=str(other), title="Otro", surface="COVERED", stream_cells=9),
        municipality=mejia,
        by=CONSOLE,
    )
    assert list(TerrainVersion.objects.current(mejia)) == [second, first]


def test_earlier_terrain_comes_into_use_again_from_the_index_that_is_there(
    mejia, tmp_path, indexes
):
    first = terrain_in(mejia, tmp_path)
    other = raster(tmp_path / "other.tif", np.arange(30.0).reshape(5, 6))
    build_basin_index(
        TerrainFile(path=str(other), title="Otro", surface="COVERED", stream_cells=9),
        municipality=mejia,
        by=CONSOLE,
    )
    manifest = indexes / first.version / "manifest.json"
    written = manifest.stat().st_mtime_ns
    again = terrain_in(mejia, tmp_path)
    assert (again.version, again.pk != first.pk) == (first.version, True)
    assert terrain_in_use(mejia) == again
    assert terrain_in_use(mejia, version=first.version) == again
    assert manifest.stat().st_mtime_ns == written


def test_what_was_said_of_the_terrain_in_use_can_be_corrected(mejia, tmp_path):
    first = terrain_in(mejia, tmp_path)
    file = TerrainFile(
        path=str(tmp_path / "valley.tif"), title="MDS", surface="COVERED", stream_cells=80
    )
    corrected = build_basin_index(file, municipality=mejia, by=CONSOLE)
    assert corrected.version == first.version
    assert terrain_in_use(mejia).surface == "COVERED"


def test_who_does_not_keep_the_water_register_may_not(mejia, tmp_path):
    rosa = appoint(ROSA, "auditor", mejia)
    file = TerrainFile(
        path=str(raster(tmp_path / "a.tif")), title="a", surface="GROUND", stream_cells=50
    )
    with pytest.raises(NotAllowed):
        build_basin_index(file, municipality=mejia, by=rosa)


def test_command_tells_first_and_builds_with_commit(mejia, tmp_path, capsys):
    path = raster(tmp_path / "valley.tif")
    call_command("build_basin_index", str(path), municipality=mejia.slug)
    assert "30 × 21 celdas de 10 × 10, EPSG:32717" in capsys.readouterr().out
    assert not TerrainVersion.objects.exists()
    with pytest.raises(CommandError, match="--by"):
        call_command("build_basin_index", str(path), municipality=mejia.slug, commit=True)


def test_unreadable_conditioning_is_refused(mejia, tmp_path):
    (tmp_path / "c.json").write_text('{"sinks": [[1]]}')
    with pytest.raises(CommandError, match=r"c\.json"):
        call_command(
            "build_basin_index",
            str(raster(tmp_path / "valley.tif")),
            municipality=mejia.slug,
            conditioning=str(tmp_path / "c.json"),
        )


def test_job_builds_it_and_a_refusal_is_told_in_words(mejia, tmp_path):
    said = {"title": "Valle", "surface": "GROUND", "stream_cells": 50, "band": 1}
    job = jobs.enqueue(
        TASK, municipality=mejia, actor=CONSOLE, path=str(raster(tmp_path / "a.tif")), **said
    )
    task(job_id=str(job.pk), **job.arguments)
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.result == {"version": TerrainVersion.objects.get().version, "cells": 630}

    (tmp_path / "b.tif").write_text("nothing")
    job = jobs.enqueue(
        TASK, municipality=mejia, actor=CONSOLE, path=str(tmp_path / "b.tif"), **said
    )
    task(job_id=str(job.pk), **job.arguments)
    job.refresh_from_db()
    assert (job.state, "ráster" in job.message) == (Job.State.FAILED, True)


def test_file_that_is_no_terrain_leaves_nothing(mejia, tmp_path, indexes):
    path = tmp_path / "x.tif"
    path.write_text("x")
    with pytest.raises(TerrainNotUsable):
        build_basin_index(
            TerrainFile(path=str(path), title="x", surface="GROUND", stream_cells=5),
            municipality=mejia,
            by=CONSOLE,
        )
    assert not indexes.exists()
