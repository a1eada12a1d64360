"""One line in the log and one observation in the metrics for each request, without its data."""

import re
import time
import uuid
from collections.abc import Callable

import structlog
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from gis_project.territory.metrics import REQUEST_SECONDS

logger = structlog.get_logger("lindero.request")
_PROXY_ID = re.compile(r"[A-Za-z0-9-]{8,64}")


def request_log(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Gives the request its id, tells it to the client, writes method, route, status and time.

    The route's pattern is written and not the path, the query string never: they may say whose
    property somebody looks at.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        started = time.perf_counter()
        request.id = _request_id(request)  # type: ignore[attr-defined]
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)  # type: ignore[attr-defined]
        response = get_response(request)
        seconds = time.perf_counter() - started
        response.headers.setdefault("X-Request-ID", request.id)  # type: ignore[attr-defined]
        route = getattr(request.resolver_match, "route", None) or "-"
        REQUEST_SECONDS.labels(request.method, route, response.status_code).observe(seconds)
        user = getattr(request, "user", None)
        logger.info(
            "request",
            action="request",
            method=request.method,
            route=route,
            status=response.status_code,
            ms=round(seconds * 1000),
            user=str(user.pk) if user is not None and user.is_authenticated else None,
        )
        return response

    return middleware


def _request_id(request: HttpRequest) -> str:
    given = request.headers.get("X-Request-ID", "") if settings.BEHIND_PROXY else ""
    return given if _PROXY_ID.fullmatch(given) else uuid.uuid4().hex
