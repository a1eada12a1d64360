"""A municipality's portal: search and map."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gis_project.portal.municipality_of import municipality_or_404


def municipality_page(request: HttpRequest, municipality: str) -> HttpResponse:
    return render(request, "portal/municipality.html", {"municipality": municipality_or_404(municipality)})
