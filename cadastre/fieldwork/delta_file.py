"""QField's delta file: what was created, changed and deleted, laid upon the tables that the package held.

The format is QFieldCloud's `deltafile.json` (version 1.0): a list of deltas, each with its uuid, its layer, its
method and the values and geometry (WKT) before and after.
"""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import shapely

from cadastre.fieldwork.field_layer import IDENTITY
from gis_project.core.errors import InvalidInput

_ENDING = "_field"
_METHODS = ("create", "patch", "delete")
_MOST_DELTAS = 20_000
Table = list[dict[str, Any]]


class DeltaFileRefused(InvalidInput):
    """The file is no delta file of QField for this package: upload the one that QField wrote, or the GeoPackage."""

    code = "delta_file_refused"


def read_deltas(path: Path) -> list[dict[str, Any]]:
    """The deltas in their order, as QField wrote them; DeltaFileRefused."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise DeltaFileRefused("El archivo no es un JSON que se pueda leer.") from error
    deltas = told.get("deltas") if isinstance(told, dict) else None
    if not isinstance(deltas, list) or not all(_is_delta(delta) for delta in deltas):
        raise DeltaFileRefused("El archivo no es un archivo de cambios de QField (deltas).")
    if len(deltas) > _MOST_DELTAS:
        raise DeltaFileRefused(f"El archivo trae {len(deltas)} cambios; se admiten {_MOST_DELTAS}.")
    return deltas


def laid_upon(tables: Mapping[str, Table], deltas: Iterable[dict[str, Any]]) -> dict[str, Table]:
    """The tables after the deltas; one that arrives twice counts once, one of an unknown layer is refused."""
    after = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    seen: set[str] = set()
    for delta in deltas:
        if delta["uuid"] in seen:
            continue
        seen.add(delta["uuid"])
        name = str(delta.get("sourceLayerId") or delta.get("localLayerId")).removesuffix(_ENDING)
        if name not in after:
            raise DeltaFileRefused(
                f"El cambio {delta['uuid']} es de una capa que el paquete no tiene."
            )
        _lay(after[name], delta)
    return after


def _is_delta(delta: Any) -> bool:
    return (
        isinstance(delta, dict)
        and isinstance(delta.get("uuid"), str)
        and delta.get("method") in _METHODS
        and all(isinstance(delta.get(side), dict | None) for side in ("old", "new"))
    )


def _lay(rows: Table, delta: dict[str, Any]) -> None:
    new: dict[str, Any] = delta.get("new") or {}
    values = {**(new.get("attributes") or {})}
    if new.get("geometry") is not None:
        values["geom"] = _hex(new["geometry"], delta["uuid"])
    if delta["method"] == "create":
        rows.append({**values, "fid": delta.get("localPk")})
        return
    row = _row_of(rows, delta)
    if delta["method"] == "delete":
        rows.remove(row)
    else:
        row.update({name: value for name, value in values.items() if name != "fid"})


def _row_of(rows: Table, delta: dict[str, Any]) -> dict[str, Any]:
    """By the row's own identity where the delta tells it, else by its number in the package."""
    old = (delta.get("old") or {}).get("attributes") or {}
    identity = old.get(IDENTITY)
    key = str(delta.get("sourcePk") or delta.get("localPk"))
    for row in rows:
        if (row.get(IDENTITY) == identity) if identity else str(row.get("fid")) == key:
            return row
    raise DeltaFileRefused(f"El cambio {delta['uuid']} es de una fila que el paquete no tiene.")


def _hex(text: Any, delta: str) -> str:
    try:
        return str(shapely.to_wkb(shapely.from_wkt(str(text)), hex=True))
    except shapely.errors.GEOSException as error:
        raise DeltaFileRefused(f"La geometría del cambio {delta} no se puede leer.") from error
