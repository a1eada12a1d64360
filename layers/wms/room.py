"""How many requests of this process may wait for a picture at once: maps never take its last two threads."""

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPStatus
from threading import BoundedSemaphore

from django.conf import settings

from layers.wms.faults import Fault

# One page or lookup on each of them goes on while maps are asked for faster than they can be drawn.
_KEPT_FREE = 2
PLACES = max(1, settings.WEB_THREADS - _KEPT_FREE)
_SOON_S = 2

_places = BoundedSemaphore(PLACES)


@contextmanager
def place_to_wait() -> Iterator[None]:
    """One place for the time of a drawing; a Fault with 503 at once when all are taken.

    Nobody waits for a place: the waiting would hold the threads that are to stay free. Whoever has
    one waits in the renderers' own queue.
    """
    if not _places.acquire(blocking=False):
        raise Fault(
            "Se piden demasiados mapas a la vez: intente en unos segundos.",
            status=HTTPStatus.SERVICE_UNAVAILABLE,
            retry_after=_SOON_S,
        )
    try:
        yield
    finally:
        _places.release()
