"""A render process on the two towns, started once."""

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import override_settings

from tests import databases
from tests.layers.published_town import published_town as published_town
from tests.layers.published_town import published_town_name as published_town_name


@pytest.fixture(scope="session")
def render_socket(published_town_name: str) -> Iterator[Path]:
    """The socket of `manage.py render_server` with one process."""
    with tempfile.TemporaryDirectory(prefix="render-") as folder:
        socket = Path(folder) / "render.sock"
        process = subprocess.Popen(
            [sys.executable, "manage.py", "render_server", f"--socket={socket}", "--processes=1"],
            cwd=databases.ROOT,
            env=databases.environment_for(published_town_name),
        )
        try:
            for _ in range(300):
                if socket.exists() or process.poll() is not None:
                    break
                time.sleep(0.1)
            assert socket.exists(), "the render server did not start"
            yield socket
        finally:
            process.terminate()
            assert process.wait(timeout=20) == 0


@pytest.fixture
def maps(published_town: str, render_socket: Path) -> Iterator[None]:
    """The door draws the two towns."""
    with override_settings(RENDER_SOCKET=render_socket):
        yield
