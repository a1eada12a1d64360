"""A web process loads the basins' loops ahead of a question only where it pays."""

import importlib
import runpy
from pathlib import Path

import pytest
from django.test import override_settings

from water_basins.queries import warm_up as module
from water_basins.queries.warm_up import warm_up

ROOT = Path(__file__).parents[3]


@pytest.fixture
def folders(tmp_path, monkeypatch):
    monkeypatch.setenv("NUMBA_CACHE_DIR", str(tmp_path))
    with override_settings(BASIN_INDEXES=tmp_path / "basins"):
        yield tmp_path


def has_terrain(folders):
    (folders / "basins" / "a1").mkdir(parents=True)
    (folders / "basins" / "a1" / "manifest.json").write_text("{}")


def test_without_a_terrain_nothing_is_loaded(folders):
    (folders / "compiled").write_text("mark")
    assert warm_up() is None


def test_what_is_still_to_be_compiled_is_not_compiled_in_every_process(folders):
    has_terrain(folders)
    assert warm_up() is None


def test_each_web_process_loads_it_in_a_thread(folders, monkeypatch):
    has_terrain(folders)
    (folders / "compiled").write_text("mark")
    monkeypatch.setattr(module, "LATER_S", 0.0)
    loaded = []
    monkeypatch.setattr(importlib, "import_module", loaded.append)
    thread = warm_up()
    assert thread is not None
    thread.join()
    assert loaded == ["water_basins.queries.basins"]


def test_gunicorn_asks_for_it(folders, monkeypatch):
    asked = []
    monkeypatch.setattr(module, "warm_up", lambda: asked.append(1))
    runpy.run_path(str(ROOT / "gunicorn.conf.py"))["post_worker_init"](None)
    assert asked == [1]
