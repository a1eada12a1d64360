"""The public lane: SQLAlchemy connections of the role that may read what is published and nothing else.

One small pool per process, made on first use, so that a forked worker never shares a socket with its
parent. A connection is held for one statement or batch, never while a slow client reads.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache

import psycopg
from django.conf import settings
from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from gis_project.core.errors import DomainError

# A page's or tile's thread uses one connection at a time; the other threads of a process wait for theirs.
_POOL_SIZE = 4
_WAIT_S = 5
_RETRY_AFTER_S = 5

# JIT compilation costs more than any of these statements; dates leave as UTC.
_SESSION = "-c jit=off -c timezone=UTC -c application_name=lindero_public"


class PublicLaneBusy(DomainError):
    """The answer would take too long or everybody asks at once: try a smaller area, or later."""

    code = "unavailable"


def public_engine() -> Engine:
    """This process's engine for the address in ``DATABASE_PUBLIC_URL``."""
    return _engine(os.getpid(), settings.DATABASE_PUBLIC_URL)


@contextmanager
def public_connection() -> Iterator[Connection]:
    """A connection of the read-only role, every statement its own transaction.

    A database that cannot answer raises PublicLaneBusy; nothing of the statement or of the server's
    message gets into the error.
    """
    try:
        with public_engine().connect() as connection:
            yield connection
    except PoolTimeout as error:
        raise _busy() from error
    except DBAPIError as error:
        if not isinstance(error.orig, psycopg.OperationalError):
            raise
        raise _busy() from error


def _busy() -> PublicLaneBusy:
    return PublicLaneBusy(
        "El servicio no alcanzó a responder. Pida un área menor o menos elementos, o intente en "
        "unos segundos.",
        details={"retry_after_s": _RETRY_AFTER_S},
    )


# Old addresses leave the cache (and their sockets) only in tests, where databases come and go.
@lru_cache(maxsize=4)
def _engine(process: int, address: str) -> Engine:
    return create_engine(
        make_url(address).set(drivername="postgresql+psycopg"),
        pool_size=_POOL_SIZE,
        max_overflow=0,
        pool_timeout=_WAIT_S,
        pool_pre_ping=True,
        isolation_level="AUTOCOMMIT",  # one statement each: no BEGIN and ROLLBACK around it
        pool_recycle=1800,
        # Each statement is planned with its own values: a plan for "any box" suits no box.
        connect_args={"options": _SESSION, "prepare_threshold": None, "connect_timeout": 5},
        hide_parameters=True,
    )
