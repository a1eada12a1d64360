"""The opaque mark of where a page ended: the last feature's identity and version."""

import base64
import binascii
import struct
import uuid
from typing import NamedTuple

from gis_project.core.errors import BadRequest

_PACKED = struct.Struct(">16sq")


class BadCursor(BadRequest):
    """``cursor`` is taken as it is from a ``next`` link; start again without it."""

    code = "bad_cursor"


class Key(NamedTuple):
    """Where a feature stands in the order of pages."""

    id: uuid.UUID
    version: int


def write_cursor(key: Key) -> str:
    """Text for the address of the page after ``key``."""
    packed = _PACKED.pack(key.id.bytes, key.version)
    return base64.urlsafe_b64encode(packed).decode().rstrip("=")


def read_cursor(text: str) -> Key:
    """The key in a cursor that we wrote."""
    try:
        if len(text) != 32:
            raise ValueError
        identity, version = _PACKED.unpack(base64.b64decode(text, altchars=b"-_", validate=True))
    except (ValueError, binascii.Error, struct.error):
        raise BadCursor(
            "El cursor no es válido: siga el enlace «next» de la página anterior."
        ) from None
    return Key(uuid.UUID(bytes=identity), version)
