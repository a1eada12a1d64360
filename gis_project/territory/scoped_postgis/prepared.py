"""Statements that the database reads once a connection: for what the register does all day long.

Django's own cursor writes the values into the text, which is parsed and planned anew each time. Here the text
stays and the values travel beside it. From its sixth run on a statement may be planned without looking at the
values: write conditions for which one plan serves all (`OFFSET 0` in a subquery holds a spatial index fast).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections


def run_prepared(
    statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows that the statement returns, if it returns any; errors are those of Django's cursors."""
    # The proxy `connection` asks for the thread's connection at each attribute.
    connection: Any = connections[DEFAULT_DB_ALIAS]
    inner = connection.prepared_cursor()
    if connection.is_watched:
        wrapped = (
            connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
        )
        wrapped(inner).execute(statement, parameters)
    else:
        connection.validate_no_broken_transaction()
        connection.tell_scope()
        with connection.wrap_database_errors:
            inner.execute(statement, parameters)
    # Its description would build an object for each column.
    return inner.fetchall() if inner.pgresult.nfields else []
