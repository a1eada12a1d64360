"""Seals for what the register keeps about one person: opened with that person's key, unreadable without it.

A key is random and stands in the database wrapped under LINDERO_PRIVACY_KEY, which does not: a copy of the
database alone opens nothing, and deleting one key ends what it sealed.
"""

import json
import os
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings

from gis_project.core.canonical import canonical_json

_NONCE = 12
_PURPOSE = b"lindero person key 1"


class SealBroken(RuntimeError):
    """What was sealed does not open: another key, or another LINDERO_PRIVACY_KEY than on the day it was made."""


def new_key() -> bytes:
    """A wrapped key, as it is stored."""
    return _seal(_wrapping_key(), AESGCM.generate_key(256))


def seal(wrapped_key: bytes, told: dict[str, Any]) -> bytes:
    """JSON values sealed with a person's key."""
    return _seal(_open(_wrapping_key(), wrapped_key), canonical_json(told))


def unseal(wrapped_key: bytes, sealed: bytes) -> dict[str, Any]:
    """What `seal` was given. Raises SealBroken."""
    told: dict[str, Any] = json.loads(_open(_open(_wrapping_key(), wrapped_key), sealed))
    return told


def _wrapping_key() -> bytes:
    stretch = HKDF(algorithm=SHA256(), length=32, salt=None, info=_PURPOSE)
    return stretch.derive(settings.PRIVACY_KEY.encode())


def _seal(key: bytes, content: bytes) -> bytes:
    nonce = os.urandom(_NONCE)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def _open(key: bytes, sealed: bytes) -> bytes:
    try:
        return AESGCM(key).decrypt(sealed[:_NONCE], sealed[_NONCE:], None)
    except InvalidTag as error:
        raise SealBroken("sealed with another key") from error
