"""Many rows into one table at once, by COPY."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, transaction

from gis_project.territory.grants import walled_tables


@transaction.atomic
def copy_rows(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    """COPY rows into a table; the names are this package's own constants.

    PostgreSQL refuses COPY into a table with row security: rows for those come in by a table of the
    transaction's own, and each is judged as it goes on from there.
    """
    if table not in walled_tables():
        _copy(table, columns, rows)
        return
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE incoming ON COMMIT DROP AS SELECT {columns} FROM {table} WITH NO DATA"  # noqa: S608 -- constants
        )
        _copy("incoming", columns, rows)
        cursor.execute(f"INSERT INTO {table} ({columns}) SELECT {columns} FROM incoming")  # noqa: S608 -- constants
        cursor.execute("DROP TABLE incoming")


def _copy(table: str, columns: str, rows: Iterable[Sequence[Any]]) -> None:
    with (
        connection.cursor() as cursor,
        cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy,
    ):
        for row in rows:
            copy.write_row(row)
