"""What all public doors of features and tiles have in common: read-only, open to any site, clear refusals."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

from gis_project.api_errors import answer, problem
from gis_project.core.errors import DomainError

View = Callable[..., HttpResponseBase]
_METHODS = "GET, HEAD, OPTIONS"


def public_door(view: View) -> View:
    """``view`` for GET and HEAD, with refusals as problems; any web page may read the answer (CORS *)."""

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if request.method == "OPTIONS":
            response: HttpResponseBase = HttpResponse(status=204, headers={"Allow": _METHODS})
        elif request.method not in {"GET", "HEAD"}:
            response = _not_allowed(request)
        else:
            response = _answer(view, request, *args, **kwargs)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Allow-Methods"] = _METHODS
        response["Access-Control-Expose-Headers"] = "Content-Crs, ETag, Link, Retry-After"
        response.headers.setdefault("Cache-Control", "no-store")
        patch_vary_headers(response, ["Accept"])
        return response

    return door


def _answer(view: View, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
    try:
        response = view(request, *args, **kwargs)
    except DomainError as refusal:
        return answer(request, refusal)
    if request.method != "HEAD":
        return response
    # Streamed, so that no length is claimed for the body that is not sent.
    bare = StreamingHttpResponse(status=response.status_code, headers=dict(response.headers))
    response.close()
    return bare


def _not_allowed(request: HttpRequest) -> HttpResponse:
    detail = "Este servicio es de solo lectura: use GET."
    response = problem(request, status=405, code="method_not_allowed", detail=detail)
    response["Allow"] = _METHODS
    return response
