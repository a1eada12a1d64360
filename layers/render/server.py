"""The pool of render processes behind one Unix socket.

The processes are forked before anything starts a thread and all accept from the same listening socket; the kernel
hands each connection to one that is free. What waits is bounded by the socket's queue: a client beyond it is told
at once to come back later.
"""

import logging
import os
import signal
import socket
import tempfile
import time
from pathlib import Path

from layers.render import hatches, worker

logger = logging.getLogger(__name__)

MAX_SOCKET_PATH = 107
WAITING_JOBS = 64
_PAUSE_AFTER_DEATH_S = 0.2


class CannotListen(Exception):
    """The socket cannot be made; the message (es) says what to do."""


_STOP = {signal.SIGTERM, signal.SIGINT}
_HEARD = _STOP | {signal.SIGCHLD}


def serve(socket_path: Path, *, processes: int) -> None:
    """Keeps `processes` render processes at work until SIGTERM or SIGINT."""
    signals = _hear_signals()
    listener = _listen(socket_path)
    children: set[int] = set()
    with tempfile.TemporaryDirectory(prefix="lindero-hatches-") as folder:
        hatches.keep_images_in(Path(folder))
        try:
            while True:
                while len(children) < processes:
                    children.add(_fork(listener))
                if _STOP & set(signals.recv(64)):
                    break
                _reap(children)
        finally:
            logger.info("stopping", extra={"action": "render_server"})
            socket_path.unlink(missing_ok=True)
            for child in children:
                os.kill(child, signal.SIGKILL)  # one just forked does not hear anything else yet
            for child in children:
                os.waitpid(child, 0)


def _hear_signals() -> socket.socket:
    """The end of a pair from which the numbers of signals can be read.

    An exception out of a handler is lost when the signal comes in the middle of a fork; a byte in a pipe is not.
    """
    ours, pythons = socket.socketpair()
    pythons.setblocking(False)
    signal.set_wakeup_fd(pythons.detach())
    for number in _HEARD:
        signal.signal(number, lambda *_: None)
    return ours


def _listen(path: Path) -> socket.socket:
    if len(os.fsencode(path)) > MAX_SOCKET_PATH:
        raise CannotListen(
            f"La ruta {path} es demasiado larga para un socket (máximo {MAX_SOCKET_PATH} bytes): "
            "indique otra con LINDERO_RENDER_SOCKET."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    listener = socket.socket(socket.AF_UNIX)
    if path.exists():
        try:
            listener.connect(os.fspath(path))
        except ConnectionRefusedError:
            path.unlink()  # left behind by a server that was killed
        else:
            raise CannotListen(f"Ya hay un servidor de mapas en {path}.")
    before = os.umask(0o177)
    try:
        listener.bind(os.fspath(path))
    finally:
        os.umask(before)
    listener.listen(WAITING_JOBS)
    return listener


def _fork(listener: socket.socket) -> int:
    child = os.fork()
    if child:
        return child
    status = 1
    try:
        signal.set_wakeup_fd(-1)
        for number in _HEARD:
            signal.signal(number, signal.SIG_DFL)
        worker.work(listener)
        status = 0
    except Exception:
        logger.exception("render process ended", extra={"action": "render_server"})
    finally:
        os._exit(status)  # nothing of the parent's (hatches, socket) is cleaned up by a child


def _reap(children: set[int]) -> None:
    """Takes leave of the processes that have ended. After a failure it waits, or a broken start would spin."""
    for child in list(children):
        ended, status = os.waitpid(child, os.WNOHANG)
        if not ended:
            continue
        children.discard(child)
        code = os.waitstatus_to_exitcode(status)
        logger.info("render process ended", extra={"action": "render_server", "code": code})
        if code != 0:
            time.sleep(_PAUSE_AFTER_DEATH_S)
