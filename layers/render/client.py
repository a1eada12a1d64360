"""Asks a render process for a picture."""

import os
import socket
import time
from dataclasses import dataclass

from django.conf import settings

from layers.render import wire
from layers.render.jobs import SECONDS_A_JOB, Job, to_json

PATIENCE_S = SECONDS_A_JOB + 2.0
_SOON_S = 2.0


class RenderUnavailable(Exception):
    """No render process can take the job now; ask again after `retry_after` seconds."""

    def __init__(self, reason: str, *, retry_after: int) -> None:
        super().__init__(reason)
        self.retry_after = retry_after


class RenderTooSlow(Exception):
    """The picture needs more of the database than one request may have."""


class RenderFailed(Exception):
    """A render process could not draw it; why is in its log."""


@dataclass(frozen=True, slots=True)
class Picture:
    media_type: str
    body: bytes


def draw(job: Job) -> Picture:
    """The picture of a job. A process that dies over it is survived once: drawing changes nothing.

    Raises RenderUnavailable, RenderTooSlow or RenderFailed.
    """
    began = time.monotonic()
    request = to_json(job)
    try:
        header, body = _ask(request)
    except (ConnectionResetError, BrokenPipeError, wire.BrokenFrame) as error:
        if time.monotonic() - began > _SOON_S:
            raise RenderTooSlow from error  # ended by its own alarm: it would end so again
        header, body = _ask(request)
    match header["status"]:
        case "ok":
            return Picture(header["type"], body)
        case "too_slow":
            raise RenderTooSlow
        case _:
            raise RenderFailed(header["status"])


def _ask(request: bytes) -> tuple[dict[str, str], bytes]:
    with socket.socket(socket.AF_UNIX) as connection:
        # Connecting does not wait: when the queue is full the client hears so at once.
        connection.setblocking(False)
        try:
            connection.connect(os.fspath(settings.RENDER_SOCKET))
        except (FileNotFoundError, ConnectionRefusedError, BlockingIOError) as error:
            raise RenderUnavailable(type(error).__name__, retry_after=2) from error
        connection.settimeout(PATIENCE_S)
        try:
            wire.send_frame(connection, request)
            return wire.receive_reply(connection)
        except TimeoutError as error:
            raise RenderTooSlow from error
