"""One render process: takes a connection, draws one job, answers, takes the next.

A job that hangs inside Mapnik or the database cannot be interrupted from Python; the alarm's default action ends
the whole process instead, and the server starts another.
"""

import ctypes
import logging
import resource
import signal
import socket
from typing import Any

from layers.render import wire
from layers.render.jobs import (
    MEDIA_TYPES,
    SECONDS_A_JOB,
    BadJob,
    Job,
    LegendJob,
    MapJob,
    from_json,
)

logger = logging.getLogger(__name__)

SECONDS_TO_SEND_A_JOB = 2.0
JOBS_A_LIFE = 20_000
MEMORY_A_LIFE_KIB = 900_000
_PR_SET_PDEATHSIG = 1


def work(listener: socket.socket) -> None:
    """Serves until it has done enough; then it ends, and a fresh process follows."""
    _end_with_parent()
    for _ in range(JOBS_A_LIFE):
        connection, _ = listener.accept()
        with connection:
            connection.settimeout(SECONDS_TO_SEND_A_JOB)
            try:
                _serve(connection)
            except (OSError, wire.BrokenFrame) as error:
                logger.info("client went away", extra={"action": "render", "reason": str(error)})
        if resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > MEMORY_A_LIFE_KIB:
            return


def _serve(connection: socket.socket) -> None:
    request = wire.receive_frame(connection, at_most=wire.MAX_REQUEST)
    signal.setitimer(signal.ITIMER_REAL, SECONDS_A_JOB)
    try:
        header, body = answer(request)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    connection.settimeout(SECONDS_A_JOB)
    wire.send_reply(connection, header, body)


def answer(request: bytes) -> tuple[dict[str, Any], bytes]:
    """Header and picture for a request's bytes. What went wrong is logged here and only named outside."""
    try:
        job = from_json(request)
        return {"status": "ok", "type": MEDIA_TYPES[job.canvas.format]}, _draw(job)
    except BadJob as error:
        logger.warning("bad job", extra={"action": "render", "reason": str(error)})
        return {"status": "bad_job"}, b""
    except RuntimeError as error:
        # Mapnik's words hold SQL and the database's address: they stay in our log.
        logger.error("rendering failed: %s", error, extra={"action": "render"})
        return {"status": "too_slow" if "statement timeout" in str(error) else "failed"}, b""


def _draw(job: Job) -> bytes:
    # Mapnik is loaded here, after the fork and in no other process.
    from layers.render import drawing, legend

    if isinstance(job, LegendJob):
        return legend.draw_legend(job)
    if not isinstance(job, MapJob):
        return legend.draw_message(job)
    try:
        return drawing.draw_map(job)
    except RuntimeError as error:
        if "statement timeout" in str(error):
            raise
        # After a restart of the database the first use of an old connection fails, the next one succeeds.
        logger.warning("rendering again: %s", error, extra={"action": "render"})
        drawing.forget_maps()
        return drawing.draw_map(job)


def _end_with_parent() -> None:
    """Were the server killed, its processes would hold the socket: the kernel ends them with it."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
