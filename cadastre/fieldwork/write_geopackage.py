"""The package's GeoPackage: a table for every layer, indexed, with the code lists as domains of their columns."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from cadastre.ficha.variables import VariableType
from cadastre.fieldwork.field_layer import IDENTITY, Column, FieldLayer, Shape
from cadastre.fieldwork.field_values import cell
from cadastre.fieldwork.layout import code_tables

_SCHEMA = (Path(__file__).parent / "field_domains.sql").read_text(encoding="utf-8")
GEOMETRY = "geom"
Rows = Sequence[Mapping[str, Any]]


def write_geopackage(
    path: Path, *, layers: Sequence[FieldLayer], rows: Mapping[str, Rows], srid: int
) -> None:
    """Write the new file: ``rows`` by layer hold canonical values, and WKB in ``geom`` in EPSG:``srid``."""
    _without_waiting_for_the_disk()
    for layer in layers:
        _write_layer(path, layer, rows.get(layer.name, ()), srid)
    for name, codes in code_tables(layers).items():
        names = {"code": list(codes.names), "name": list(codes.names.values())}
        _write(path, name, codes.title, None, names, srid, "")
    with closing(sqlite3.connect(path)) as database, database:
        database.executescript(_SCHEMA)
        for layer in layers:
            _tell_columns(database, layer)
            if IDENTITY in layer.names:
                database.execute(
                    f'CREATE INDEX "{layer.name}_{IDENTITY}" ON "{layer.name}" ("{IDENTITY}")'
                )


def _without_waiting_for_the_disk() -> None:
    """The file is a temporary one until it is whole; the store makes its copy safe."""
    from pyogrio import set_gdal_config_options

    set_gdal_config_options({"OGR_SQLITE_SYNCHRONOUS": "OFF"})


def _write_layer(path: Path, layer: FieldLayer, rows: Rows, srid: int) -> None:
    columns = {
        column.name: _column(column, [row.get(column.name) for row in rows])
        for column in layer.columns
    }
    shapes = None
    if layer.shape is not Shape.NONE:
        shapes = np.array([row[GEOMETRY] for row in rows], dtype=object)
    _write(path, layer.name, layer.title, shapes, columns, srid, layer.shape.value)


def _write(
    path: Path,
    name: str,
    title: str,
    shapes: NDArray[np.object_] | None,
    columns: Mapping[str, Any],
    srid: int,
    shape: str,
) -> None:
    from pyogrio import raw  # it brings GDAL: only who makes a package waits for it

    arrays, masks = [], []
    for values in columns.values():
        array, mask = values if isinstance(values, tuple) else (np.array(values, object), None)
        arrays.append(array)
        masks.append(mask)
    raw.write(
        path,
        shapes,
        arrays,
        list(columns),
        field_mask=masks,
        layer=name,
        driver="GPKG",
        geometry_type=shape or None,
        crs=f"EPSG:{srid}" if shape else None,
        append=path.exists(),
        dataset_options=None if path.exists() else {"VERSION": "1.3"},
        layer_options={"FID": "fid", "IDENTIFIER": name, "DESCRIPTION": title}
        | ({"GEOMETRY_NAME": GEOMETRY} if shape else {}),
    )


def _column(column: Column, values: list[Any]) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """The column's array and where nothing stands in it."""
    told = [cell(column, value) for value in values]
    empty = np.array([value is None for value in told], dtype=bool)
    match column.type:
        case VariableType.NUMBER:
            kind = np.int64 if column.decimals == 0 else np.float64
            return np.array([0 if v is None else v for v in told], dtype=kind), empty
        case VariableType.BOOLEAN:
            return np.array([bool(v) for v in told], dtype=bool), empty
        case VariableType.DATE:
            return np.array([v or "NaT" for v in told], dtype="datetime64[D]"), empty
    return np.array(told, dtype=object), empty


def _tell_columns(database: sqlite3.Connection, layer: FieldLayer) -> None:
    for column in layer.columns:
        domain = None
        if column.codes is not None and not column.list_name:
            domain = f"{layer.name}_{column.name}"
            database.executemany(
                "INSERT INTO gpkg_data_column_constraints VALUES (?, 'enum', ?, NULL, NULL, NULL, NULL, ?)",
                [(domain, code, name) for code, name in column.codes.items()],
            )
        # `name` must be unique in a table, and two columns may be called alike: the title is for people.
        database.execute(
            "INSERT INTO gpkg_data_columns VALUES (?, ?, NULL, ?, ?, NULL, ?)",
            (layer.name, column.name, column.label, column.unit or None, domain),
        )
