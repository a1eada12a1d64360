"""The officials' desk."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gis_project.portal.municipality_of import municipality_or_404


def workbench(request: HttpRequest, municipality: str) -> HttpResponse:
    return render(request, "portal/workbench.html", {"municipality": municipality_or_404(municipality)})
