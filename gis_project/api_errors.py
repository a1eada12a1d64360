"""From a domain error to what a client gets: the status table, problem+json, and the styled page.

The body of API answers is problem+json (RFC 9457) with our stable `code`; docs/reference/errors.md
lists every code. Pages get the template of their status, or are led to what is missing: sign-in,
the second factor, a password of one's own.
"""

import logging
from http import HTTPStatus
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from gis_project.core.errors import (
    BadRequest,
    Conflict,
    DomainError,
    InvalidInput,
    NotAllowed,
    NotFound,
)

logger = logging.getLogger(__name__)

STATUS_OF_CODE = {
    "too_many_requests": 429,
    "payload_too_large": 413,
    "unsupported_media": 415,
    "precondition_required": 428,
    "precondition_failed": 412,
    "gone": 410,
    "unavailable": 503,
}
STATUS_OF_CLASS: tuple[tuple[type[DomainError], int], ...] = (
    (BadRequest, 400),
    (NotAllowed, 403),
    (NotFound, 404),
    (Conflict, 409),
    (InvalidInput, 422),
)
# A page does not end at these refusals: it leads to the page that lifts them.
LEADS_TO = {"mfa_required": "mfa_index", "password_change_required": "account_change_password"}
TITLES = {status.value: status.phrase for status in HTTPStatus}
MACHINE_PATHS = ("/api/", "/ogc/", "/tiles/", "/healthz", "/readyz", "/metrics")
TEMPLATES = {400, 403, 404, 429}


def status_of(kind: type[DomainError]) -> int:
    """The HTTP status of a kind of error; one that fits no row is our own fault (500)."""
    if kind.code in STATUS_OF_CODE:
        return STATUS_OF_CODE[kind.code]
    return next((status for base, status in STATUS_OF_CLASS if issubclass(kind, base)), 500)


def problem(
    request: HttpRequest, *, status: int, code: str, detail: str, details: Any = None
) -> JsonResponse:
    """A problem+json answer; `instance` is the request's id, to be told to support."""
    body = {
        "type": f"urn:lindero:error:{code}",
        "title": TITLES[status],
        "status": status,
        "detail": detail,
        "code": code,
        "instance": f"urn:request:{getattr(request, 'id', '-')}",
    }
    if details:
        body["details"] = details
    return JsonResponse(body, status=status, content_type="application/problem+json; charset=utf-8")


def answer(request: HttpRequest, error: DomainError) -> HttpResponse:
    """What the client gets for `error`: problem+json for machines, a page for people."""
    status = status_of(type(error))
    log = logger.error if status >= 500 else logger.info
    log("refused", extra={"action": "refused", "code": error.code, "status": status})
    response = (
        problem(
            request, status=status, code=error.code, detail=error.message, details=error.details
        )
        if wants_problem(request)
        else _page(request, error, status)
    )
    if "retry_after_s" in error.details:
        response["Retry-After"] = str(error.details["retry_after_s"])
    return response


def wants_problem(request: HttpRequest) -> bool:
    """Whether a machine asks: by the door it knocks at, or because it takes JSON and no HTML."""
    parts = request.path.split("/", 2)
    below_municipality = f"/{parts[2]}" if len(parts) > 2 else ""
    if request.path.startswith(MACHINE_PATHS) or below_municipality.startswith(
        ("/ogc/", "/tiles/")
    ):
        return True
    accepted = request.headers.get("Accept", "")
    return "json" in accepted and "html" not in accepted


def _page(request: HttpRequest, error: DomainError, status: int) -> HttpResponse:
    if isinstance(error, NotAllowed) and not request.user.is_authenticated:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    if error.code in LEADS_TO:
        return redirect(LEADS_TO[error.code])
    template = status if status in TEMPLATES else (500 if status >= 500 else 400)
    context = {"reason": error.message, "retry_after": error.details.get("retry_after_s")}
    return render(request, f"{template}.html", context, status=status)
