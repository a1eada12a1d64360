"""The rows of one of the emission's questions, each in its own file under ``sql/``."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.db import connection

_SQL = Path(__file__).parent / "sql"


def roll_rows(name: str, parameters: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """All rows of the question ``name`` (a file) with these parameters."""
    with connection.cursor() as cursor:
        cursor.execute((_SQL / name).read_text(encoding="utf-8"), parameters)
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows
