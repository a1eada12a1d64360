"""`/ogc/api`: the OpenAPI 3.0 description of these doors, made of the catalogue; `/ogc/api.html` for people."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from layers.catalogue import LAYERS
from layers.ogc.description_items import item_path, items_path
from layers.ogc.description_parts import COMPONENTS, FAULTS, answer, parameter
from layers.ogc.door import public_door
from layers.ogc.labels import title_of
from layers.ogc.landing import landing_document
from layers.ogc.negotiation import OPENAPI, wants_html
from layers.ogc.parameters import read_parameters
from layers.ogc.representation import as_json, as_page
from layers.ogc.scope import Scope, scope_of


@public_door
def api_document(request: HttpRequest, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    parameters = read_parameters(request, {"f"})
    if wants_html(request, parameters):
        return _page(request, scope)
    return as_json(openapi_document(scope), media_type=OPENAPI)


@public_door
def api_page(request: HttpRequest, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    read_parameters(request, {"f"})
    return _page(request, scope)


def openapi_document(scope: Scope) -> dict[str, Any]:
    about = landing_document(scope)
    return {
        "openapi": "3.0.3",
        "info": {
            "title": about["title"],
            "description": about["description"],
            "version": "1.0.0",
        },
        "servers": [{"url": scope.url("/ogc")}],
        "tags": [{"name": "service", "description": _("El servicio")}]
        + [{"name": layer.name, "description": title_of(layer)} for layer in LAYERS],
        "paths": _paths(),
        "components": COMPONENTS,
    }


def _paths() -> dict[str, Any]:
    paths: dict[str, Any] = {
        "/": _plain("getLanding", _("Página de inicio del servicio")),
        "/api": _plain("getDescription", _("Esta descripción")),
        "/conformance": _plain("getConformance", _("Normas que se cumplen")),
        "/collections": _plain("getCollections", _("Colecciones")),
    }
    for layer in LAYERS:
        here, title = f"/collections/{layer.name}", title_of(layer)
        paths[here] = _plain(f"describe_{layer.name}", title, tag=layer.name)
        paths[f"{here}/queryables"] = _plain(
            f"queryables_{layer.name}", _("Campos de %s") % title, tag=layer.name
        )
        paths[f"{here}/items"] = items_path(layer)
        paths[f"{here}/items/{{featureId}}"] = item_path(layer)
    return paths


def _plain(operation: str, summary: str, *, tag: str = "service") -> dict[str, Any]:
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "tags": [tag],
            "parameters": [parameter("f")],
            "responses": {"200": answer("application/json", "object"), **FAULTS},
        }
    }


def _page(request: HttpRequest, scope: Scope) -> HttpResponse:
    document = openapi_document(scope)
    resources = [
        {"path": path, "server": document["servers"][0]["url"], **methods["get"]}
        for path, methods in document["paths"].items()
    ]
    components = COMPONENTS["parameters"].values()
    return as_page(
        request,
        "api",
        scope,
        (_("Guía de los recursos"), ""),
        document=document,
        resources=resources,
        shared=components,
    )
