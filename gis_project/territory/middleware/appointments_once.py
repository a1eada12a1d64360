"""A person's appointments are read once in a request, however many capabilities its page asks for."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gis_project.territory.appointments import asked_once


def appointments_once(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """See territory/appointments.py."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with asked_once():
            return get_response(request)

    return middleware
