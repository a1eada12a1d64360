"""In which municipality the running work is: what the database's row security lets it see and write.

Whoever resolves a municipality from an address, an option or a job enters it; from then on rows of the
tables in the `row_security` modules are those of that municipality. Nothing entered, nothing seen. The
scope belongs to the running request, command or job and not to a connection: `scoped_postgis` tells it to
whichever connection the next statement goes through.
"""

from collections.abc import Iterator
from contextlib import contextmanager

import structlog

from gis_project.territory.models import Municipality
from gis_project.territory.scoped_postgis.wanted import EVERYWHERE, NOWHERE, WANTED

logger = structlog.get_logger("lindero.scope")


class OutsideScope(RuntimeError):
    """A programming error: nothing was found because nothing could be seen; enter the municipality first."""


@contextmanager
def outside() -> Iterator[None]:
    """A piece of work of its own, such as a request: it begins in no municipality, and what it enters ends with it."""
    with _wanted(NOWHERE):
        yield


@contextmanager
def within(*municipalities: Municipality) -> Iterator[None]:
    """The block sees and writes rows of these municipalities and of no other."""
    with _wanted(_ids(*municipalities)):
        yield


@contextmanager
def across_municipalities(reason: str) -> Iterator[None]:
    """The block works on all municipalities, which needs a reason: an audit, a handover, a country's figures."""
    if not reason.strip():
        raise ValueError("work across municipalities states its reason")
    logger.debug("across_municipalities", reason=reason)
    with _wanted(EVERYWHERE):
        yield


def enter(municipality: Municipality) -> None:
    """From here on the running request, command or job is in this municipality.

    Work that was declared to go across municipalities stays so.
    """
    if WANTED.get() != EVERYWHERE:
        WANTED.set(_ids(municipality))


def check_within(municipality_id: int) -> None:
    """Raise OutsideScope unless rows of that municipality are seen: for questions whose «none» is an answer."""
    wanted = WANTED.get()
    if wanted != EVERYWHERE and str(municipality_id) not in wanted.split(","):
        raise OutsideScope(
            f"asked of municipality {municipality_id}, at work in {wanted or 'none'}"
        )


def _ids(*municipalities: Municipality) -> str:
    return ",".join(str(int(municipality.pk)) for municipality in municipalities)


@contextmanager
def _wanted(municipalities: str) -> Iterator[None]:
    token = WANTED.set(municipalities)
    try:
        yield
    finally:
        WANTED.reset(token)
