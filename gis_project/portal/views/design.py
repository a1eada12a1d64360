"""The living page of components."""
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def design(request: HttpRequest) -> HttpResponse:
    return render(request, "portal/design.html")
