"""One request to a registry: to an allowed host only, over TLS, bounded in time and size, following nothing."""

import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlsplit

from cadastre.lookups.registry import Garbled, Unreachable

MAX_BYTES = 256 * 1024
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """How registries may be reached: the hosts, the seconds a whole answer may take, a CA file of one's own."""

    hosts: tuple[str, ...]
    timeout_s: float
    ca_file: str = ""


def fetch(
    url: str, *, line: Line, headers: dict[str, str], body: bytes | None = None
) -> bytes | None:
    """The answer's bytes, POSTing `body` if there is one; None for 404. Unreachable, Garbled."""
    connection, path = _connection(url, line)
    deadline = time.monotonic() + line.timeout_s
    try:
        connection.connect()
        with _hung_up_after(line.timeout_s, connection.sock):
            connection.request(
                "POST" if body is not None else "GET", path, body=body, headers=headers
            )
            response = connection.getresponse()
            if response.status in (204, 404):
                return None
            if response.status != 200:
                raise Unreachable(f"El registro respondió {response.status}: intente más tarde.")
            content = b""
            while piece := response.read1(16 * 1024):
                content += piece
                if len(content) > MAX_BYTES:
                    raise Garbled("El registro respondió demasiado: avise a su soporte.")
        if time.monotonic() > deadline:
            raise Unreachable("El registro tarda demasiado: siga con los papeles presentados.")
        return content
    except (OSError, HTTPException) as error:
        raise Unreachable("El registro no responde: siga con los papeles presentados.") from error
    finally:
        connection.close()


@contextmanager
def _hung_up_after(seconds: float, line: socket.socket) -> Iterator[None]:
    """A server that drips bytes never reaches the socket's own timeout."""

    def hang_up() -> None:
        with suppress(OSError):  # closed meanwhile
            line.shutdown(socket.SHUT_RDWR)

    timer = threading.Timer(seconds, hang_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _connection(url: str, line: Line) -> tuple[HTTPConnection, str]:
    parts = urlsplit(url)
    host = parts.hostname or ""
    if host not in line.hosts:
        raise Unreachable(f"«{host}» no está entre los registros que se pueden consultar.")
    path = parts.path + (f"?{parts.query}" if parts.query else "")
    if parts.scheme == "https":
        context = ssl.create_default_context(cafile=line.ca_file or None)
        return HTTPSConnection(host, parts.port, timeout=line.timeout_s, context=context), path
    if parts.scheme == "http" and host in _LOOPBACK:
        return HTTPConnection(host, parts.port, timeout=line.timeout_s), path
    raise Unreachable("La dirección del registro debe empezar por https://.")
