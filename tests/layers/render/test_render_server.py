"""The pool of render processes: found, lost, replaced."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time

import pytest
from django.test import override_settings

from layers.render import wire
from layers.render.client import RenderFailed, RenderUnavailable, draw
from layers.render.jobs import Canvas, LayerJob, MapJob, MessageJob, layer_jobs
from tests import databases
from tests.layers.wms.conftest import published_town as published_town
from tests.layers.wms.conftest import published_town_name as published_town_name
from tests.layers.wms.conftest import render_socket as render_socket

MAP = MapJob(
    layer_jobs(["parcels"]), 32717, (773970.0, 9942980.0, 774130.0, 9943060.0), Canvas(320, 160)
)
BLANK = MessageJob("", Canvas(5, 5))


@pytest.fixture
def renderer(render_socket, published_town):
    with override_settings(RENDER_SOCKET=render_socket):
        yield render_socket


def children(parent):
    found = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(parent)], capture_output=True, text=True, check=False
    )
    return [int(pid) for pid in found.stdout.split()]


def server_of(socket_path):
    with socket.socket(socket.AF_UNIX) as probe:
        probe.connect(str(socket_path))
        packed = probe.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
    return int.from_bytes(packed[:4], sys.byteorder)


def test_the_same_job_gives_the_same_picture(renderer):
    first, second = draw(MAP), draw(MAP)
    assert first.media_type == "image/png"
    assert first.body == second.body


def test_a_process_that_dies_is_replaced_and_nobody_notices(renderer):
    before = draw(MAP).body
    (worker,) = children(server_of(renderer))
    os.kill(worker, signal.SIGKILL)
    assert draw(MAP).body == before
    assert worker not in children(server_of(renderer))


def test_a_database_that_restarted_is_survived(renderer, published_town_name):
    before = draw(MAP).body
    with databases._maintenance() as connection:
        connection.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = %s AND usename = 'lindero_public'",
            [published_town_name],
        )
    assert draw(MAP).body == before


def test_a_broken_frame_harms_nobody(renderer):
    for rubbish in (b"", b"\xff\xff\xff\xff", b"\0\0\0\5ab", b"\0\0\0\2{}"):
        with socket.socket(socket.AF_UNIX) as connection:
            connection.connect(str(renderer))
            connection.sendall(rubbish)
            connection.shutdown(socket.SHUT_WR)
            with contextlib.suppress(ConnectionError):
                wire.receive_reply(connection)
    assert draw(BLANK).body.startswith(b"\x89PNG")


def test_what_went_wrong_is_not_told(renderer):
    job = MapJob((LayerJob("parcels", "default", "mejia"),), 1, MAP.bounds, MAP.canvas)
    with pytest.raises(RenderFailed) as caught:
        draw(job)
    assert str(caught.value) == "failed"


def test_without_a_server_the_client_hears_so_at_once(tmp_path):
    with override_settings(RENDER_SOCKET=tmp_path / "none"):
        began = time.monotonic()
        with pytest.raises(RenderUnavailable) as caught:
            draw(BLANK)
    assert caught.value.retry_after > 0
    assert time.monotonic() - began < 5


def test_the_door_says_when_to_come_back(client, published_town, tmp_path):
    from tests.layers.wms.requests import get_map

    with override_settings(RENDER_SOCKET=tmp_path / "none"):
        response = client.get(f"/wms?{get_map()}")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert b"ServiceException" in response.content


def test_a_second_server_does_not_take_the_socket(renderer, published_town_name):
    done = subprocess.run(
        [sys.executable, "manage.py", "render_server", f"--socket={renderer}"],
        cwd=databases.ROOT,
        env=databases.environment_for(published_town_name),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 1
    assert "Ya hay un servidor de mapas" in done.stderr
    assert draw(BLANK).body


def test_the_web_process_never_loads_mapnik():
    done = subprocess.run(
        [
            sys.executable,
            "-c",
            "import django, sys; django.setup(); import gis_project.urls; print('mapnik' in sys.modules)",
        ],
        cwd=databases.ROOT,
        env=databases.environment_for("postgres"),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == "False"


@pytest.mark.parametrize("attempt", range(4))
def test_a_stop_while_it_starts_is_heard(tmp_path, published_town_name, attempt):
    """A signal in the middle of a fork was once lost; the socket appears just before the fork."""
    path = tmp_path / "render.sock"
    process = subprocess.Popen(
        [sys.executable, "manage.py", "render_server", f"--socket={path}", "--processes=2"],
        cwd=databases.ROOT,
        env=databases.environment_for(published_town_name),
    )
    try:
        while not path.exists() and process.poll() is None:
            time.sleep(0.001)
        process.terminate()
        assert process.wait(timeout=20) == 0
        assert not path.exists()
    finally:
        process.kill()
        process.wait()
