"""The business API at /api/: routers of the apps, one form for every refusal, no unknown keys."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from cadastre.api import (
    bank,
    documents,
    erasures,
    fieldwork,
    lookups,
    operations,
    ordinances,
    payments,
    procedures,
    proposals,
    quality,
)
from gis_project.api_errors import answer, problem
from gis_project.core.errors import BadRequest, DomainError
from gis_project.portal.api import certificates, lineage, parcels, quotes, titles
from gis_project.territory.views.api_docs import DocsPage
from water_basins.api import basins

# What pydantic calls these is a rule's refusal (422); everything else did not parse (400).
RULE_REFUSALS = {"value_error", "assertion_error"}


class UnknownParameter(BadRequest):
    """The query holds a name that this address does not know: see the list in /api/docs."""

    code = "unknown_parameter"


api = NinjaAPI(
    title="Lindero",
    version="1",
    description="Catastro, impuesto predial y agua. Montos como texto, fechas ISO 8601.",
    urls_namespace="api",
    docs=DocsPage(),
)


def refuse_unknown_parameters(run: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """An operation that answers 400 to a query name it does not read."""
    known: set[str] = set()
    for model in run.__self__.models:  # type: ignore[attr-defined]
        if model.__ninja_param_source__ == "query":
            known |= set(model.__ninja_flatten_map__)

    @wraps(run)
    def guarded(request: HttpRequest, **path: Any) -> HttpResponse:
        unknown = sorted(set(request.GET) - known)
        if unknown:
            return answer(
                request,
                UnknownParameter(
                    f"No se conoce el parámetro «{unknown[0][:40]}».",
                    details={"known": sorted(known)},
                ),
            )
        return run(request, **path)

    return guarded


@api.exception_handler(DomainError)
def domain_error(request: HttpRequest, error: DomainError) -> HttpResponse:
    return answer(request, error)


@api.exception_handler(ValidationError)
def validation_error(request: HttpRequest, error: ValidationError) -> HttpResponse:
    """Where and why the input was refused, without repeating what was sent."""
    places = [
        {"where": [str(part) for part in one["loc"]], "why": one["type"]} for one in error.errors
    ]
    is_rule = all(one["type"] in RULE_REFUSALS for one in error.errors)
    return problem(
        request,
        status=422 if is_rule else 400,
        code="invalid_input" if is_rule else "bad_request",
        detail="La solicitud no tiene la forma que se espera; vea «details».",
        details=places,
    )


@api.exception_handler(AuthenticationError)
def not_signed_in(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return problem(request, status=401, code="not_signed_in", detail="Ingrese primero al sistema.")


@api.exception_handler(HttpError)
def http_error(request: HttpRequest, error: HttpError) -> HttpResponse:
    code = {400: "bad_request", 403: "not_allowed", 429: "too_many_requests"}
    return problem(
        request,
        status=error.status_code,
        code=code.get(error.status_code, "bad_request"),
        detail="La solicitud no se pudo leer o no está permitida.",
    )


@api.exception_handler(Http404)
def not_found(request: HttpRequest, error: Http404) -> HttpResponse:
    return problem(request, status=404, code="not_found", detail="No existe lo que se pide.")


api.add_decorator(refuse_unknown_parameters, mode="view")
for doors in (
    parcels,
    lineage,
    quotes,
    titles,
    certificates,
    operations,
    documents,
    proposals,
    procedures,
    quality,
    ordinances,
    fieldwork,
    lookups,
    erasures,
    payments,
    bank,
    basins,
):
    api.add_router("", doors.router)
