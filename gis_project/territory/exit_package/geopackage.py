"""A GeoPackage 1.3 written row by row with SQLite itself: no clock in it, so equal rows give equal bytes.

Decimals are stored as REAL, which holds their fifteen digits; the CSV beside it is exact at any length.
"""

import sqlite3
import struct
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import shapely

from gis_project.territory.exit_package.csv_file import plain_text
from gis_project.territory.exit_package.declared import Column, Table

_SCHEMA = (Path(__file__).parent / "geopackage.sql").read_text(encoding="utf-8")
_NEVER = "1970-01-01T00:00:00.000Z"  # the standard wants an instant of the last change
_TYPES = {"integer": "INTEGER", "decimal": "REAL", "boolean": "BOOLEAN", "date": "DATE"}
_EWKB_SRID = 0x20000000


class DecimalLost(ValueError):
    """A decimal does not come back from the GeoPackage's REAL as it went in."""


class GeoPackage:
    def __init__(self, path: Path, *, srid: int, definition: str) -> None:
        self._srid = srid
        self._db = sqlite3.connect(path, isolation_level=None)
        self._db.execute("PRAGMA journal_mode = OFF")
        self._db.execute("PRAGMA synchronous = OFF")
        self._db.execute("BEGIN")
        for statement in _SCHEMA.split(";\n"):
            self._db.execute(statement)
        self._db.execute(
            "INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, 'EPSG', ?, ?, NULL)",
            (f"EPSG:{srid}", srid, srid, definition),
        )

    def open_table(self, table: Table, *, title: str) -> None:
        """Make the empty table; its rows follow through `write`."""
        columns = ", ".join(
            f'"{column.name}" {_type(column)}' for column in _geometry_last(table.columns)
        )
        self._db.execute(
            f'CREATE TABLE "{table.name}" (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, {columns})'
        )
        self._table = table
        self._bounds: list[float] | None = None
        marks = ", ".join("?" * len(table.columns))
        self._insert = f'INSERT INTO "{table.name}" VALUES (NULL, {marks})'  # noqa: S608 -- a declared table's name
        self._title = title

    def write(self, row: Sequence[Any]) -> None:
        pairs = zip(self._table.columns, row, strict=True)
        plain = [(column, self._value(column, value)) for column, value in pairs]
        ordered = sorted(plain, key=lambda pair: pair[0].kind == "geometry")
        self._db.execute(self._insert, [value for _, value in ordered])

    def close_table(self) -> None:
        geometry = self._table.geometry
        self._contents(self._table.name, self._title, geometry, self._bounds)

    def add_view(self, name: str, select: str, *, title: str, like: Table) -> None:
        """A layer that is a question to the tables; its first column is OGC_FID, its last `like`'s geometry."""
        self._db.execute(f'CREATE VIEW "{name}" AS {select}')
        row = self._db.execute(
            "SELECT min_x, min_y, max_x, max_y FROM gpkg_contents WHERE table_name = ?",
            (like.name,),
        ).fetchone()
        self._contents(name, title, like.geometry, None if row[0] is None else list(row))

    def close(self) -> None:
        self._db.execute("COMMIT")
        self._db.close()

    def _contents(
        self, name: str, title: str, geometry: Column | None, bounds: list[float] | None
    ) -> None:
        self._db.execute(
            "INSERT INTO gpkg_contents VALUES (?, ?, ?, '', ?, ?, ?, ?, ?, ?)",
            (
                name,
                "features" if geometry else "attributes",
                name,
                _NEVER,
                *(bounds or (None, None, None, None)),
                self._srid if geometry else None,
            ),
        )
        self._db.execute(
            "UPDATE gpkg_contents SET description = ? WHERE table_name = ?", (title, name)
        )
        if geometry:
            self._db.execute(
                "INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)",
                (name, geometry.name, _geometry_type(geometry), self._srid),
            )

    def _value(self, column: Column, value: Any) -> Any:
        if value is None or isinstance(value, int):
            return value
        if column.kind == "geometry":
            return self._geometry(bytes(value))
        if isinstance(value, Decimal):
            number = float(value)
            if Decimal(repr(number)) != value:
                raise DecimalLost(f"{self._table.name}.{column.name}: {value}")
            return number
        return str(value) if isinstance(value, UUID) else plain_text(value)

    def _geometry(self, ewkb: bytes) -> bytes:
        """EWKB as the standard's blob: little-endian header with envelope, then WKB without the SRID."""
        kind, srid = struct.unpack_from("<II", ewkb, 1)
        wkb = ewkb[:1] + struct.pack("<I", kind & ~_EWKB_SRID) + ewkb[9:]
        min_x, min_y, max_x, max_y = shapely.from_wkb(wkb).bounds
        so_far = self._bounds or [min_x, min_y, max_x, max_y]
        self._bounds = [
            min(so_far[0], min_x),
            min(so_far[1], min_y),
            max(so_far[2], max_x),
            max(so_far[3], max_y),
        ]
        return b"GP\x00\x03" + struct.pack("<i4d", srid, min_x, max_x, min_y, max_y) + wkb


def _geometry_last(columns: Sequence[Column]) -> list[Column]:
    return sorted(columns, key=lambda column: column.kind == "geometry")


def _geometry_type(column: Column) -> str:
    return str(column.field.geom_type)  # type: ignore[attr-defined]


def _type(column: Column) -> str:
    if column.kind == "geometry":
        return _geometry_type(column)
    if column.is_personal:
        return "TEXT"
    return _TYPES.get(column.kind, "TEXT")
