"""Running a function in many threads at once, each with its own database connection."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TypeVar

from django.db import connections

Answer = TypeVar("Answer")


def in_threads(act: Callable[[int], Answer], count: int) -> list[Answer | Exception]:
    """What `act(0)` … `act(count - 1)`, started together, returned or raised; needs fresh_database."""
    start = Barrier(count)

    def one(number: int) -> Answer | Exception:
        start.wait()
        try:
            return act(number)
        except Exception as error:  # noqa: BLE001 -- handed back: the test judges each outcome
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))
