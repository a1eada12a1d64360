"""The tables of a GeoPackage that came back from the field, read by SQLite alone. Runs only in the child process.

A GeoPackage is a database with code in it (views, triggers, generated columns, attached files). Nothing but
``SELECT`` of plain columns of plain tables is allowed here, whatever the file says of itself.
"""

import sqlite3
import struct
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from cadastre.imports.geopackage_guard import HostileGeopackage

_MOST_LOOKS, _STEPS_BETWEEN_LOOKS = 50_000, 10_000
_LONGEST_VALUE = 8 * 1024 * 1024
_MOST_COLUMNS = 400
_ALLOWED = (sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ)
_READING = ("trusted_schema", "cell_size_check", "query_only", "table_xinfo", "journal_mode")
_ENVELOPES = (0, 32, 48, 48, 64)
_FIRST_HIDDEN = 2  # of table_xinfo: generated columns
GEOMETRY = "geom"
Table = list[dict[str, Any]]


def returned_tables(path: Path, names: Sequence[str], *, most_rows: int) -> dict[str, Table]:
    """The rows of the named tables that the file has, with `fid`, and geometry as WKB in hexadecimal.

    The file is opened where it lies, so that a write-ahead log beside it is taken in: give it a copy. Raises
    HostileGeopackage.
    """
    try:
        with closing(sqlite3.connect(path)) as database:
            _close_doors(database)
            plain = _plain_tables(database)
            return {
                name: _rows(database, name, most_rows=most_rows) for name in names if name in plain
            }
    except (sqlite3.Error, struct.error, UnicodeDecodeError) as error:
        raise HostileGeopackage(
            "El GeoPackage está dañado: cierre el proyecto en QField, cópielo otra vez y súbalo."
        ) from error


def _close_doors(database: sqlite3.Connection) -> None:
    looks = 0

    def enough() -> int:
        nonlocal looks
        looks += 1
        return int(looks > _MOST_LOOKS)

    def judge(action: int, first: str | None, *_: str | None) -> int:
        if action in _ALLOWED or (action == sqlite3.SQLITE_PRAGMA and first in _READING):
            return sqlite3.SQLITE_OK
        return sqlite3.SQLITE_DENY

    database.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, _LONGEST_VALUE)
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    database.setlimit(sqlite3.SQLITE_LIMIT_COLUMN, _MOST_COLUMNS)
    database.set_progress_handler(enough, _STEPS_BETWEEN_LOOKS)
    database.set_authorizer(judge)
    database.execute("PRAGMA trusted_schema = OFF")
    database.execute("PRAGMA cell_size_check = ON")
    database.execute("PRAGMA query_only = ON")


def _plain_tables(database: sqlite3.Connection) -> set[str]:
    rows = database.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'table'").fetchall()
    return {
        str(name)
        for name, sql in rows
        if not str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
    }


def _rows(database: sqlite3.Connection, name: str, *, most_rows: int) -> Table:
    columns = [
        (str(row[1]), int(row[6])) for row in database.execute(f'PRAGMA table_xinfo("{name}")')
    ]
    if any(hidden >= _FIRST_HIDDEN for _, hidden in columns):
        raise HostileGeopackage(f"La tabla «{name}» tiene columnas calculadas: no se lee.")
    asked = ", ".join('"' + column.replace('"', '""') + '"' for column, _ in columns)
    found = database.execute(f'SELECT {asked} FROM "{name}" LIMIT {most_rows + 1}')  # noqa: S608 -- our own names; columns quoted, in a child that may only read
    rows = [
        dict(zip((column for column, _ in columns), map(_plain, row), strict=True)) for row in found
    ]
    if len(rows) > most_rows:
        raise HostileGeopackage(f"La tabla «{name}» pasa de {most_rows} filas.")
    return rows


def _plain(value: Any) -> Any:
    """JSON's own values; a blob is a geometry or nothing of ours."""
    if isinstance(value, bytes):
        return _wkb(value).hex()
    if (isinstance(value, float) and value != value) or value in (float("inf"), float("-inf")):
        return None
    return value


def _wkb(blob: bytes) -> bytes:
    """The WKB inside a GeoPackage blob; an empty one when it is none."""
    if blob[:2] != b"GP":
        return b""
    envelope = (blob[3] >> 1) & 0b111
    if envelope >= len(_ENVELOPES):
        return b""
    return blob[8 + _ENVELOPES[envelope] :]
