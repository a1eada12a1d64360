"""`/ogc/` and `/ogc/conformance`: where a client begins."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from layers.ogc.conformance import CONFORMANCE_CLASSES
from layers.ogc.door import public_door
from layers.ogc.negotiation import HTML, JSON, OPENAPI, wants_html
from layers.ogc.parameters import read_parameters
from layers.ogc.representation import as_json, as_page, link
from layers.ogc.scope import Scope, scope_of


@public_door
def landing(request: HttpRequest, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    parameters = read_parameters(request, {"f"})
    document = landing_document(scope)
    if wants_html(request, parameters):
        return as_page(request, "landing", scope, document=document)
    return as_json(document)


@public_door
def conformance(request: HttpRequest, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    parameters = read_parameters(request, {"f"})
    document = {"conformsTo": list(CONFORMANCE_CLASSES)}
    if wants_html(request, parameters):
        return as_page(request, "conformance", scope, (_("Normas"), ""), document=document)
    return as_json(document)


def landing_document(scope: Scope) -> dict[str, Any]:
    owner = (
        scope.municipality.official_name
        if scope.municipality
        else _("Municipios de esta instalación")
    )
    return {
        "title": _("Datos geográficos – %(owner)s") % {"owner": owner},
        "description": _(
            "Catastro municipal: predios, manzanas, edificaciones y límites, sin datos personales, "
            "avalúos ni deudas. OGC API Features en EPSG:32717, 32718, 3857, 4326 y CRS84."
        ),
        "links": [
            link(scope.url("/ogc/", f="json"), "self", JSON, _("Esta página")),
            link(scope.url("/ogc/", f="html"), "alternate", HTML, _("Esta página en HTML")),
            link(scope.url("/ogc/api"), "service-desc", OPENAPI, _("Descripción OpenAPI 3.0")),
            link(scope.url("/ogc/api.html"), "service-doc", HTML, _("Guía de los recursos")),
            link(scope.url("/ogc/conformance"), "conformance", JSON, _("Normas que se cumplen")),
            link(scope.url("/ogc/collections"), "data", JSON, _("Colecciones")),
        ],
    }
