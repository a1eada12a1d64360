"""How an act ends versions and opens their successors: nothing is overwritten, both time axes stay whole."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from django.contrib.gis.db.models.fields import BaseSpatialField
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Field
from psycopg import sql
from psycopg.types.numeric import Int8

from cadastre.models.versioned import Versioned
from cadastre.operations.deed.filing import Deed
from gis_project.core.errors import Conflict
from gis_project.territory.scoped_postgis.prepared import run_prepared
from gis_project.territory.stored_rows import insert_rows, stored_columns

Row = TypeVar("Row", bound=Versioned)

_SQL = Path(__file__).parent / "sql"
_FOLLOW = (_SQL / "follow_rows.sql").read_text(encoding="utf-8")
_END = (_SQL / "end_rows.sql").read_text(encoding="utf-8")
_CLOSE = (_SQL / "close_rows.sql").read_text(encoding="utf-8")
_TIME_COLUMNS = ("id", "valid", "recorded", "opened_by_id", "closed_by_id")


class Follower(NamedTuple):
    """A version that follows another one (its ``id``), like it but for some columns."""

    id: int
    changes: Mapping[str, Any]


class OutOfOrder(Conflict):
    """The predio changed on a later day than this act is valid from: register acts in their order."""

    code = "out_of_order"


class RegisterMovedOn(Conflict):
    """Somebody else changed the predio meanwhile: reload it, look at the difference, and ask again."""

    code = "register_moved_on"


def end_rows(deed: Deed, rows: Sequence[Versioned]) -> None:
    """Take the rows out of force from the act's day on; what was so before stays, as known now.

    Raises OutOfOrder when a row began after that day, RegisterMovedOn when one is closed already.
    """
    if not rows:
        return
    for row in rows:
        _check_order(deed, row)
    _close(deed, rows, _END)


def replace_rows(deed: Deed, rows: Iterable[tuple[Row, dict[str, Any]]]) -> list[Row]:
    """End each row and open one with the changes given; returns the new rows, saved."""
    asked = list(rows)
    end_rows(deed, [row for row, _ in asked])
    return insert_rows([successor(deed, row, **changes) for row, changes in asked])


def follow_rows(
    deed: Deed, model: type[Versioned], ids: Sequence[int], followers: Sequence[Follower]
) -> None:
    """End the versions in force of these ids, and open each follower: all in one statement, without a model's row.

    A version may have any number of followers, which change the same columns. Geometries are EWKB. Raises what
    ``end_rows`` does.
    """
    if not ids:
        return
    changed = tuple(sorted(followers[0].changes)) if followers else ()
    told: dict[str, Any] = {
        "ids": [Int8(key) for key in ids],
        "now": deed.recorded_at,
        "operation": deed.operation.pk,
        "day": deed.valid_from,
        "follows": [Int8(follower.id) for follower in followers],
    }
    told |= {name: [follower.changes[name] for follower in followers] for name in changed}
    ((closed, began),) = run_prepared(_following(model, changed), told)
    _check_closed(closed, len(ids))
    if began is not None and began > deed.valid_from:
        raise _out_of_order(deed, began)


def correct_rows(deed: Deed, rows: Iterable[tuple[Row, dict[str, Any]]]) -> list[Row]:
    """Write each row anew for the whole time that it was in force: it was never otherwise."""
    asked = list(rows)
    _close(deed, [row for row, _ in asked], _CLOSE)
    return insert_rows(
        [
            successor(deed, row, since=_began(row), until=row.valid.upper, **changes)
            for row, changes in asked
        ]
    )


def void_rows(deed: Deed, rows: Sequence[Versioned]) -> None:
    """Take the rows out of what is known now, for the whole time that they were in force: it was never so."""
    _close(deed, rows, _CLOSE)


def successor(
    deed: Deed, row: Row, *, since: date | None = None, until: date | None = None, **changes: Any
) -> Row:
    """An unsaved version like ``row`` that this act opens."""
    kept = {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if field.attname not in _TIME_COLUMNS and field.name not in changes
    }
    return type(row)(**(kept | changes | deed.opened(since, until)))


def open_rows(rows: Sequence[Row]) -> list[Row]:
    """The rows, saved in one statement."""
    return insert_rows(rows)


def _close(deed: Deed, rows: Sequence[Versioned], statement: str) -> None:
    if not rows:
        return
    ids = [Int8(row.pk) for row in rows]
    told = {
        "ids": ids,
        "now": deed.recorded_at,
        "operation": deed.operation.pk,
        "day": deed.valid_from,
    }
    ((closed,),) = run_prepared(_for_table(statement, type(rows[0])), told)
    _check_closed(closed, len(rows))


def _check_closed(closed: int, asked: int) -> None:
    if closed != asked:
        raise RegisterMovedOn(
            "Otra persona cambió el predio mientras tanto: vuelva a abrirlo y revise la diferencia."
        )


@cache
def _for_table(statement: str, model: type[Versioned]) -> str:
    kept = [name for name in stored_columns(model) if name not in _TIME_COLUMNS]
    return (
        sql.SQL(statement)
        .format(
            table=sql.Identifier(model._meta.db_table),
            kept=sql.SQL(", ").join(map(sql.Identifier, kept)),
        )
        .as_string()
    )


@cache
def _following(model: type[Versioned], changed: tuple[str, ...]) -> str:
    columns = {str(field.column): field for field in model._meta.concrete_fields}
    kept = [name for name in columns if name not in _TIME_COLUMNS]
    names = ["follows", *changed]
    types = ["bigint", *(_array_type(columns[name]) for name in changed)]
    taken = [sql.Identifier("told" if name in changed else "closed", name) for name in kept]
    return (
        sql.SQL(_FOLLOW)
        .format(
            table=sql.Identifier(model._meta.db_table),
            kept=sql.SQL(", ").join(map(sql.Identifier, kept)),
            taken=sql.SQL(", ").join(taken),
            names=sql.SQL(", ").join(map(sql.Identifier, names)),
            told=sql.SQL(", ").join(
                sql.SQL("unnest({}::{}[])").format(sql.Placeholder(name), sql.SQL(kind))
                for name, kind in zip(names, types, strict=True)
            ),
        )
        .as_string()
    )


def _array_type(field: "Field[Any, Any]") -> str:
    """The type of an array of the column's values; of geometries, that of their EWKB."""
    if isinstance(field, BaseSpatialField):
        return "bytea"
    return str(field.db_type(connections[DEFAULT_DB_ALIAS]))


def _check_order(deed: Deed, row: Versioned) -> None:
    began, ended = _began(row), row.valid.upper
    changed_on = ended or began
    if changed_on is not None and (ended is not None or changed_on > deed.valid_from):
        raise _out_of_order(deed, changed_on)


def _out_of_order(deed: Deed, changed_on: date) -> OutOfOrder:
    return OutOfOrder(
        f"El predio cambió el {changed_on:%d/%m/%Y}, después del {deed.valid_from:%d/%m/%Y} en "
        "que este acto entra en vigencia: registre los actos en su orden.",
        details={
            "changed_on": changed_on.isoformat(),
            "valid_from": deed.valid_from.isoformat(),
        },
    )


def _began(row: Versioned) -> date | None:
    began: date | None = row.valid.lower
    return began
