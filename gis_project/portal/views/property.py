"""The page of one property."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gis_project.portal.municipality_of import municipality_or_404


def property_page(request: HttpRequest, municipality: str, key: str) -> HttpResponse:
    return render(request, "portal/property.html", {"municipality": municipality_or_404(municipality)})
