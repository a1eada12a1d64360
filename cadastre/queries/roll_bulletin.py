"""The boletín de emisión: what Contabilidad books, by account, concept, parish and rate."""

from decimal import Decimal
from pathlib import Path
from typing import NamedTuple

from django.db import connection

from gis_project.territory.models import Municipality

_SQL = (Path(__file__).parent / "sql" / "roll_bulletin.sql").read_text(encoding="utf-8")


class BulletinRow(NamedTuple):
    """One sum: titles with such a line, their base and amount in dollars; ``rate`` in per mille or None."""

    kind: str
    supplement: int
    account: str
    concept: str
    parish_code: str
    parish: str
    rate: Decimal | None
    titles: int
    base: Decimal
    amount: Decimal


def roll_bulletin(*, municipality: Municipality, year: int) -> tuple[BulletinRow, ...]:
    """All rows of the year's emissions, urban before rural; their amounts sum to the titles' total."""
    with connection.cursor() as cursor:
        cursor.execute(_SQL, {"town": municipality.pk, "year": year})
        return tuple(BulletinRow(*row) for row in cursor.fetchall())
