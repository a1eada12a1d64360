"""One instant of a database that is in use: a reader that sees it, and a name for it in the WAL."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import psycopg
from psycopg import sql

from gis_project.territory.backup.facts import logged_tables
from gis_project.territory.backup.folder import BackupRefused
from gis_project.territory.backup.server import Cluster

LOCK_PATIENCE = "5s"
TRIES = 24


@dataclass(frozen=True, slots=True)
class Instant:
    """`reader` sees what was committed before `lsn` and nothing else."""

    reader: psycopg.Connection
    lsn: str
    at: str


@contextmanager
def named_instant(cluster: Cluster, database: str, name: str) -> Iterator[Instant]:
    """Writers wait while the snapshot is taken and the restore point written: milliseconds.

    Without that, a commit between the two would be in the WAL before the point and not in the snapshot.
    """
    with cluster.connect(database) as holder, cluster.connect(database) as reader:
        _hold_writers(holder, database)
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.read_only = True
        reader.execute(sql.SQL("SET TRANSACTION SNAPSHOT {}").format(_exported(holder)))
        row = holder.execute(
            "SELECT pg_create_restore_point(%s)::text, clock_timestamp()", [name]
        ).fetchone()
        assert row is not None
        holder.rollback()
        yield Instant(reader, row[0], row[1].isoformat())
        reader.rollback()


@contextmanager
def snapshot(url: str) -> Iterator[tuple[psycopg.Connection, str]]:
    """A reader of one instant and the name under which pg_dump sees the same."""
    with psycopg.connect(url) as reader:
        reader.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        reader.read_only = True
        row = reader.execute("SELECT pg_export_snapshot()").fetchone()
        assert row is not None
        yield reader, row[0]
        reader.rollback()


def _hold_writers(holder: psycopg.Connection, database: str) -> None:
    """Locks every table against writing; LOCK itself takes no snapshot, so the next query does."""
    holder.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
    with holder.cursor() as cursor:
        names = [sql.Identifier(*name) for name in logged_tables(holder)]
        holder.rollback()
        lock = sql.SQL("LOCK TABLE {} IN SHARE MODE").format(sql.SQL(", ").join(names))
        for _ in range(TRIES):
            try:
                cursor.execute(f"SET LOCAL lock_timeout = '{LOCK_PATIENCE}'")
                cursor.execute(lock)
                return
            except psycopg.errors.LockNotAvailable:
                holder.rollback()
    raise BackupRefused(
        f"Hace más de {TRIES * 5} s que una escritura larga (¿una importación?) ocupa la base "
        f"«{database}»: repita el respaldo cuando termine."
    )


def _exported(holder: psycopg.Connection) -> sql.Literal:
    row = holder.execute("SELECT pg_export_snapshot()").fetchone()
    assert row is not None
    return sql.Literal(row[0])
