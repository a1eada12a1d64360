"""Since when predios are in the register, as it knows now."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connection

_BEGINNINGS = (Path(__file__).parent / "sql" / "beginnings.sql").read_text(encoding="utf-8")


def beginnings(units: Sequence[UUID]) -> dict[UUID, date]:
    """The first civil day of each predio; one that was always there, or has neither key nor ground, is left out."""
    if not units:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_BEGINNINGS, {"units": list(units)})
        return {unit: began for unit, began in cursor.fetchall() if began is not None}
