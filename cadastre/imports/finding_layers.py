"""A GeoPackage of quality findings: a layer each for points, lines, areas, and findings without a place."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from pyogrio import raw
from shapely.geometry.base import BaseGeometry

from gis_project.core.crs import STORAGE_SRID

_LAYERS = {
    0: ("puntos", "MultiPoint"),
    1: ("lineas", "MultiLineString"),
    2: ("areas", "MultiPolygon"),
}
_NOWHERE = ("sin_lugar", None)
_BUILDERS: dict[str, Any] = {
    "MultiPoint": shapely.MultiPoint,
    "MultiLineString": shapely.MultiLineString,
    "MultiPolygon": shapely.MultiPolygon,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingRow:
    """One finding as the file tells it; `geom` in EPSG:32717."""

    rule: str
    title: str
    severity: str
    key: str
    message: str
    norm: str
    geom: BaseGeometry | None


def write_finding_layers(rows: Iterable[FindingRow], path: Path) -> Path:
    """The file at ``path``, made anew; a collection goes to the layer of its highest dimension."""
    path.unlink(missing_ok=True)
    layers: dict[tuple[str, str | None], list[FindingRow]] = {
        layer: [] for layer in (*_LAYERS.values(), _NOWHERE)
    }
    for row in rows:
        layers[_NOWHERE if row.geom is None else _LAYERS[_dimension(row.geom)]].append(row)
    for (name, kind), found in layers.items():
        _write(path, name, kind, found)
    return path


def _dimension(geom: BaseGeometry) -> int:
    return int(shapely.get_dimensions(geom))


def _write(path: Path, name: str, kind: str | None, rows: list[FindingRow]) -> None:
    columns = {
        "regla": [row.rule for row in rows],
        "titulo": [row.title for row in rows],
        "severidad": [row.severity for row in rows],
        "clave": [row.key for row in rows],
        "que_hacer": [row.message for row in rows],
        "norma": [row.norm for row in rows],
    }
    shapes = None
    if kind is not None:
        shapes = np.empty(len(rows), dtype=object)
        shapes[:] = [shapely.to_wkb(_multi(row.geom, kind)) for row in rows]
    raw.write(
        path,
        shapes,
        [np.array(values, dtype=object) for values in columns.values()],
        list(columns),
        layer=name,
        driver="GPKG",
        geometry_type=kind,
        crs=f"EPSG:{STORAGE_SRID}" if kind else None,
        append=path.exists(),
    )


def _multi(geom: BaseGeometry | None, kind: str) -> BaseGeometry:
    """The parts of the layer's kind; nothing else is changed."""
    single = kind.removeprefix("Multi")
    parts = [
        part
        for part in shapely.get_parts(shapely.get_parts(np.array([geom])))
        if part.geom_type == single
    ]
    built: BaseGeometry = _BUILDERS[kind](parts)
    return built
