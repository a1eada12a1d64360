"""The rows of the tax roll's sheet, streamed; they name the taxpayers, so callers check `export_tax_roll`."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db import connection

from gis_project.territory.models import Municipality

_SQL = (Path(__file__).parent / "sql" / "roll_titles.sql").read_text()

# The first ten names are a contract with those who read the sheet by machine.
COLUMNS = (
    "numero_titulo",
    "clave",
    "anio",
    "zona",
    "base",
    "predial",
    "bomberos",
    "otros",
    "total",
    "estado",
    "clase",
    "numero_predio",
    "parroquia",
    "contribuyente",
    "documento",
)


def roll_titles(*, municipality: Municipality, year: int) -> Iterator[tuple[Any, ...]]:
    """One tuple a title in the order of COLUMNS, by title number; amounts are Decimal."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"town": municipality.pk, "year": year})
        while rows := cursor.fetchmany(5000):
            yield from rows
