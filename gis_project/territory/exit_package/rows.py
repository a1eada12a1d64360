"""The rows of one table that are a municipality's, streamed in the order of their key."""

from collections.abc import Iterator
from typing import Any

from django.db import connection, models
from psycopg import sql

from gis_project.territory.exit_package.declared import Column, Table, tables
from gis_project.territory.exit_package.rules import EVERY, REFERENCED

BATCH = 2_000
_TOWN = sql.Placeholder("town")


def rows_of(table: Table, *, town: int) -> Iterator[tuple[Any, ...]]:
    """Rows as PostgreSQL gives them, one value a column; a geometry as EWKB, JSON and arrays as text.

    Inside a transaction: a server-side cursor reads BATCH rows at a time.
    """
    statement = sql.SQL("SELECT {} FROM {} AS t WHERE {} ORDER BY t.{}").format(
        sql.SQL(", ").join(_selected(column) for column in table.columns),
        sql.Identifier(table.name),
        where(table, alias="t"),
        sql.Identifier(table.key),
    )
    with connection.chunked_cursor() as cursor:
        cursor.execute(_text(statement), {"town": town})
        while batch := cursor.fetchmany(BATCH):
            yield from batch


def where(table: Table, *, alias: str) -> sql.Composable:
    """The condition, with the parameter `town`, under which a row is the municipality's."""
    if table.rule == EVERY:
        return sql.SQL("TRUE")
    if table.rule == REFERENCED:
        return _among(sql.Identifier(alias, table.key), _references(table))
    return sql.SQL(" OR ").join(
        _one_way(part.strip(), alias=alias) for part in table.rule.split("|")
    )


def _one_way(rule: str, *, alias: str) -> sql.Composable:
    column, arrow, parent = (part.strip() for part in rule.partition("->"))
    if not arrow:
        return sql.SQL("{} = {}").format(sql.Identifier(alias, column), _TOWN)
    name, _, wanted = parent.partition(".")
    above = tables()[name]
    return _among(sql.Identifier(alias, column), [_keys(above, wanted or above.key, f"{alias}p")])


def _references(table: Table) -> list[sql.Composable]:
    """Every foreign key of the other exported tables that points here."""
    return [
        _keys(other, column.name, "r")
        for other in tables().values()
        if other.rule != REFERENCED
        for column in other.columns
        if isinstance(column.field, models.ForeignKey) and column.field.related_model is table.model
    ]


def _keys(table: Table, column: str, alias: str) -> sql.Composable:
    return sql.SQL("SELECT {} FROM {} AS {} WHERE {}").format(
        sql.Identifier(alias, column),
        sql.Identifier(table.name),
        sql.Identifier(alias),
        where(table, alias=alias),
    )


def _among(column: sql.Composable, choices: list[sql.Composable]) -> sql.Composable:
    return sql.SQL("{} IN ({})").format(column, sql.SQL(" UNION ").join(choices))


def _selected(column: Column) -> sql.Composable:
    stored = sql.Identifier("t", str(column.field.column))
    if column.end:
        return sql.SQL("{}({})").format(sql.SQL(column.end), stored)
    if column.kind == "geometry":
        return sql.SQL("ST_AsEWKB({}, 'NDR')").format(stored)
    if column.kind == "json":
        return sql.SQL("to_jsonb({})::text").format(stored)
    return stored


def _text(statement: sql.Composable) -> str:
    connection.ensure_connection()
    return statement.as_string(connection.connection)
