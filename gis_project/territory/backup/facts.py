"""What a database holds at one instant, so that two databases can be compared: rows, totals, head.

The digest of a table is the sum of its rows' digests: the order of the rows does not matter, and a
changed, missing or doubled row changes it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg
from django.apps import apps
from django.db.migrations.loader import MigrationLoader
from psycopg import sql

SQL = Path(__file__).parent / "sql"

# The text of a row must not depend on who asks.
SESSION = {
    "TimeZone": "UTC",
    "DateStyle": "ISO, YMD",
    "IntervalStyle": "postgres",
    "extra_float_digits": "1",
    "bytea_output": "hex",
    "statement_timeout": "0",
    "jit": "off",
}


@dataclass(frozen=True, slots=True)
class TableFacts:
    rows: int
    digest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """`control_totals` and `audit_head` are None when the schema is of another version than this code;
    `not_compared` lists what a restore cannot bring back (unlogged tables)."""

    tables: dict[str, TableFacts]
    not_compared: list[str]
    sequences: dict[str, int]
    migrations: list[str]
    control_totals: dict[str, list[list[str]]] | None


def gather(connection: psycopg.Connection) -> Facts:
    """The facts as the connection's transaction sees them."""
    for name, value in SESSION.items():
        connection.execute("SELECT set_config(%s, %s, false)", [name, value])
    migrations = _migrations(connection)
    tables = _rows(connection, "tables")
    return Facts(
        tables={f"{s}.{t}": _table_facts(connection, s, t) for s, t, logged in tables if logged},
        not_compared=[f"{s}.{t}" for s, t, logged in tables if not logged],
        sequences=dict(_rows(connection, "sequences")),
        migrations=migrations,
        control_totals=_control_totals(connection) if migrations == shipped_migrations() else None,
    )


def logged_tables(connection: psycopg.Connection) -> list[tuple[str, str]]:
    return [(schema, table) for schema, table, logged in _rows(connection, "tables") if logged]


def shipped_migrations() -> list[str]:
    """The migrations of the code that runs, as `app.name`."""
    loader = MigrationLoader(None)
    return sorted(f"{app}.{name}" for app, name in loader.disk_migrations or {})


def _migrations(connection: psycopg.Connection) -> list[str]:
    return [name for (name,) in _rows(connection, "migrations")]


def _table_facts(connection: psycopg.Connection, schema: str, table: str) -> TableFacts:
    query = sql.SQL((SQL / "table_digest.sql").read_text(encoding="utf-8"))
    named = query.format(table=sql.Identifier(schema, table))
    row = connection.execute(named).fetchone()
    assert row is not None
    return TableFacts(rows=row[0], digest=str(row[1]))


def _control_totals(connection: psycopg.Connection) -> dict[str, list[list[str]]]:
    """Every app's `sql/control_totals/*.sql`: a name for each row, and what must be equal."""
    return {
        path.stem: [[str(value) for value in row] for row in _run(connection, path)]
        for path in _control_total_files()
    }


def _control_total_files() -> Iterator[Path]:
    for app in sorted(apps.get_app_configs(), key=lambda one: one.label):
        yield from sorted((Path(app.path) / "sql" / "control_totals").glob("*.sql"))


def _rows(connection: psycopg.Connection, name: str) -> list[tuple[Any, ...]]:
    return _run(connection, SQL / f"{name}.sql")


def _run(connection: psycopg.Connection, path: Path) -> list[tuple[Any, ...]]:
    return connection.execute(path.read_text(encoding="utf-8")).fetchall()
