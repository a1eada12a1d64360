"""Who lies next to a parcel: the text way of what the map shows around it."""

from datetime import date
from pathlib import Path
from uuid import UUID

from django.db import connection

from gis_project.territory.models import Municipality

AT_MOST = 40
_SQL = (Path(__file__).parent / "sql" / "neighbours.sql").read_text(encoding="utf-8")


def neighbours_of(parcel_id: UUID, *, municipality: Municipality, on: date) -> tuple[str, ...]:
    """The principal keys of the predios whose ground touches the parcel's on a civil date, in order, ``AT_MOST``."""
    with connection.cursor() as cursor:
        cursor.execute(
            _SQL,
            {"parcel": parcel_id, "town": municipality.pk, "day": on, "at_most": AT_MOST},
        )
        return tuple(text for (text,) in cursor.fetchall())
