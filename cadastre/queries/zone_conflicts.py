"""Where two land value zones of an ordinance would give one piece of ground two values."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import connection

from gis_project.territory.models import Ordinance

_SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True, slots=True)
class ZoneOverlap:
    """Two zones of one kind with common ground: m², whether their values are equal, a place in it."""

    first: str
    second: str
    area_m2: Decimal
    is_equal: bool
    x: float
    y: float


def zone_overlaps(ordinance: Ordinance) -> list[ZoneOverlap]:
    """All pairs, those of different value first, larger ones first."""
    return [ZoneOverlap(*row) for row in _rows("zone_overlaps.sql", ordinance=ordinance.pk)]


def parcels_between_zones(ordinance: Ordinance, *, day: date) -> list[str]:
    """The keys of predios whose inner point lies on the line between two values."""
    rows = _rows(
        "parcels_between_zones.sql",
        ordinance=ordinance.pk,
        town=ordinance.municipality_id,
        day=day,
    )
    return [key for (key,) in rows]


def _rows(name: str, **parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute((_SQL / name).read_text(encoding="utf-8"), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
