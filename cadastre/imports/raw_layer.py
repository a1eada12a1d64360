"""What was read from a file before anything was judged, and how it passes between two processes.

The reader writes four plain files into a folder: `layer.json`, `records.jsonl`, `shapes.bin` and
`offsets.npy`. Nothing in them can run.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from gis_project.core.errors import InvalidInput


class TooMuchRead(InvalidInput):
    """The file holds more records or text than may be taken at once: split it."""

    code = "too_much_read"


@dataclass(frozen=True, slots=True)
class RawRecord:
    """One record as the file has it.

    ``shape`` is two-dimensional WKB of a Polygon or MultiPolygon (of a line too where the reader was asked for
    them), or ``None``; then ``flaw`` says why
    (code, Spanish message) and ``raw_hex`` keeps the start of what stood there. ``is_predio`` is false
    for what cannot be one (an open line of a drawing, a vertex without key).
    """

    position: int
    attributes: dict[str, Any]
    shape: bytes | None = None
    flaw: tuple[str, str] | None = None
    flaw_at: tuple[float, float] | None = None
    raw_hex: str = ""
    is_predio: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RawLayer:
    """A layer as read: where it came from, its CRS as EPSG code (if it says one), its records."""

    format: str
    layer: str
    crs_text: str = ""
    srid: int | None = None
    fields: list[str] = field(default_factory=list)
    encoding: str = ""
    samples: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    has_lost_network: bool = False
    records: list[RawRecord] = field(default_factory=list)


def write(folder: Path, layer: RawLayer) -> None:
    """Leave ``layer`` in ``folder`` for the other process."""
    told = {name: getattr(layer, name) for name in RawLayer.__slots__ if name != "records"}
    offsets = [0]
    with (
        (folder / "shapes.bin").open("wb") as shapes,
        (folder / "records.jsonl").open("w", encoding="utf-8") as lines,
    ):
        for record in layer.records:
            row = asdict(record)
            shape = row.pop("shape") or b""
            shapes.write(shape)
            offsets.append(offsets[-1] + len(shape))
            lines.write(json.dumps(row, ensure_ascii=False, allow_nan=False) + "\n")
    np.save(folder / "offsets.npy", np.array(offsets, dtype=np.int64), allow_pickle=False)
    (folder / "layer.json").write_text(json.dumps(told, ensure_ascii=False), encoding="utf-8")


def read(folder: Path, *, most_bytes: int) -> RawLayer:
    """The layer that the other process left in ``folder``."""
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file())
    if size > most_bytes:
        raise TooMuchRead("El archivo trae demasiados datos para una sola carga: divídalo.")
    told = json.loads((folder / "layer.json").read_text(encoding="utf-8"))
    return RawLayer(**told, records=list(_records(folder)))


def _records(folder: Path) -> Iterator[RawRecord]:
    offsets = np.load(folder / "offsets.npy", allow_pickle=False).tolist()
    shapes = (folder / "shapes.bin").read_bytes()
    with (folder / "records.jsonl").open(encoding="utf-8") as lines:
        for start, end, line in zip(offsets, offsets[1:], lines, strict=False):
            row = json.loads(line)
            for name in ("flaw", "flaw_at"):
                row[name] = tuple(row[name]) if row[name] is not None else None
            yield RawRecord(**row, shape=shapes[start:end] or None)


def name_samples(records: Iterable[dict[str, Any]], wanted: int = 10) -> list[str]:
    """Up to ten different texts of the file, those with letters beyond ASCII first: is ñ right?"""
    beyond: dict[str, None] = {}
    plain: dict[str, None] = {}
    for attributes in records:
        for value in attributes.values():
            if isinstance(value, str) and any(sign.isalpha() for sign in value):
                (plain if value.isascii() else beyond).setdefault(" ".join(value.split())[:60])
        if len(beyond) >= wanted:
            break
    return [*beyond, *plain][:wanted]
