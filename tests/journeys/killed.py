"""Kills a command in the middle of its writing, exactly where a test says."""

import os
import signal
import subprocess
import sys
import time

import psycopg
from psycopg import sql

from tests import databases

_PATIENCE_S = 60


def kill_while_it_waits_for(table: str, database: str, *arguments: str) -> None:
    """Starts `manage.py …`, lets it write until it needs `table`, and kills it there with SIGKILL.

    Another session holds the table meanwhile, so that the place is the same every time.
    """
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", database)) as holder:
        holder.execute(
            sql.SQL("LOCK TABLE {} IN ACCESS EXCLUSIVE MODE").format(sql.Identifier(table))
        )
        command = subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=databases.ROOT,
            env=databases.environment_for(database),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        try:
            _wait_until_somebody_waits(database, command)
        finally:
            os.kill(command.pid, signal.SIGKILL)
            command.communicate()
        holder.rollback()
    _wait_until_alone(database)


def _wait_until_somebody_waits(database: str, command: subprocess.Popen[str]) -> None:
    query = """
        SELECT count(*) FROM pg_locks
        WHERE NOT granted AND database = (SELECT oid FROM pg_database WHERE datname = %s)
    """
    until = time.monotonic() + _PATIENCE_S
    with psycopg.connect(
        databases.url_for("DATABASE_OWNER_URL", database), autocommit=True
    ) as watcher:
        while time.monotonic() < until:
            if watcher.execute(query, [database]).fetchone()[0]:
                return
            if command.poll() is not None:
                raise AssertionError(f"It ended before it was killed:\n{command.stdout.read()}")
            time.sleep(0.05)
    raise AssertionError("It never came to the table.")


def _wait_until_alone(database: str) -> None:
    """The server has noticed that the killed client is gone and undone what it did."""
    query = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND state <> 'idle' AND pid <> pg_backend_pid()"
    until = time.monotonic() + _PATIENCE_S
    with psycopg.connect(
        databases.url_for("DATABASE_OWNER_URL", database), autocommit=True
    ) as watcher:
        while watcher.execute(query, [database]).fetchone()[0]:
            assert time.monotonic() < until
            time.sleep(0.05)
