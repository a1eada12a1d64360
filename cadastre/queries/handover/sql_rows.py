"""Rows of the report that come from a query file of this folder."""

from pathlib import Path
from typing import Any

from django.db import connection

_FOLDER = Path(__file__).parent


def sql_rows(name: str, **told: Any) -> list[tuple[Any, ...]]:
    """What `<name>.sql` returns with these parameters."""
    with connection.cursor() as cursor:
        cursor.execute((_FOLDER / f"{name}.sql").read_text(encoding="utf-8"), told)
        return list(cursor.fetchall())
