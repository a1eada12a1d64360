"""A real server process on the sample database, for browsers, GDAL and other clients."""

import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import BinaryIO

import pytest

from tests import databases


@pytest.fixture(scope="session")
def sample_server(
    sample_database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """`http://127.0.0.1:<port>` of gunicorn serving the sample data; its log is in the failure."""
    with serving(sample_database_name, tmp_path_factory.mktemp("server") / "server.log") as address:
        yield address


@contextmanager
def serving(database: str, log: Path) -> Iterator[str]:
    """The address of a server process that works on `database` and ends with the block."""
    port = _free_port()
    address = f"http://127.0.0.1:{port}"
    env = {
        **databases.environment_for(database),
        "LINDERO_PUBLIC_URL": address,
        # maps of this database: a renderer that happens to run on the machine draws another one
        "LINDERO_RENDER_SOCKET": str(log.parent / "render.sock"),
    }
    web = ["-m", "gunicorn", "gis_project.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    web += ["--threads=4", "--worker-class=gthread"]
    renderer = ["manage.py", "render_server", "--processes=1"]
    databases.run_manage(database, "collectstatic", "--noinput", "--verbosity=0")
    with ExitStack() as running:
        output = running.enter_context(log.open("wb"))
        processes = [
            running.enter_context(_process(arguments, env, output)) for arguments in (renderer, web)
        ]
        _wait_until_alive(f"{address}/healthz", processes[-1], log)
        yield address


@contextmanager
def _process(
    arguments: list[str], env: dict[str, str], output: BinaryIO
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, *arguments],
        cwd=databases.ROOT,
        env=env,
        stdout=output,
        stderr=subprocess.STDOUT,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=20)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_until_alive(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"The server did not start:\n{log.read_text(errors='replace')[-4000:]}")
