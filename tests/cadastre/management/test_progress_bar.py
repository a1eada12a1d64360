"""A moving line on a terminal, plain lines in a log, and nothing left behind when work fails."""

import threading
import time
from io import StringIO

import pytest
from django.core.management.base import OutputWrapper

from cadastre.management.progress_bar import ProgressBar, moving_line
from gis_project.core.progress import tracked


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture(autouse=True)
def _outside_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)


def work(out: StringIO) -> str:
    with ProgressBar(OutputWrapper(out)) as phase:
        phase("interpretar filas", 1_250)
        assert list(tracked(range(1_250), phase)) == list(range(1_250))
        phase("escribir")
        until = time.monotonic() + 10
        while out.isatty() and "… escribir" not in out.getvalue() and time.monotonic() < until:
            time.sleep(0.01)
    return out.getvalue()


def test_a_log_gets_a_line_a_phase() -> None:
    first, second = work(StringIO()).splitlines()
    assert first.startswith("  ✓ interpretar filas: 1.250 filas, 0,")
    assert second.startswith("  ✓ escribir: ")


def test_a_terminal_gets_one_line_that_moves() -> None:
    told = work(Terminal())
    assert told.count("\n") == 2
    assert "… escribir" in told
    assert "\r" in told


def test_continuous_integration_counts_as_a_log(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    out = Terminal()
    with ProgressBar(OutputWrapper(out)) as phase:
        phase("leer")
    assert out.getvalue().startswith("  ✓ leer: 0,")
    assert "\r" not in out.getvalue()


def test_the_line_tells_share_speed_and_what_is_left() -> None:
    line = moving_line("interpretar filas", 12_000, 48_000, 4.0)
    assert line == (
        "  … interpretar filas ██████··················  25% · 12.000 de 48.000 · 3.000 filas/s · faltan 12 s"
    )
    assert moving_line("escribir", 0, None, 7.4) == "  … escribir: 7 s"
    assert moving_line("leer", 0, 10, 0.0).endswith("0 de 10")


def fail(out: StringIO) -> None:
    with ProgressBar(OutputWrapper(out)) as phase:
        phase("leer")
        raise ValueError("x")


def test_a_failure_ends_the_line_and_the_thread() -> None:
    out, before = Terminal(), threading.active_count()
    with pytest.raises(ValueError, match="x"):
        fail(out)
    assert "✗ leer" in out.getvalue()
    assert threading.active_count() == before
