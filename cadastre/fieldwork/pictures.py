"""Photographs of a return: which file each row means, by the end of its path."""

from collections.abc import Mapping, Sequence
from typing import Any

from cadastre.fieldwork.field_layer import PHOTOGRAPHS
from cadastre.fieldwork.open_return import Picture

Row = dict[str, Any]


def with_pictures(
    tables: Mapping[str, Sequence[Row]], pictures: Sequence[Picture]
) -> tuple[dict[str, list[Row]], list[str]]:
    """The tables with the hash of each photograph's file, and the paths whose file did not come.

    Rows without file leave the table: their predio would cite a photograph that nobody has.
    """
    missing: list[str] = []
    kept: list[Row] = []
    for row in tables.get(PHOTOGRAPHS, ()):
        path = str(row.get("path") or "").replace("\\", "/").lstrip("./")
        if row.get("sha256") and not path:
            kept.append(row)
            continue
        found = next((p for p in pictures if p.media_type and _is(p.name, path)), None)
        if found is None:
            missing.append(path or "sin archivo")
        else:
            kept.append({**row, "sha256": found.sha256})
    return {**{name: list(rows) for name, rows in tables.items()}, PHOTOGRAPHS: kept}, missing


def _is(name: str, path: str) -> bool:
    name = name.replace("\\", "/")
    return bool(path) and (name == path or name.endswith(f"/{path}"))
