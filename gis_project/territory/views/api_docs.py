"""The page at /api/docs: every operation of the business API, readable without JavaScript."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI
from ninja.openapi.docs import DocsBase


class DocsPage(DocsBase):
    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        """Operations in the order of their paths, from the same OpenAPI that clients read."""
        schema = api.get_openapi_schema(path_params=kwargs)
        operations = [
            {"method": method.upper(), "path": path, **operation}
            for path, methods in sorted(schema["paths"].items())
            for method, operation in methods.items()
        ]
        return render(
            request, "territory/api_docs.html", {"info": schema["info"], "operations": operations}
        )
