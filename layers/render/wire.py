"""Frames on the socket: four bytes of length, then the bytes. A reply is two frames, header (JSON) and picture."""

import json
import socket
import struct
from typing import Any

MAX_REQUEST = 64 * 1024
MAX_REPLY = 128 * 1024 * 1024
_LENGTH = struct.Struct("!I")


class BrokenFrame(ConnectionError):
    """The other side went away in the middle of a frame, or announced more than it may send."""


def send_frame(connection: socket.socket, data: bytes) -> None:
    connection.sendall(_LENGTH.pack(len(data)) + data)


def receive_frame(connection: socket.socket, *, at_most: int) -> bytes:
    (length,) = _LENGTH.unpack(_receive(connection, _LENGTH.size))
    if length > at_most:
        raise BrokenFrame(f"{length} bytes announced")
    return _receive(connection, length)


def send_reply(connection: socket.socket, header: dict[str, Any], body: bytes = b"") -> None:
    send_frame(connection, json.dumps(header).encode())
    send_frame(connection, body)


def receive_reply(connection: socket.socket) -> tuple[dict[str, Any], bytes]:
    header = json.loads(receive_frame(connection, at_most=MAX_REQUEST))
    return header, receive_frame(connection, at_most=MAX_REPLY)


def _receive(connection: socket.socket, length: int) -> bytes:
    buffer = bytearray(length)
    view = memoryview(buffer)
    while view:
        count = connection.recv_into(view)
        if not count:
            raise BrokenFrame("connection closed")
        view = view[count:]
    return bytes(buffer)
