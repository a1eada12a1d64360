"""Novedades: what became known after an emission and counted on its date; it alters no title by itself."""

from datetime import date, datetime
from pathlib import Path
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from cadastre.models import TaxRoll

_SQL = (Path(__file__).parent / "sql" / "roll_novelties.sql").read_text(encoding="utf-8")

NOVELTY_NAMES: dict[str, str] = {
    "HOLDER": "titular o cuota",
    "GROUND": "terreno",
    "BUILDING": "edificación",
    "GRANT": "exoneración concedida",
    "PERSON": "condición del titular",
}


class Novelty(NamedTuple):
    """One predio and act: what changed, when it was recorded, and the title of the emission ('' without one)."""

    unit_id: UUID
    key: str
    what: str
    verb: str
    recorded_at: datetime
    title: str


def roll_novelties(roll: TaxRoll) -> tuple[Novelty, ...]:
    """The list of ``roll`` by key, for whoever liquidates anew (void the title, then a supplement)."""
    parameters: dict[str, Any] = {
        "town": roll.municipality_id,
        "since": roll.operation.recorded_at,
        "day": date(roll.year - 1, 12, 31),
        "year": roll.year,
        "kind": roll.kind,
        "roll": roll.pk,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SQL, parameters)
        return tuple(
            Novelty(unit_id, key, what, verb, at, title or "")
            for unit_id, key, what, verb, at, title in cursor.fetchall()
        )
