"""Encryption of what is kept in a backup: a stream of sealed chunks, opened with a passphrase.

Each file has a key of its own (HKDF over the passphrase's scrypt key, a random salt and the file's
name), each chunk a counter and a mark on the last one. Changed, reordered, exchanged or shortened
files do not open.
"""

import base64
import hashlib
import hmac
import json
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from gis_project.core.errors import Conflict, InvalidInput

MAGIC = b"LINDERO-SEALED-1\n"
CHUNK_BYTES = 1 << 20
TAG_BYTES = 16
HEADER_LIMIT = 4096
SCRYPT_LIMIT = 1 << 20  # a forged header must not fill the memory


class DamagedBackup(Conflict):
    """Something in the backup is not what was written: use another copy or another set."""

    code = "damaged_backup"


class WrongPassphrase(InvalidInput):
    """The passphrase does not open this backup: look for the one it was made with."""

    code = "wrong_passphrase"


@dataclass(frozen=True, slots=True)
class Stretch:
    """How a passphrase becomes a key (scrypt); stands in the clear beside what it protects."""

    salt: bytes = field(default_factory=lambda: os.urandom(16))
    n: int = 1 << 16
    r: int = 8
    p: int = 1

    def as_json(self) -> dict[str, Any]:
        return {"salt": base64.b64encode(self.salt).decode(), "n": self.n, "r": self.r, "p": self.p}

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "Stretch":
        stretch = cls(salt=base64.b64decode(data["salt"]), n=data["n"], r=data["r"], p=data["p"])
        if not (1 < stretch.n <= SCRYPT_LIMIT and 0 < stretch.r <= 16 and 0 < stretch.p <= 4):
            raise DamagedBackup("El encabezado cifrado pide un cálculo fuera de todo límite.")
        return stretch


@dataclass(frozen=True, slots=True)
class Key:
    """A passphrase and how it is stretched."""

    passphrase: bytes = field(repr=False)
    stretch: Stretch = field(default_factory=Stretch)

    def secret(self, purpose: str, salt: bytes = b"") -> bytes:
        """32 bytes for one purpose."""
        master = _master(self.passphrase, self.stretch)
        return HKDF(algorithm=SHA256(), length=32, salt=salt, info=purpose.encode()).derive(master)

    def check_value(self) -> str:
        """Tells a wrong passphrase from a damaged file."""
        return self.secret("lindero check")[:8].hex()

    def signature(self, message: bytes) -> str:
        """HMAC-SHA-256 of a message that stays readable."""
        return hmac.new(self.secret("lindero signature"), message, hashlib.sha256).hexdigest()


@lru_cache(maxsize=8)
def _master(passphrase: bytes, stretch: Stretch) -> bytes:
    return hashlib.scrypt(
        passphrase,
        salt=stretch.salt,
        n=stretch.n,
        r=stretch.r,
        p=stretch.p,
        maxmem=256 * stretch.n * stretch.r,
        dklen=32,
    )


def seal(chunks: Iterable[bytes], *, key: Key, name: str) -> Iterator[bytes]:
    """The sealed stream of `chunks`; it opens only under the same `name`."""
    salt = os.urandom(32)
    header = json.dumps(
        {
            "stretch": key.stretch.as_json(),
            "check": key.check_value(),
            "salt": base64.b64encode(salt).decode(),
        }
    ).encode()
    yield MAGIC + len(header).to_bytes(4, "big") + header
    cipher = AESGCM(key.secret(f"lindero file {name}", salt))
    counter, waiting = 0, b""
    for chunk in _even(chunks):
        if waiting:
            yield cipher.encrypt(_nonce(counter, last=False), waiting, header)
            counter += 1
        waiting = chunk
    yield cipher.encrypt(_nonce(counter, last=True), waiting, header)


def unseal(source: BinaryIO, *, passphrase: bytes, name: str) -> Iterator[bytes]:
    """The bytes that `seal` was given. WrongPassphrase and DamagedBackup say what is the matter."""
    header = _header(source, name)
    told = json.loads(header)
    key = Key(passphrase, Stretch.from_json(told["stretch"]))
    check_opens(key, told["check"])
    cipher = AESGCM(key.secret(f"lindero file {name}", base64.b64decode(told["salt"])))
    counter, sealed = 0, source.read(CHUNK_BYTES + TAG_BYTES)
    while True:
        following = source.read(CHUNK_BYTES + TAG_BYTES)
        try:
            yield cipher.decrypt(_nonce(counter, last=not following), sealed, header)
        except InvalidTag as error:
            raise DamagedBackup(
                f"«{name}» está dañado o recortado (bloque {counter}). Use otra copia del respaldo.",
                details={"name": name, "chunk": counter},
            ) from error
        if not following:
            return
        counter, sealed = counter + 1, following


def check_opens(key: Key, check: str) -> None:
    """Refuses a passphrase whose check value is another."""
    if not hmac.compare_digest(key.check_value(), check):
        raise WrongPassphrase(
            "La frase no abre este respaldo: busque el archivo de la frase con que se hizo."
        )


def _header(source: BinaryIO, name: str) -> bytes:
    start = source.read(len(MAGIC) + 4)
    length = int.from_bytes(start[len(MAGIC) :], "big")
    header = source.read(length) if 0 < length <= HEADER_LIMIT else b""
    if start[: len(MAGIC)] != MAGIC or not header or len(header) != length:
        raise DamagedBackup(f"«{name}» no es un archivo cifrado de Lindero, o está dañado.")
    return header


def _nonce(counter: int, *, last: bool) -> bytes:
    return counter.to_bytes(11, "big") + bytes([last])


def _even(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in chunks of CHUNK_BYTES, the last one shorter."""
    rest = bytearray()
    for chunk in chunks:
        rest += chunk
        while len(rest) >= CHUNK_BYTES:
            yield bytes(rest[:CHUNK_BYTES])
            del rest[:CHUNK_BYTES]
    if rest:
        yield bytes(rest)
