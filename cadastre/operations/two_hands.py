"""Two computations at once in two processes; the second returns something small."""

import multiprocessing
import warnings
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any, TypeVar

from gis_project.core.errors import DomainError

A = TypeVar("A")
B = TypeVar("B")


class ComputationLost(DomainError):
    """The helping process was ended from outside (memory?): repeat it, with one process if it happens again."""

    code = "computation_lost"


def both(first: Callable[[], A], second: Callable[[], B], *, hands: int = 2) -> tuple[A, B]:
    """The results of the two; with one hand one after the other. What either raises is raised here.

    ``second`` runs in a copy of this process that sees all of its data and must not touch the database:
    its connection is this process's. Only its result travels, pickled.
    """
    if hands < 2:
        return first(), second()
    context = multiprocessing.get_context("fork")
    receiver, sender = context.Pipe(duplex=False)
    helper = context.Process(target=_carry_out, args=(second, sender), daemon=True)
    with warnings.catch_warnings():
        # Later Pythons warn that other threads' locks are copied; the copy only computes and takes none.
        warnings.simplefilter("ignore", DeprecationWarning)
        helper.start()
    sender.close()
    try:
        mine = first()
        is_whole, theirs = receiver.recv()
    except EOFError as error:
        raise ComputationLost(
            "El proceso que ayudaba a calcular se interrumpió: repita la orden."
        ) from error
    finally:
        if helper.is_alive():
            helper.join(timeout=0.1)
        if helper.is_alive():
            helper.terminate()
        helper.join()
        receiver.close()
    if not is_whole:
        raise theirs
    return mine, theirs


def _carry_out(work: Callable[[], Any], sender: Connection) -> None:
    try:
        told = (True, work())
    except Exception as error:  # noqa: BLE001  # raised again where it is waited for
        told = (False, error)
    sender.send(told)
    sender.close()
