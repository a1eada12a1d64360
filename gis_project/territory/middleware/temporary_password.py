"""Whoever signed in with a temporary password changes it before anything else."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from gis_project.territory.models import User

OPEN_PATHS = ("/account/", "/static/", "/language", "/healthz", "/readyz")


def temporary_password(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Leads pages to the change of password; the policy refuses everything else meanwhile."""

    def middleware(request: HttpRequest) -> HttpResponse:
        user = request.user
        if (
            isinstance(user, User)
            and user.must_change_password
            and not request.path.startswith(OPEN_PATHS)
        ):
            return redirect(reverse("account_change_password"))
        return get_response(request)

    return middleware
