"""Running a function in many threads at once, each with its own database connection and the test's scope."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
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

    contexts = [copy_context() for _ in range(count)]
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(lambda number: contexts[number].run(one, number), range(count)))
