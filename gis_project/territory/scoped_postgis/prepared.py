"""Statements that the database reads once a connection: for what the register does all day long.

Django's own cursor writes the values into the text, which is parsed and planned anew each time. Here the text
stays and the values travel beside it. From its sixth run on a statement may be planned without looking at the
values: write conditions for which one plan serves all (`OFFSET 0` in a subquery holds a spatial index fast).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.backends.postgresql.base import ServerBindingCursor


def run_prepared(
    statement: str, parameters: Sequence[Any] | Mapping[str, Any] = ()
) -> list[tuple[Any, ...]]:
    """The rows that the statement returns, if it returns any; errors are those of Django's cursors."""
    connection = connections[
        DEFAULT_DB_ALIAS
    ]  # the proxy asks for the thread's connection at each attribute
    connection.ensure_connection()
    session = connection.connection
    session.prepare_threshold = 0  # only these cursors ask it: Django's never prepare
    bound: Any = ServerBindingCursor
    inner = bound(session)
    wrapped = connection.make_debug_cursor if connection.queries_logged else connection.make_cursor
    with wrapped(inner) as cursor:
        cursor.execute(statement, parameters)
        # Its description would build an object for each column.
        return inner.fetchall() if inner.pgresult.nfields else []
