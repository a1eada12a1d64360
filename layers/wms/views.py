"""The door /wms and /<municipality>/wms: names the operation, translates refusals."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.csrf import csrf_exempt

from gis_project.core.errors import DomainError, NotFound
from gis_project.territory.rate_limit import TooManyRequests
from layers.features.public_engine import PublicLaneBusy
from layers.ogc.scope import Scope, scope_of
from layers.wms.capabilities import get_capabilities
from layers.wms.fault_response import fault_response
from layers.wms.faults import INVALID_PARAMETER, OPERATION_NOT_SUPPORTED, Fault
from layers.wms.feature_info import get_feature_info
from layers.wms.get_map import get_legend_graphic, get_map
from layers.wms.parameters import Parameters

Operation = Callable[[HttpRequest, Parameters, Scope], HttpResponse]

OPERATIONS: dict[str, Operation] = {
    "getcapabilities": get_capabilities,
    "getmap": get_map,
    "getfeatureinfo": get_feature_info,
    "getlegendgraphic": get_legend_graphic,
}
_METHODS = "GET, HEAD, OPTIONS"
_BUSY_S = 5
_NO_PARAMETERS = Parameters({})


def _open_to_any_page(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    @wraps(view)
    def door(request: HttpRequest, municipality: str | None = None) -> HttpResponse:
        if request.method == "OPTIONS":
            response = HttpResponse(status=204, headers={"Allow": _METHODS})
        elif request.method not in {"GET", "HEAD"}:
            response = fault_response(
                Fault("Este servicio se usa con GET.", OPERATION_NOT_SUPPORTED), _NO_PARAMETERS
            )
            response.status_code = 405
            response["Allow"] = _METHODS
        else:
            response = view(request, municipality)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag, Retry-After"
        return response

    return csrf_exempt(door)  # it writes nothing, and a POST is answered in the standard's form


@_open_to_any_page
def wms(request: HttpRequest, municipality: str | None = None) -> HttpResponse:
    """Answers one request. A bare address, as people type it, leads to the capabilities."""
    query = request.META.get("QUERY_STRING", "")
    if not query:
        return HttpResponseRedirect(f"{request.path}?SERVICE=WMS&REQUEST=GetCapabilities")
    parameters = _NO_PARAMETERS
    try:
        parameters = Parameters.from_query(query)
        return _operation(parameters)(request, parameters, scope_of(request, municipality))
    except Fault as fault:
        return fault_response(fault, parameters)
    except NotFound:
        raise  # of the municipality: there is no service at this address
    except DomainError as error:
        return fault_response(_as_fault(error), parameters)


def _as_fault(error: DomainError) -> Fault:
    if isinstance(error, PublicLaneBusy):
        return Fault(error.message, status=HTTPStatus.SERVICE_UNAVAILABLE, retry_after=_BUSY_S)
    if isinstance(error, TooManyRequests):
        wait = error.details["retry_after_s"]
        return Fault(error.message, status=HTTPStatus.TOO_MANY_REQUESTS, retry_after=wait)
    return Fault(error.message)


def _operation(parameters: Parameters) -> Operation:
    service = parameters.text("SERVICE")
    if service and service.upper() != "WMS":
        raise Fault(f"Este servicio es WMS, no {service[:20]}.", INVALID_PARAMETER)
    name = parameters.required("REQUEST")
    operation = OPERATIONS.get(name.lower())
    if operation is None:
        raise Fault(
            f"No existe la operación {name[:40]}: hay GetCapabilities, GetMap, GetFeatureInfo y GetLegendGraphic.",
            OPERATION_NOT_SUPPORTED,
        )
    return operation
