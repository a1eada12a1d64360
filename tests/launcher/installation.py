"""A whole installation of its own, with the private cluster that `./lindero up` makes."""

import os
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.launcher.shell import ROOT, lindero

KERNELS = ROOT / "var" / "numba"  # compiled once for all of them


@dataclass(frozen=True)
class Installation:
    """A running Lindero with private data in `var`, on `port`."""

    var: Path
    port: int

    def lindero(self, *arguments: str):
        return lindero(*arguments, LINDERO_VAR=str(self.var), NUMBA_CACHE_DIR=str(KERNELS))

    def up(self) -> None:
        answer = self.lindero("up", "--detach", "--port", str(self.port), "--sample", "none")
        assert answer.returncode == 0, answer.stdout + answer.stderr

    def status(self) -> int:
        try:
            with urllib.request.urlopen(
                f"http://127.0.0.1:{self.port}/readyz", timeout=10
            ) as answer:
                return answer.status
        except urllib.error.HTTPError as error:
            return error.code

    def process(self, name: str) -> int:
        return int((self.var / "run" / f"{name}.pid").read_text())

    def is_settled(self) -> bool:
        """Whether all have run for twenty seconds: a worker ends some seconds after its database was killed."""
        try:
            numbers = self.process("web"), self.process("worker"), self.postmaster()
            begun = [Path(f"/proc/{number}").stat().st_ctime for number in numbers]
        except FileNotFoundError:
            return False
        return max(begun) < time.time() - 20

    def data(self) -> Path:
        return Path((self.var / "cluster").read_text().splitlines()[0])

    def postmaster(self) -> int:
        return int((self.data() / "postmaster.pid").read_text().split()[0])

    def claim_start(self, *, seconds_ago: float) -> None:
        """Makes the server look started at that time; its age against the code decides a restart."""
        moment = time.time() - seconds_ago
        os.utime(self.var / "run" / "started", (moment, moment))

    def marked(self) -> list[int]:
        """Every process of the server, found as the launcher finds them."""
        mark = f"LINDERO_SUPERVISED={self.var}".encode()
        found = []
        for folder in Path("/proc").glob("[0-9]*"):
            try:
                if mark in (folder / "environ").read_bytes().split(b"\0"):
                    found.append(int(folder.name))
            except (FileNotFoundError, PermissionError, ProcessLookupError):
                continue
        return found


@contextmanager
def installed(var: Path) -> Iterator[Installation]:
    """The installation, running; afterwards nothing of it is left."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    here = Installation(var, port)
    try:
        here.up()
        yield here
    finally:
        answer = here.lindero("reset", "--yes")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert here.marked() == []


def wait_for(question, seconds: float = 40) -> None:
    """Waits until the question is true; a person would wait as long."""
    for _ in range(int(seconds * 10)):
        if question():
            return
        time.sleep(0.1)
    pytest.fail("It did not happen in time.")
