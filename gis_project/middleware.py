"""Where refusals of the domain become answers, whoever raised them."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from gis_project.api_errors import answer
from gis_project.core.errors import BadRequest, DomainError
from gis_project.territory.middleware.request_guard import check_body, check_query

# Standards with an own form of refusal read their query themselves, as strictly.
REFUSES_ITSELF = ("/wms",)


class DomainErrors:
    """A malformed request is refused before a view sees it; a view's domain error is answered."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        try:
            check_body(request)
            if not request.path.endswith(REFUSES_ITSELF):
                check_query(request)
        except BadRequest as refusal:
            return answer(request, refusal)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        return answer(request, error) if isinstance(error, DomainError) else None
