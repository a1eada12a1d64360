"""A sheet as a layer: geometry from a WKT column, or rings from rows of X and Y. In the child process."""

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.geometry.polygon_checks import size_flaws
from cadastre.imports.formats import FileFormat
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer, RawRecord, name_samples
from cadastre.imports.tables import Table, read_table
from gis_project.core.errors import InvalidInput

_WKT_NAMES = ("wkt", "geom", "geometry", "geometria", "geometría", "the_geom", "wkt_geom", "shape")
_X_NAMES = ("x", "este", "easting", "coord_x", "coordenada_x", "longitud", "lon", "lng")
_Y_NAMES = ("y", "norte", "northing", "coord_y", "coordenada_y", "latitud", "lat")
_ORDER_NAMES = ("orden", "vertice", "vértice", "punto", "secuencia", "order")
_LOT_NAMES = (
    "lote",
    "clave",
    "clave catastral",
    "clave_catastral",
    "predio",
    "poligono",
    "polígono",
)
_SRID_PREFIX = re.compile(r"SRID=(\d{4,6});", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:E[+-]?\d+)?", re.IGNORECASE)
_MOST_WKT = 1024 * 1024
_FEWEST_VERTICES = 3
_FEWEST_OF_A_LINE = 2

_NO_GEOMETRY = ("no_geometry", "El registro no tiene geometría: dibuje el predio.")
_BAD_WKT = ("unreadable_geometry", "El texto WKT está dañado y no se puede leer.")
_NOT_A_POLYGON = (
    "not_a_polygon",
    "La geometría no es un polígono: dibuje el predio como polígono.",
)
_CURVED = ("curved", "La geometría tiene arcos: conviértalos en segmentos.")
_NO_KEY = (
    "vertex_without_key",
    "El vértice no dice de qué predio es: complete la columna de la clave.",
)
_BAD_NUMBER = ("unreadable_geometry", "Una coordenada no es un número: corrija la columna X o Y.")
_FEW = ("too_few_vertices", "El predio tiene menos de tres vértices en la hoja.")


class NoGeometryColumns(InvalidInput):
    """The sheet has neither a WKT column nor X and Y: name them in the mapping file."""

    code = "no_geometry_columns"


def read_table_layer(
    path: Path, *, file_format: FileFormat, order: dict[str, Any], most_records: int
) -> RawLayer:
    """The sheet's rows as records; for X/Y sheets one record per key, its rows being the vertices."""
    table = read_table(path, file_format=file_format, sheet=order["layer"], most_rows=most_records)
    asked = order["table"]
    if not asked.get("has_geometry", True):
        records = [RawRecord(position=i, attributes=row) for i, row in enumerate(table.rows, 1)]
        return _layer(table, file_format, records, None, [])
    wkt = _column(table, asked.get("wkt"), _WKT_NAMES)
    if wkt is not None:
        records, srid = _from_wkt(table, wkt)
        return _layer(table, file_format, records, srid, [])
    x = _column(table, asked.get("x"), _X_NAMES)
    y = _column(table, asked.get("y"), _Y_NAMES)
    is_whole = bool(asked.get("whole"))
    key = _column(table, asked.get("key"), _LOT_NAMES if is_whole else ())
    if x is None or y is None or (key is None and not is_whole):
        raise NoGeometryColumns(
            "La hoja necesita una columna WKT, o columnas X e Y y la clave del predio (--key-field o "
            f"--id-field). Columnas: {', '.join(table.header)}."
        )
    sequence = _column(table, asked.get("order"), _ORDER_NAMES)
    with_lines = bool(asked.get("lines")) and key is None  # rows of named lots are their corners
    records = _from_vertices(table, x=x, y=y, key=key, sequence=sequence, with_lines=with_lines)
    notice = f"{len(table.rows)} filas de vértices forman {len(records)} registros."
    return _layer(table, file_format, records, None, [notice])


def _layer(
    table: Table,
    file_format: FileFormat,
    records: list[RawRecord],
    srid: int | None,
    notices: list[str],
) -> RawLayer:
    return RawLayer(
        format=file_format.value,
        layer=table.name,
        srid=srid,
        crs_text=f"EPSG:{srid}" if srid else "",
        fields=table.header,
        encoding=table.encoding,
        samples=name_samples(record.attributes for record in records),
        notices=notices,
        records=[replace(record, position=i) for i, record in enumerate(records, 1)],
    )


def _column(table: Table, named: str | None, usual: tuple[str, ...]) -> str | None:
    by_name = {name.casefold(): name for name in table.header}
    for wanted in (named,) if named else usual:
        if wanted.casefold() in by_name:
            return by_name[wanted.casefold()]
    if named:
        raise NoGeometryColumns(
            f"La hoja no tiene la columna «{named}». Columnas: {', '.join(table.header)}."
        )
    return None


def _from_wkt(table: Table, column: str) -> tuple[list[RawRecord], int | None]:
    records = []
    srids: set[int] = set()
    for row in table.rows:
        attributes = {name: value for name, value in row.items() if name != column}
        text = as_text(row.get(column))
        if found := _SRID_PREFIX.match(text):
            srids.add(int(found[1]))
            text = text[found.end() :]
        geom = shapely.from_wkt(text, on_invalid="ignore") if 0 < len(text) <= _MOST_WKT else None
        records.append(_record(attributes, geom, text))
    return records, srids.pop() if len(srids) == 1 else None


def _record(attributes: dict[str, Any], geom: BaseGeometry | None, text: str) -> RawRecord:
    made = RawRecord(position=0, attributes=attributes)
    if not text:
        return replace(made, flaw=_NO_GEOMETRY)
    raw_hex = text[:2_000].encode().hex()
    if geom is None:
        return replace(made, flaw=_BAD_WKT, raw_hex=raw_hex)
    if geom.geom_type.startswith(("Curve", "MultiSurface")):
        return replace(made, flaw=_CURVED, raw_hex=raw_hex)
    if geom.geom_type not in ("Polygon", "MultiPolygon"):
        return replace(made, flaw=_NOT_A_POLYGON, raw_hex=raw_hex, is_predio=False)
    flat = shapely.force_2d(geom)
    (flaw,) = size_flaws(np.array([flat], dtype=object))
    if flaw is not None:
        return replace(made, flaw=(flaw.code, flaw.message), raw_hex=raw_hex)
    return replace(made, shape=shapely.to_wkb(flat))


def _from_vertices(
    table: Table, *, x: str, y: str, key: str | None, sequence: str | None, with_lines: bool
) -> list[RawRecord]:
    groups: dict[str, list[dict[str, Any]]] = {}
    strays = []
    for row in table.rows:
        name = as_text(row.get(key)) if key is not None else ""
        if name or key is None:
            groups.setdefault(name, []).append(row)
        else:
            strays.append(RawRecord(position=0, attributes=row, flaw=_NO_KEY, is_predio=False))
    rings = [_ring(rows, x, y, sequence, with_lines) for rows in groups.values()]
    return [*rings, *strays]


def _ring(
    rows: list[dict[str, Any]], x: str, y: str, sequence: str | None, with_lines: bool
) -> RawRecord:
    """The ring of the vertices; with lines, the open line of those that do not end where they begin."""
    of_vertex = {x, y, sequence}
    attributes = {name: value for name, value in rows[0].items() if name not in of_vertex}
    made = RawRecord(position=0, attributes=attributes)
    numbers = [(_number(row.get(x)), _number(row.get(y))) for row in rows]
    if sequence is not None:
        places = [_number(row.get(sequence)) for row in rows]
        if all(place is not None for place in places):
            numbers = [numbers[i] for i in sorted(range(len(rows)), key=lambda i: places[i] or 0.0)]
    raw_hex = repr(numbers)[:2_000].encode().hex()
    if any(value is None for vertex in numbers for value in vertex):
        return replace(made, flaw=_BAD_NUMBER, raw_hex=raw_hex)
    if with_lines and len(set(numbers)) >= _FEWEST_OF_A_LINE and numbers[0] != numbers[-1]:
        line = shapely.LineString(np.array(numbers, dtype=np.float64))
        return replace(made, shape=shapely.to_wkb(line))
    if len(set(numbers)) < _FEWEST_VERTICES:
        return replace(made, flaw=_FEW, raw_hex=raw_hex)
    ring = shapely.Polygon(np.array(numbers, dtype=np.float64))  # closes itself
    return _record(attributes, ring, repr(numbers))


def _number(value: Any) -> float | None:
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value)
    text = as_text(value).replace(" ", "")
    if text.count(",") + text.count(".") > 1:  # the last sign marks the decimals
        last = max(text.rfind(","), text.rfind("."))
        text = text[:last].replace(",", "").replace(".", "") + "." + text[last + 1 :]
    return float(text.replace(",", ".")) if _NUMBER.fullmatch(text) else None
