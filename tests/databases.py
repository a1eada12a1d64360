"""Making, copying and dropping whole test databases, and pointing Django at one of them.

Everything is built once as `lindero_owner`, the way an installation is, and used as
`lindero_app`: a missing grant fails here and not in a town hall.
"""

import os
import subprocess
import sys
import time
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.conf import settings
from django.db import connections
from django.test import override_settings
from psycopg import sql
from sqlalchemy import Engine, event

ROOT = Path(__file__).resolve().parent.parent
URL_VARIABLES = (
    "DATABASE_URL",
    "DATABASE_OWNER_URL",
    "DATABASE_PUBLIC_URL",
    "DATABASE_AUDITOR_URL",
)

_engines: "weakref.WeakSet[Engine]" = weakref.WeakSet()


@event.listens_for(Engine, "engine_connect")
def _remember_engine(connection: object) -> None:
    """Engines that tests have used, so that none keeps a connection to a dropped database."""
    _engines.add(connection.engine)


def url_for(variable: str, database: str) -> str:
    """The address in an environment variable with another database's name in it."""
    return urlunsplit(urlsplit(os.environ[variable])._replace(path=f"/{database}"))


def environment_for(database: str) -> dict[str, str]:
    """The environment of a child process (server, worker, command) that works on `database`."""
    urls = {v: url_for(v, database) for v in URL_VARIABLES if os.environ.get(v)}
    return {**os.environ, **urls, "DJANGO_SETTINGS_MODULE": "gis_project.settings"}


def run_manage(
    database: str, *arguments: str, role: str = "app"
) -> subprocess.CompletedProcess[str]:
    """`manage.py …` on `database` in a process of its own; a failure raises with its words."""
    done = subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT,
        env={**environment_for(database), "LINDERO_DB_ROLE": role},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise RuntimeError(f"manage.py {' '.join(arguments)}:\n{done.stdout}\n{done.stderr}")
    return done


def build(database: str) -> None:
    """A migrated, empty database: schema, grants, roles and published views as the owner makes them."""
    copy("lindero_template", database)
    run_manage(database, "migrate", "--verbosity=0", role="owner")


def copy(template: str, database: str) -> None:
    """`database` as an exact copy of `template`; an older one of that name goes away."""
    drop(database)
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(database), sql.Identifier(template)
    )
    with _maintenance() as connection:
        for attempt in range(50):
            try:
                connection.execute(statement)
                return
            except psycopg.errors.ObjectInUse:
                if attempt == 49:
                    raise
                time.sleep(0.1)  # a backend that has been told to end is still ending


def drop(database: str) -> None:
    with _maintenance() as connection:
        connection.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(database))
        )


@contextmanager
def _maintenance() -> Iterator[psycopg.Connection]:
    with psycopg.connect(url_for("DATABASE_OWNER_URL", "postgres"), autocommit=True) as connection:
        connection.execute("SET client_min_messages = warning")
        yield connection


@contextmanager
def pointing_at(database: str) -> Iterator[None]:
    """Django's default connection and the public address lead to `database` meanwhile, in all threads."""
    entry = connections.settings["default"]
    before = entry["NAME"]
    release()
    entry["NAME"] = database
    try:
        with override_settings(
            DATABASE_PUBLIC_URL=url_for("DATABASE_PUBLIC_URL", database),
            DATABASE_OWNER_URL=url_for("DATABASE_OWNER_URL", database),
        ):
            yield
    finally:
        release()
        entry["NAME"] = before


def release() -> None:
    """Close every connection this thread and the engines hold."""
    connections.close_all()
    for engine in list(_engines):
        engine.dispose()


def base_name() -> str:
    return str(settings.DATABASES["default"]["TEST"]["NAME"])
