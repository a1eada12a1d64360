"""Reading somebody's file in a process that may die of it; what comes back is plain data."""

import json
import os
import signal
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from cadastre.imports import raw_layer
from cadastre.imports.limits import COMMAND, ReadingLimits
from cadastre.imports.raw_layer import RawLayer
from gis_project.core.errors import InvalidInput

_ROOT = Path(__file__).resolve().parents[2]
_KEPT_VARIABLES = ("PATH", "LANG", "LC_ALL", "TMPDIR", "VIRTUAL_ENV", "LD_LIBRARY_PATH")


class FileRefused(InvalidInput):
    """The file was not read; the message says why and what to do."""

    code = "file_refused"


class FileNotThere(InvalidInput):
    """There is no file of that name: check the path."""

    code = "file_not_there"


def read_file(
    path: Path,
    *,
    layer: str | None = None,
    limits: ReadingLimits = COMMAND,
    table: dict[str, Any] | None = None,
) -> RawLayer:
    """The records of ``path``. ``table`` says which columns of a sheet hold the geometry, and what else is wanted.

    ``labels``: the texts of a drawing; ``lines``: open lines too, also of a sheet's vertices; ``whole``: a sheet
    that names no lots is one.

    Raises ``FileRefused`` for whatever cannot be read within the limits.
    """
    if not path.exists():
        raise FileNotThere(f"No existe el archivo «{path.name}».")
    size = sum(part.stat().st_size for part in ([path] if path.is_file() else path.iterdir()))
    if size > limits.file_bytes:
        raise FileRefused(
            f"El archivo pesa {size // 1024**2} MiB; se admiten {limits.file_bytes // 1024**2}."
        )
    with tempfile.TemporaryDirectory(prefix="lindero-read-") as name:
        folder = Path(name)
        order = {
            "path": str(path.resolve()),
            "layer": layer,
            "folder": str(folder),
            "limits": asdict(limits),
            "table": table or {},
        }
        order_file = folder / "order.json"
        order_file.write_text(json.dumps(order), encoding="utf-8")
        run_child(order_file, limits)
        refusal = folder / "refusal.json"
        if refusal.exists():
            told = json.loads(refusal.read_text(encoding="utf-8"))
            raise FileRefused(told["message"], details={"reason": told["code"]})
        return raw_layer.read(folder, most_bytes=limits.handover_bytes)


def run_child(
    order_file: Path, limits: ReadingLimits, *, module: str = "cadastre.imports.read_file"
) -> None:
    """Let a process of its own carry out the order; FileRefused when it dies of the file or of its limits."""
    environment = {name: os.environ[name] for name in _KEPT_VARIABLES if name in os.environ}
    try:
        done = subprocess.run(
            [sys.executable, "-m", module, str(order_file)],
            cwd=_ROOT,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=limits.wall_s,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise FileRefused(
            "El archivo tarda demasiado en leerse: divídalo o expórtelo como GeoPackage.",
            details={"reason": "too_slow"},
        ) from error
    if done.returncode == 0:
        return
    last = done.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or [""]
    if done.returncode in (-signal.SIGXCPU, -signal.SIGKILL, -signal.SIGXFSZ) or any(
        sign in last[0] for sign in ("MemoryError", "File too large", "Cannot allocate")
    ):
        raise FileRefused(
            "El archivo necesita más memoria, tiempo o espacio de lo permitido: divídalo.",
            details={"reason": "over_limits", "exit": done.returncode},
        )
    raise FileRefused(
        "El archivo está dañado y su lectura se detuvo: expórtelo de nuevo como GeoPackage.",
        details={"reason": "reader_failed", "exit": done.returncode, "told": last[0][:300]},
    )
