"""Django's PostGIS backend, whose connections carry the municipality that the running work is in.

Before a statement the session's setting `lindero.municipalities` is brought to what `wanted.WANTED` says, if
it says something else than the last time: one SET for a request that enters a municipality, none for
others. The setting is a session's and rolls back with its transaction, so a rollback makes it unknown.
A connection goes back to its pool without it.
"""

from collections.abc import Callable
from typing import Any

import psycopg
from django.contrib.gis.db.backends.postgis import base
from django.db.backends.postgresql.base import ServerBindingCursor
from psycopg.pq import TransactionStatus

from gis_project.territory.scoped_postgis.wanted import NOWHERE, WANTED


def forget_scope(connection: Any) -> None:
    """What the pool does to a connection that comes back."""
    if getattr(connection, "carries_scope", False):
        connection.execute("RESET lindero.municipalities")
        connection.commit()
        connection.carries_scope = False


def _in_scope(
    execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]
) -> Any:
    context["connection"].tell_scope()
    return execute(sql, params, many, context)


class DatabaseWrapper(base.DatabaseWrapper):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._told: str | None = NOWHERE
        self._prepared: Any = None
        self.execute_wrappers.append(_in_scope)
        pool = self.settings_dict["OPTIONS"].get("pool")
        if pool:
            options = {} if pool is True else pool
            self.settings_dict["OPTIONS"]["pool"] = options | {"reset": forget_scope}

    def prepared_cursor(self) -> Any:
        """The session's one cursor for `run_prepared`, which reads all rows of a statement before the next."""
        self.ensure_connection()
        if self._prepared is None:
            session: Any = self.connection
            session.prepare_threshold = 0  # only this cursor asks it: Django's never prepare
            bound: Any = ServerBindingCursor  # the stubs give it no arguments
            self._prepared = bound(session)
        return self._prepared

    @property
    def is_watched(self) -> bool:
        """Whether somebody besides us wants to see each statement: a log of queries, or a wrapper."""
        return self.queries_logged or len(self.execute_wrappers) > 1

    def tell_scope(self) -> None:
        """Bring the session's setting to the wanted scope; a transaction that has failed takes nothing any more."""
        wanted = WANTED.get()
        connection = self.connection
        if self._told == wanted or connection is None:
            return
        if connection.info.transaction_status == TransactionStatus.INERROR:
            return
        connection.carries_scope = True
        with self.wrap_database_errors:
            # SET and not set_config(): a transaction's isolation may still be chosen after it.
            connection.execute(
                psycopg.sql.SQL("SET lindero.municipalities = {}").format(
                    psycopg.sql.Literal(wanted)
                )
            )
        self._told = wanted

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        connection = super().get_new_connection(conn_params)
        self._told = NOWHERE
        self._prepared = None
        return connection

    def create_cursor(self, name: str | None = None) -> Any:
        self.tell_scope()  # a cursor's COPY does not come through execute
        return super().create_cursor(name)

    def _rollback(self) -> None:
        super()._rollback()  # type: ignore[misc]  # the stubs leave it out
        self._told = None

    def _savepoint_rollback(self, sid: str) -> None:
        super()._savepoint_rollback(sid)  # type: ignore[misc]  # the stubs leave it out
        self._told = None
