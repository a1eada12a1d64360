"""What a simulation tells of a predio besides its bill: the use of its ground and where it is."""

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import connection

from gis_project.territory.models import Municipality

_SQL = Path(__file__).parent / "sql"


def land_uses(municipality: Municipality, *, year: int) -> dict[UUID, str]:
    """The land use of each predio whose ground says it, on 31 December before ``year``."""
    return dict(_rows("simulated_uses.sql", municipality, year))


def inner_points(municipality: Municipality, *, year: int) -> dict[UUID, tuple[float, float]]:
    """Longitude and latitude of a point inside each predio's ground on that day."""
    rows = _rows("simulated_places.sql", municipality, year)
    return {unit_id: (east, north) for unit_id, east, north in rows}


def _rows(name: str, municipality: Municipality, year: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(
            (_SQL / name).read_text(encoding="utf-8"),
            {"town": municipality.pk, "day": date(year - 1, 12, 31)},
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
