"""What the technician sees while a command works: a moving line on a terminal, a line per phase elsewhere."""

import os
import threading
import time
from types import TracebackType
from typing import Self

from django.core.management.base import OutputWrapper

_REFRESH_S = 0.2
_CELLS = 24
_WIDTH = 100
_FEWEST_S = 0.5


class ProgressBar:
    """A `Progress`: phase, percent, rows a second and the time left; the context ends the last phase.

    The line moves by a thread of its own, because a statement of the database says nothing until it ends.
    """

    def __init__(self, stream: OutputWrapper) -> None:
        self._stream = stream
        self._moves = stream.isatty() and not os.environ.get("CI")
        self._name = ""
        self._total: int | None = None
        self._done = 0
        self._since = time.monotonic()
        self._lock = threading.Lock()
        self._has_ended = threading.Event()
        self._thread = threading.Thread(target=self._keep_moving, daemon=True)

    def __enter__(self) -> Self:
        if self._moves:
            self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._has_ended.set()
        if self._moves:
            self._thread.join()
        self._end(has_failed=error is not None)

    def __call__(self, phase: str, total: int | None = None) -> None:
        self._end()
        with self._lock:
            self._name, self._total, self._done = phase, total, 0
            self._since = time.monotonic()

    def advance(self, count: int) -> None:
        """``count`` more items of the running phase are done."""
        self._done += count

    def _end(self, *, has_failed: bool = False) -> None:
        with self._lock:
            if not self._name:
                return
            took = f"{time.monotonic() - self._since:.1f}".replace(".", ",")
            rows = f"{_whole(self._done)} filas, " if self._done else ""
            line = f"  {'✗' if has_failed else '✓'} {self._name}: {rows}{took} s"
            self._write(line.ljust(_WIDTH) if self._moves else line, ending="\n")
            self._name = ""

    def _keep_moving(self) -> None:
        while not self._has_ended.wait(_REFRESH_S):
            with self._lock:
                if self._name:
                    took = time.monotonic() - self._since
                    line = moving_line(self._name, self._done, self._total, took)
                    self._write(line.ljust(_WIDTH)[:_WIDTH], ending="\r")

    def _write(self, text: str, *, ending: str) -> None:
        self._stream.write(text, style_func=str, ending=ending)
        self._stream.flush()


def moving_line(name: str, done: int, total: int | None, took: float) -> str:
    """The line after ``took`` seconds: with a known total its share, the speed, and the time left."""
    if not total:
        return f"  … {name}: {took:.0f} s"
    share = min(done / total, 1.0)
    bar = ("█" * round(share * _CELLS)).ljust(_CELLS, "·")
    line = f"  … {name} {bar} {share:4.0%} · {_whole(done)} de {_whole(total)}"
    if not done or took < _FEWEST_S:
        return line
    speed = done / took
    return f"{line} · {_whole(round(speed))} filas/s · faltan {(total - done) / speed:.0f} s"


def _whole(number: int) -> str:
    return f"{number:,}".replace(",", ".")
