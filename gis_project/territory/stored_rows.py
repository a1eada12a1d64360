"""Rows of a model read and inserted by prepared statements whose text is composed once.

For writers of many small rows: Django composes each of its statements anew, which costs several times what the
database then does. The same values come and go; signals and expressions as values are not for these.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, TypeVar

from django.contrib.gis.db.models.fields import BaseSpatialField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field, Model
from psycopg import sql

from gis_project.territory.scoped_postgis.prepared import run_prepared

Row = TypeVar("Row", bound=Model)


def insert_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows, saved by one statement in the order given; keys that the database gives are set."""
    if not rows:
        return []
    model = type(rows[0])
    given = run_prepared(_insertion(model, len(rows)), _values(rows))
    for row, (key,) in zip(rows, given, strict=True):
        row.pk = key
        _is_saved(row)
    return list(rows)


def insert_together(*groups: Sequence[Model]) -> None:
    """The rows of several models, each group of one, saved by one statement; only keys made here are known after it.

    A foreign key may lead to a row of another group if the database checks it at the end (as Django makes them).
    Above 50 values psycopg reads the statement's text anew each time: better twice some than once many.
    """
    told = [rows for rows in groups if rows]
    if not told:
        return
    shape = tuple((type(rows[0]), len(rows)) for rows in told)
    run_prepared(_insertions(shape), [value for rows in told for value in _values(rows)])
    for rows in told:
        for row in rows:
            _is_saved(row)


def _values(rows: Sequence[Model]) -> list[Any]:
    connection = connections[DEFAULT_DB_ALIAS]
    fields = _inserted(type(rows[0]))
    return [
        field.get_db_prep_save(field.pre_save(row, True), connection)
        for row in rows
        for field in fields
    ]


def _is_saved(row: Model) -> None:
    row._state.adding = False
    row._state.db = DEFAULT_DB_ALIAS


def read_rows(model: type[Row], where: str, parameters: Any = ()) -> list[Row]:
    """The rows for which the SQL condition holds, by their keys; geometries are parsed when first looked at."""
    names, loaders = _read(model)
    found = run_prepared(_selection(model, where), parameters)
    if loaders:
        found = [tuple(_loaded(row, loaders)) for row in found]
    return [model.from_db(DEFAULT_DB_ALIAS, names, row) for row in found]


@cache
def stored_columns(model: type[Model]) -> tuple[str, ...]:
    """The columns of the model's table."""
    return tuple(str(field.column) for field in _fields(model))


@cache
def _fields(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    return tuple(model._meta.concrete_fields)


@cache
def _inserted(model: type[Model]) -> "tuple[Field[Any, Any], ...]":
    key = model._meta.auto_field
    return tuple(field for field in _fields(model) if field is not key)


@cache
def _insertion(model: type[Model], count: int) -> str:
    return sql.SQL("{} RETURNING {}").format(_inserting(model, count), _key(model)).as_string()


@cache
def _insertions(shape: tuple[tuple[type[Model], int], ...]) -> str:
    """The statement that its last group makes, after those that stand before it under names."""
    *first, last = (_inserting(model, count) for model, count in shape)
    if not first:
        return last.as_string()
    named = [
        sql.SQL("{} AS ({})").format(sql.Identifier(f"group_{number}"), each)
        for number, each in enumerate(first)
    ]
    return sql.SQL("WITH {} {}").format(sql.SQL(", ").join(named), last).as_string()


def _inserting(model: type[Model], count: int) -> sql.Composed:
    columns = [sql.Identifier(str(field.column)) for field in _inserted(model)]
    row = sql.SQL("({})").format(sql.SQL(", ").join([sql.Placeholder()] * len(columns)))
    return sql.SQL("INSERT INTO {} ({}) VALUES {}").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(columns),
        sql.SQL(", ").join([row] * count),
    )


def _key(model: type[Model]) -> sql.Identifier:
    return sql.Identifier(str(model._meta.pk.column))


@cache
def _selection(model: type[Model], where: str) -> str:
    return (
        sql.SQL("SELECT {} FROM {} WHERE {} ORDER BY {}")
        .format(
            sql.SQL(", ").join(map(sql.Identifier, stored_columns(model))),
            sql.Identifier(model._meta.db_table),
            sql.SQL(where),  # composed by the caller, without values
            _key(model),
        )
        .as_string()
    )


@cache
def _read(model: type[Model]) -> tuple[list[str], tuple[tuple[int, Any], ...]]:
    """The attributes of a row in their order, and what turns some of its values into Python's."""
    loaders = tuple(
        (place, field.from_db_value)
        for place, field in enumerate(_fields(model))
        if hasattr(field, "from_db_value") and not isinstance(field, BaseSpatialField)
    )
    return [field.attname for field in _fields(model)], loaders


def _loaded(row: tuple[Any, ...], loaders: Sequence[tuple[int, Any]]) -> list[Any]:
    values = list(row)
    for place, load in loaders:
        values[place] = load(values[place], None, connections[DEFAULT_DB_ALIAS])
    return values
