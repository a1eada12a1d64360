"""The start page and the search box that leads to a municipality."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from gis_project.portal.municipality_of import municipality_or_404
from gis_project.territory.models import Municipality
from gis_project.territory.policy import visible_municipalities


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """The municipalities of this installation and one search box."""
    context = {
        "municipalities": Municipality.objects.all(),
        "workplaces": visible_municipalities(request.user, on=timezone.localdate()),
    }
    return render(request, "portal/start.html", context)


@require_safe
def choose_municipality(request: HttpRequest) -> HttpResponse:
    """Sends the question to the chosen municipality's page."""
    municipality = municipality_or_404(request.GET.get("m", ""))
    query = urlencode({"q": request.GET.get("q", "")})
    response = redirect("municipality", municipality.slug)
    response["Location"] += f"?{query}"
    return response
