"""A GeoPackage's table without geometry, read with SQLite alone. Runs only inside the limited child process."""

import sqlite3
from pathlib import Path
from urllib.parse import quote

from cadastre.imports.choose_layer import ChooseLayer
from cadastre.imports.formats import FileFormat
from cadastre.imports.geopackage_guard import HostileGeopackage, plain_tables
from cadastre.imports.plain_values import plain_value
from cadastre.imports.raw_layer import RawLayer, RawRecord, TooMuchRead

_IDENTITY = "fid"


def read_attributes(path: Path, *, layer: str | None, most_records: int) -> RawLayer:
    """The rows of the plain table ``layer`` in its order; ChooseLayer where there is none of that name."""
    found = plain_tables(path, data_type="attributes")
    if layer not in found:
        raise ChooseLayer(f"No hay una tabla «{layer}». Hay: {', '.join(found) or 'ninguna'}.")
    connection = sqlite3.connect(f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True)
    try:
        connection.execute("PRAGMA trusted_schema = OFF")
        cursor = connection.execute(f'SELECT * FROM "{layer.replace(chr(34), chr(34) * 2)}"')  # noqa: S608 -- a table that was listed, quoted
        names = [str(column[0]) for column in cursor.description]
        rows = cursor.fetchmany(most_records + 1)
    except sqlite3.Error as error:
        raise HostileGeopackage(
            "El GeoPackage está dañado: ábralo en QGIS y expórtelo de nuevo."
        ) from error
    finally:
        connection.close()
    if len(rows) > most_records:
        raise TooMuchRead(f"La tabla tiene más de {most_records} filas.")
    records = [
        RawRecord(
            position,
            {
                name: plain_value(cell)
                for name, cell in zip(names, row, strict=True)
                if name != _IDENTITY
            },
        )
        for position, row in enumerate(rows, start=1)
    ]
    return RawLayer(
        format=FileFormat.GPKG.value,
        layer=layer or "",
        srid=None,
        fields=[name for name in names if name != _IDENTITY],
        records=records,
    )
