"""Pages for what went wrong; every one says what to do next."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseServerError
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400: the request cannot be read."""
    return render(request, "400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403: this person may not."""
    return render(request, "403.html", status=403)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 for a form whose token has expired; `CSRF_FAILURE_VIEW` points here."""
    return render(request, "403.html", status=403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404; a view's own `Http404("…")` sentence is told, Django's resolver dump is not."""
    argument = exception.args[0] if isinstance(exception, Http404) and exception.args else ""
    reason = argument if isinstance(argument, str) else ""
    return render(request, "404.html", {"reason": reason}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: ours. Rendered without the request, so that neither session nor user is asked of a broken database."""
    return HttpResponseServerError(render_to_string("500.html"))
