"""A table or view of the PostgreSQL database in which an old system's dump was restored, only read.

The address with its user and password stays in this module: what comes out names host, database and table.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from cadastre.imports.choose_layer import ChooseLayer
from cadastre.imports.limits import COMMAND, ReadingLimits
from cadastre.imports.plain_values import plain_value
from cadastre.imports.raw_layer import RawLayer, RawRecord, TooMuchRead, name_samples
from gis_project.core.errors import InvalidInput

SCHEMES = ("postgresql://", "postgres://")
_BATCH = 2_000
_CONNECT_S = 10
_STATEMENT = "10min"
_MOST_TABLES_TOLD = 40
_BYTEA = 17
_MONEY = 790
_TABLES = """
    SELECT n.nspname, c.relname
    FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'v', 'm', 'p') AND NOT c.relispartition
      AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'
      AND has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT')
    ORDER BY 1, 2
"""


class OldDatabaseNotRead(InvalidInput):
    """The old database does not answer, refuses the user, or one of its values cannot be read."""

    code = "old_database_not_read"


@dataclass(frozen=True, slots=True)
class OldTable:
    """What was read: the rows, where they stood (host/database/table), the SHA-256 of the set of rows."""

    layer: RawLayer
    name: str
    sha256: str


def read_old_table(url: str, *, table: str | None, limits: ReadingLimits = COMMAND) -> OldTable:
    """The rows of ``table`` (``schema.table``). Raises OldDatabaseNotRead, ChooseLayer, TooMuchRead."""
    try:
        place = conninfo_to_dict(url)
    except psycopg.ProgrammingError:
        # Its message repeats the address, which may hold a password.
        raise OldDatabaseNotRead(
            "La dirección de la base no está bien escrita: postgresql://usuario@servidor:5432/base"
        ) from None
    where = f"{place.get('host') or 'local'}/{place.get('dbname') or ''}"
    try:
        with psycopg.connect(url, connect_timeout=_CONNECT_S) as connection:
            connection.read_only = True
            connection.execute("SELECT set_config('statement_timeout', %s, false)", [_STATEMENT])
            schema, name = _chosen(connection, table)
            columns, rows = _read(connection, schema, name, limits.records)
    except psycopg.Error as error:
        raise OldDatabaseNotRead(_told(error, where)) from None
    records = [RawRecord(position=i, attributes=row) for i, row in enumerate(rows, 1)]
    layer = RawLayer(
        format="POSTGRESQL",
        layer=f"{schema}.{name}",
        fields=columns,
        samples=name_samples(rows),
        records=records,
    )
    return OldTable(layer, f"{where}/{schema}.{name}", _digest(rows))


def _read(
    connection: psycopg.Connection[Any], schema: str, name: str, most: int
) -> tuple[list[str], list[dict[str, Any]]]:
    # Money comes in the dress of the server's country unless it is a number.
    table = sql.Identifier(schema, name)
    shape = connection.execute(sql.SQL("SELECT * FROM {} LIMIT 0").format(table)).description or []
    columns = [column.name for column in shape]
    picked = [
        sql.SQL("{}::numeric" if column.type_code == _MONEY else "{}").format(
            sql.Identifier(column.name)
        )
        for column in shape
    ]
    if not picked:
        raise OldDatabaseNotRead(f"La tabla {schema}.{name} no tiene columnas.")
    is_bytes = [column.type_code == _BYTEA for column in shape]
    rows: list[dict[str, Any]] = []
    with connection.cursor(name="lindero_old_table") as cursor:
        cursor.itersize = _BATCH
        cursor.execute(sql.SQL("SELECT {} FROM {}").format(sql.SQL(", ").join(picked), table))
        for cells in cursor:
            if len(rows) >= most:
                raise TooMuchRead(f"La tabla tiene más de {most} filas: haga una vista con menos.")
            values = (
                plain_value(cell if raw else _plain(cell))
                for cell, raw in zip(cells, is_bytes, strict=True)
            )
            rows.append(dict(zip(columns, values, strict=True)))
    return columns, rows


def _plain(cell: Any) -> Any:
    if isinstance(cell, Decimal):
        if not cell.is_finite():
            return None
        return int(cell) if cell == cell.to_integral_value() else float(cell)
    if isinstance(cell, bytes):  # text of a database that does not say its encoding (SQL_ASCII)
        try:
            return cell.decode("utf-8")
        except UnicodeDecodeError:
            return cell.decode("cp1252", "replace")
    return cell


def _chosen(connection: psycopg.Connection[Any], wanted: str | None) -> tuple[str, str]:
    """Schema and name as the database spells them; case counts only where two differ by nothing else."""
    tables = [(str(schema), str(name)) for schema, name in connection.execute(_TABLES)]
    if wanted is None and len(tables) == 1:
        return tables[0]
    if wanted is not None:
        spelt = wanted if "." in wanted else f"public.{wanted}"
        exact = [pair for pair in tables if ".".join(pair) == spelt]
        alike = [pair for pair in tables if ".".join(pair).casefold() == spelt.casefold()]
        if len(exact or alike) == 1:
            return (exact or alike)[0]
    told = "; ".join(_counted(connection, tables[:_MOST_TABLES_TOLD])) or "ninguna que pueda leer"
    more = len(tables) - _MOST_TABLES_TOLD
    if more > 0:
        told += f"; y {more} más"
    asked = f"no tiene la tabla «{wanted}»" if wanted else "no tiene una sola tabla"
    raise ChooseLayer(f"La base {asked}: elija una con --table esquema.tabla. Hay: {told}.")


def _counted(connection: psycopg.Connection[Any], tables: list[tuple[str, str]]) -> Iterator[str]:
    for schema, name in tables:
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, name))
        ((count,),) = connection.execute(query).fetchall()
        yield f"{schema}.{name} ({count} filas)"


def _digest(rows: list[dict[str, Any]]) -> str:
    """The same for the same rows in whatever order the database hands them over."""
    lines = sorted(json.dumps(row, ensure_ascii=False, sort_keys=True) for row in rows)
    return hashlib.sha256("\n".join(lines).encode("utf-8", "replace")).hexdigest()


def _told(error: psycopg.Error, where: str) -> str:
    if error.sqlstate is None:
        return (
            f"No se pudo entrar en la base {where}: revise servidor, puerto, usuario y clave (la clave va mejor "
            "en PGPASSWORD o en ~/.pgpass que en la dirección)."
        )
    return f"La base {where} respondió con el error {error.sqlstate} y no se leyó: revise la tabla o la vista."
