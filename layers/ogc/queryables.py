"""`/ogc/collections/<layer>/queryables`: the fields one may filter by, as a JSON Schema."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from layers.catalogue import Field, PublishedLayer, layer_named
from layers.features.fields import public_fields
from layers.ogc.collections import crumb
from layers.ogc.door import public_door
from layers.ogc.labels import abstract_of, title_of
from layers.ogc.negotiation import SCHEMA, wants_html
from layers.ogc.parameters import read_parameters
from layers.ogc.representation import as_json, as_page
from layers.ogc.scope import Scope, scope_of

_JSON_TYPES = {"date": ("string", "date"), "date-time": ("string", "date-time")}


@public_door
def queryables(request: HttpRequest, layer: str, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    published = layer_named(layer)
    parameters = read_parameters(request, {"f"})
    document = queryables_document(scope, published)
    if wants_html(request, parameters):
        return as_page(
            request,
            "queryables",
            scope,
            crumb(),
            crumb(published),
            (_("Campos"), ""),
            layer=published,
            document=document,
        )
    return as_json(document, media_type=SCHEMA)


def queryables_document(scope: Scope, layer: PublishedLayer) -> dict[str, Any]:
    properties = {field.name: schema_of(field) for field in public_fields(layer)}
    properties["geom"] = {
        "title": "Geometría",
        "x-ogc-role": "primary-geometry",
        "format": f"geometry-{layer.geometry_type.lower()}",
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": scope.url(f"/ogc/collections/{layer.name}/queryables"),
        "type": "object",
        "title": title_of(layer),
        "description": abstract_of(layer),
        "properties": properties,
        "additionalProperties": False,
    }


def schema_of(field: Field) -> dict[str, str]:
    json_type, json_format = _JSON_TYPES.get(field.type, (field.type, ""))
    schema = {"title": title_of(field), "type": json_type}
    return {**schema, "format": json_format} if json_format else schema
