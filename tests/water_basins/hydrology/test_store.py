"""Indexes on disk: written whole, told apart by what they were made from, checked when opened."""

import json

import numpy as np
import pytest

from tests.water_basins.hydrology import terrains
from water_basins.hydrology import build
from water_basins.hydrology.conditioning import Conditioning
from water_basins.hydrology.index import ARRAYS, IndexMissing, open_index
from water_basins.hydrology.store import StoreDamaged, check_contents, write_arrays

GROUND = terrains.terrain(terrains.hills(20, 25, 1))


def test_opened_is_what_was_built(tmp_path):
    steps: list[str] = []
    made = build.build_index(GROUND)
    kept = build.ensure_index(GROUND, tmp_path, progress=steps.append)
    assert steps == ["index", "write"]
    for name in ARRAYS:
        assert np.array_equal(getattr(made, name), getattr(kept, name), equal_nan=name == "height")
    assert kept.grid == GROUND.grid
    check_contents(tmp_path / kept.version)


def test_second_time_nothing_is_built(tmp_path):
    build.ensure_index(GROUND, tmp_path)
    steps: list[str] = []
    build.ensure_index(GROUND, tmp_path, progress=steps.append)
    assert steps == []
    assert len(list(tmp_path.iterdir())) == 1


def test_version_follows_heights_place_and_parameters():
    other_heights = terrains.terrain(terrains.hills(20, 25, 2))
    elsewhere = terrains.terrain(terrains.hills(20, 25, 1), size=9.0)
    sink = Conditioning(sinks=(GROUND.grid.centre(30),))
    versions = {
        build.version_of(GROUND, Conditioning()),
        build.version_of(other_heights, Conditioning()),
        build.version_of(elsewhere, Conditioning()),
        build.version_of(GROUND, sink),
        build.version_of(GROUND, Conditioning(burn_m=1)),
    }
    assert len(versions) == 5
    again = terrains.terrain(terrains.hills(20, 25, 1))
    assert build.version_of(again, Conditioning()) in versions


def test_writing_to_an_opened_array_leaves_the_file(tmp_path):
    kept = build.ensure_index(GROUND, tmp_path)
    kept.sizes[:] = 0
    check_contents(tmp_path / kept.version)
    assert open_index(tmp_path, kept.version).sizes.any()


def test_unknown_version_is_told(tmp_path):
    with pytest.raises(IndexMissing):
        open_index(tmp_path, "0" * 32)


@pytest.mark.parametrize("name", ["sizes", "cells", "direction", "edge"])
def test_short_or_missing_files_are_refused(tmp_path, name):
    kept = build.ensure_index(GROUND, tmp_path)
    path = tmp_path / kept.version / f"{name}.npy"
    path.write_bytes(path.read_bytes()[:-4])
    with pytest.raises(StoreDamaged) as refused:
        open_index(tmp_path, kept.version)
    assert refused.value.details["file"] == name
    path.unlink()
    with pytest.raises(StoreDamaged):
        open_index(tmp_path, kept.version)


def test_changed_bytes_are_found_by_the_checksums(tmp_path):
    kept = build.ensure_index(GROUND, tmp_path)
    path = tmp_path / kept.version / "sizes.npy"
    path.write_bytes(path.read_bytes()[:-1] + b"\x07")
    with pytest.raises(StoreDamaged):
        check_contents(tmp_path / kept.version)


def test_half_written_folder_is_not_seen(tmp_path, monkeypatch):
    def fails(*arguments, **options):
        raise OSError("disk full")

    monkeypatch.setattr(json, "dumps", fails)
    with pytest.raises(OSError, match="disk full"):
        write_arrays(tmp_path / "x", {}, {"a": np.zeros(3)})
    assert list(tmp_path.iterdir()) == []
