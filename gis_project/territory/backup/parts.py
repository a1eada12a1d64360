"""One stored file of a backup: compressed, sealed where there is a key, on the disk before it counts."""

import hashlib
import io
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from isal import isal_zlib

from gis_project.territory.backup.sealed import DamagedBackup, Key, seal, unseal

READ_BYTES = 1 << 20
# The stub takes the class for an instance.
BROKEN_STREAM: type[Exception] = isal_zlib.IsalError  # type: ignore[assignment]
GZIP = 31  # window bits: a gzip file, which any tool opens once it is unsealed


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """`file` is its name; size and SHA-256 of what lies on the disk, SHA-256 of what was put in."""

    file: str
    bytes: int
    sha256: str
    plain_bytes: int
    plain_sha256: str


def store(chunks: Iterable[bytes], *, path: Path, name: str, key: Key | None) -> Part:
    """Writes `path` (plus its suffix) anew; it appears under its name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    final = with_suffix(path, sealed=key is not None)
    partial = final.with_name(f"{final.name}.part")
    plain, stored = _Counter(), _Counter()
    packed = _compressed(plain.passing(chunks))
    with partial.open("wb") as out:
        for chunk in stored.passing(seal(packed, key=key, name=name) if key else packed):
            out.write(chunk)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(final)
    handle = os.open(final.parent, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)
    return Part(
        file=final.name,
        bytes=stored.bytes,
        sha256=stored.digest.hexdigest(),
        plain_bytes=plain.bytes,
        plain_sha256=plain.digest.hexdigest(),
    )


def contents(path: Path, *, name: str, passphrase: bytes | None) -> Iterator[bytes]:
    """What was stored at `path` (its full name); damage is told by DamagedBackup."""
    engine = isal_zlib.decompressobj(wbits=GZIP)
    with path.open("rb") as source:
        packed: Iterable[bytes] = (
            unseal(source, passphrase=passphrase, name=name)
            if passphrase is not None
            else iter(lambda: source.read(READ_BYTES), b"")
        )
        try:
            for chunk in packed:
                yield engine.decompress(chunk)
            yield engine.flush()
        except BROKEN_STREAM as error:
            raise _damaged(path) from error
    if not engine.eof or engine.unused_data:
        raise _damaged(path)


def check_stored(folder: Path, part: Part) -> None:
    """Refuses a part that is missing or has other bytes than the manifest says."""
    path = folder / part.file
    if not path.is_file():
        raise DamagedBackup(f"Falta {path}: el respaldo no está completo.")
    with path.open("rb") as source:
        if hashlib.file_digest(source, "sha256").hexdigest() != part.sha256:
            raise _damaged(path)


def with_suffix(path: Path, *, sealed: bool) -> Path:
    return path.with_name(f"{path.name}.gz{'.sealed' if sealed else ''}")


def file_chunks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as source:
        while chunk := source.read(READ_BYTES):
            yield chunk


class ChunkReader(io.RawIOBase):
    """A stream of chunks as a file that can be read once."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._rest = memoryview(b"")

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        while not self._rest:
            chunk = next(self._chunks, None)
            if chunk is None:
                return 0
            self._rest = memoryview(chunk)
        count = min(len(buffer), len(self._rest))
        buffer[:count] = self._rest[:count]
        self._rest = self._rest[count:]
        return count


class _Counter:
    def __init__(self) -> None:
        self.bytes = 0
        self.digest = hashlib.sha256()

    def passing(self, chunks: Iterable[bytes]) -> Iterator[bytes]:
        for chunk in chunks:
            self.bytes += len(chunk)
            self.digest.update(chunk)
            yield chunk


def _compressed(chunks: Iterable[bytes]) -> Iterator[bytes]:
    engine = isal_zlib.compressobj(level=2, wbits=GZIP)
    for chunk in chunks:
        if packed := engine.compress(chunk):
            yield packed
    yield engine.flush()


def _damaged(path: Path) -> DamagedBackup:
    return DamagedBackup(
        f"{path} está dañado: no tiene los bytes que se escribieron. Use otra copia u otro juego.",
        details={"file": path.name},
    )
