"""Arrays in a folder: written whole or not at all, mapped into memory, checked when opened."""

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from gis_project.core.errors import Conflict

MANIFEST = "manifest.json"


class StoreDamaged(Conflict):
    """Files of the index are missing or were changed: build it again from the terrain."""

    code = "basin_index_damaged"


def write_arrays(
    folder: Path, facts: Mapping[str, Any], arrays: Mapping[str, NDArray[Any]]
) -> None:
    """Makes the folder with one .npy by name and a manifest of facts, shapes and checksums.

    Another process sees nothing or all of it. Where the folder is there already it stays: it is named by
    what it was made from.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    partial = Path(tempfile.mkdtemp(prefix=".partial-", dir=folder.parent))
    try:
        table = {name: _write(partial / f"{name}.npy", array) for name, array in arrays.items()}
        text = json.dumps({"facts": facts, "arrays": table}, indent=1, sort_keys=True)
        with open(partial / MANIFEST, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        partial.chmod(0o755)
        try:
            partial.rename(folder)
        except OSError:
            if not (folder / MANIFEST).exists():
                raise
        _sync_folder(folder.parent)
    finally:
        shutil.rmtree(partial, ignore_errors=True)  # there only when it was not renamed


def open_arrays(folder: Path) -> tuple[dict[str, Any], dict[str, NDArray[Any]]]:
    """The facts and the arrays, mapped. Every file must be there with the type, shape and length it was written with.

    The mapping is private: whoever writes to an array changes nothing on disk.
    """
    manifest = _manifest(folder)
    arrays = {}
    for name, told in manifest["arrays"].items():
        path = folder / f"{name}.npy"
        try:
            array = np.asarray(_mapped(path))
            length = path.stat().st_size
        except (OSError, ValueError) as error:
            raise _damaged(folder, name) from error
        if [str(array.dtype), list(array.shape), length] != told[:3]:
            raise _damaged(folder, name)
        arrays[name] = array
    return manifest["facts"], arrays


def check_contents(folder: Path) -> None:
    """Reads every byte and compares it with the checksums of the manifest."""
    for name, told in _manifest(folder)["arrays"].items():
        with open(folder / f"{name}.npy", "rb") as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != told[3]:
                raise _damaged(folder, name)


def _manifest(folder: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise _damaged(folder, MANIFEST) from error
    return manifest


def _mapped(path: Path) -> NDArray[Any]:
    # An empty file cannot be mapped.
    empty = np.load(path, mmap_mode=None) if path.stat().st_size <= 128 else None
    mapped: NDArray[Any] = empty if empty is not None else np.load(path, mmap_mode="c")
    return mapped


def _write(path: Path, array: NDArray[Any]) -> list[Any]:
    array = np.ascontiguousarray(array)
    with open(path, "wb") as file:
        np.lib.format.write_array(file, array, allow_pickle=False)
        header = file.tell() - array.nbytes
        file.flush()
        os.fsync(file.fileno())
    told = hashlib.sha256()
    with open(path, "rb") as file:
        told.update(file.read(header))
    told.update(array.data)
    return [str(array.dtype), list(array.shape), header + array.nbytes, told.hexdigest()]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _damaged(folder: Path, name: str) -> StoreDamaged:
    return StoreDamaged(
        "El índice del terreno está incompleto o dañado: vuelva a construirlo.",
        details={"version": folder.name, "file": name},
    )
