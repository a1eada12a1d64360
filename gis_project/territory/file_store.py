"""Files kept by their content: LINDERO_VAR/files/aa/<sha256>, each written once and never changed.

A file is on disk, whole and synced, before its row is committed: a deed that is rolled back leaves
at most bytes that nothing points to, never a row without its bytes.
"""

import hashlib
import os
import tempfile
from pathlib import Path
from typing import IO

from django.conf import settings

from gis_project.core.errors import DomainError
from gis_project.territory.models import StoredFile

_CHUNK = 1 << 20


class StoredFileMissing(DomainError):
    """A kept file is not on this server's disk: restore it from the backup."""

    code = "stored_file_missing"


class StoredFileDamaged(DomainError):
    """A kept file is no longer what was stored (its hash differs): restore it from the backup."""

    code = "stored_file_damaged"


def store_file(content: bytes | Path, *, media_type: str) -> StoredFile:
    """The row of this content, new or the one that was there (it keeps its first `media_type`).

    A `Path` is copied in pieces and stays where it is. Bytes that were lost or damaged on disk are
    written again when the same content comes.
    """
    store = Path(settings.MEDIA_ROOT)
    store.mkdir(mode=0o750, parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile(dir=store, prefix=".new-", delete=False) as file:
        try:
            digest = _copy(content, file.file)
            size = file.tell()
            if _is_whole(digest):
                os.unlink(file.name)
            else:
                file.flush()
                os.fsync(file.fileno())
                _give_to_owner_of(store, Path(file.name))
                _put(Path(file.name), path_of(digest))
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise
    StoredFile.objects.bulk_create(
        [StoredFile(sha256=digest, media_type=media_type, size_bytes=size)], ignore_conflicts=True
    )
    return StoredFile.objects.get(pk=digest)


def read_file(sha256: str) -> bytes:
    """The bytes stored under this hash, checked against it. Raises StoredFileMissing or StoredFileDamaged."""
    try:
        content = path_of(sha256).read_bytes()
    except FileNotFoundError:
        raise StoredFileMissing(
            "El archivo no está en el disco de este servidor: recupérelo del respaldo.",
            details={"sha256": sha256},
        ) from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise StoredFileDamaged(
            "El archivo guardado está dañado (su huella no coincide): recupérelo del respaldo.",
            details={"sha256": sha256},
        )
    return content


def copy_file(sha256: str, target: Path) -> None:
    """Write the bytes stored under this hash to `target`, checked on the way. Raises as `read_file`."""
    try:
        with target.open("wb") as file:
            found = _copy(path_of(sha256), file)
    except FileNotFoundError:
        raise StoredFileMissing(
            "El archivo no está en el disco de este servidor: recupérelo del respaldo.",
            details={"sha256": sha256},
        ) from None
    if found != sha256:
        raise StoredFileDamaged(
            "El archivo guardado está dañado (su huella no coincide): recupérelo del respaldo.",
            details={"sha256": sha256},
        )


def remove_file(sha256: str) -> None:
    """Take the bytes away for good; the row stays and tells what there was. For erasures ordered by law alone."""
    path_of(sha256).unlink(missing_ok=True)


def path_of(sha256: str) -> Path:
    """Where the bytes of this hash lie, whether or not they are there."""
    if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
        raise ValueError("A stored file is named by 64 lower-case hexadecimal digits")
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


def _copy(content: bytes | Path, target: IO[bytes]) -> str:
    """The hash of what was written, whatever happens to the source meanwhile."""
    if isinstance(content, bytes):
        target.write(content)
        return hashlib.sha256(content).hexdigest()
    running = hashlib.sha256()
    with content.open("rb") as source:
        while piece := source.read(_CHUNK):
            running.update(piece)
            target.write(piece)
    return running.hexdigest()


def _is_whole(digest: str) -> bool:
    try:
        with path_of(digest).open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == digest
    except FileNotFoundError:
        return False


def _put(new: Path, path: Path) -> None:
    path.parent.mkdir(mode=0o750, exist_ok=True)
    _give_to_owner_of(path.parent.parent, path.parent)
    os.replace(new, path)
    for folder in (path.parent, path.parent.parent):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _give_to_owner_of(store: Path, written: Path) -> None:
    """What root writes belongs to the user who serves, or that one could not write beside it."""
    if os.geteuid() == 0:
        owner = store.stat()
        os.chown(written, owner.st_uid, owner.st_gid)
