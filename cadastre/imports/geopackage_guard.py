"""What a GeoPackage holds, looked at before GDAL opens it: only plain tables are layers.

A GeoPackage is a database with code in it (views, triggers, virtual tables, generated columns). The
schema is read in SQLite's own defensive mode, read-only; a layer that is no plain table is not read.
"""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from gis_project.core.errors import InvalidInput

_STEPS_BETWEEN_LOOKS = 10_000
_MOST_LOOKS = 5_000


class HostileGeopackage(InvalidInput):
    """The GeoPackage is damaged or is not what it says: export it anew from QGIS."""

    code = "hostile_geopackage"


def feature_tables(path: Path) -> list[str]:
    """The names of the feature layers that are plain tables, in the order of the file."""
    return plain_tables(path, data_type="features")


def plain_tables(path: Path, *, data_type: str) -> list[str]:
    """The names of the plain tables of a kind (``features``, ``attributes``), in the order of the file."""
    looks = 0

    def enough() -> int:
        nonlocal looks
        looks += 1
        return int(looks > _MOST_LOOKS)

    try:
        connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
        try:
            connection.set_progress_handler(enough, _STEPS_BETWEEN_LOOKS)
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("PRAGMA cell_size_check = ON")
            plain = {
                str(name).lower()
                for name, sql in connection.execute(
                    "SELECT name, sql FROM sqlite_schema WHERE type = 'table'"
                )
                if not str(sql or "").lstrip().upper().startswith("CREATE VIRTUAL")
            }
            if "gpkg_contents" not in plain:
                raise HostileGeopackage("El GeoPackage no tiene la tabla gpkg_contents.")
            listed = connection.execute(
                "SELECT table_name FROM gpkg_contents WHERE data_type = ? ORDER BY rowid",
                [data_type],
            ).fetchall()
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise HostileGeopackage(
            "El GeoPackage está dañado: ábralo en QGIS y expórtelo de nuevo."
        ) from error
    return [str(name) for (name,) in listed if str(name).lower() in plain]
