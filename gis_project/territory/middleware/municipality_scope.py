"""Each request begins in no municipality; what it enters does not outlive it."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gis_project.territory.scope import outside


def municipality_scope(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """The page or operation that resolves the municipality enters it (territory/scope.py)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        with outside():
            return get_response(request)

    return middleware
