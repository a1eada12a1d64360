"""What Django itself refuses (no such address, no permission): a problem for machines, else a page."""

from django.http import HttpRequest, HttpResponse

from gis_project.api_errors import problem, wants_problem
from gis_project.portal.views import errors


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not wants_problem(request):
        return errors.bad_request(request, exception)
    return problem(request, status=400, code="bad_request", detail="La solicitud no se entiende.")


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not wants_problem(request):
        return errors.forbidden(request, exception)
    return problem(request, status=403, code="not_allowed", detail="No tiene permiso para esto.")


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    if not wants_problem(request):
        return errors.not_found(request, exception)
    return problem(request, status=404, code="not_found", detail="No existe lo que se pide.")


def server_error(request: HttpRequest) -> HttpResponse:
    if not wants_problem(request):
        return errors.server_error(request)
    return problem(
        request, status=500, code="internal", detail="Falló el servidor; indique el «instance»."
    )


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    if not wants_problem(request):
        return errors.csrf_failure(request, reason)
    return problem(
        request, status=403, code="csrf_failed", detail="Falta la marca contra envíos ajenos."
    )
