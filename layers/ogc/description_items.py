"""The part of the OpenAPI description that tells of items: which parameters each collection takes."""

from typing import Any

from django.utils.translation import gettext as _

from layers.catalogue import PublishedLayer
from layers.features.fields import public_fields
from layers.ogc.description_parts import FAULTS, answer, parameter
from layers.ogc.labels import title_of
from layers.ogc.negotiation import GEOJSON
from layers.ogc.queryables import schema_of

_SHARED = ("f", "limit", "bbox", "bbox-crs", "crs", "datetime", "cursor", "numberMatched")


def items_path(layer: PublishedLayer) -> dict[str, Any]:
    """The path item of ``/collections/<layer>/items``."""
    filters = [
        {
            "name": field.name,
            "in": "query",
            "required": False,
            "description": title_of(field),
            "schema": {
                name: word for name, word in schema_of(field).items() if name in {"type", "format"}
            },
            "style": "form",
            "explode": False,
        }
        for field in public_fields(layer)
    ]
    return {
        "get": {
            "operationId": f"items_{layer.name}",
            "summary": _("Elementos de %s") % title_of(layer),
            "tags": [layer.name],
            "parameters": [*(parameter(name) for name in _SHARED), *filters],
            "responses": {"200": answer(GEOJSON, "featureCollection"), **FAULTS},
        }
    }


def item_path(layer: PublishedLayer) -> dict[str, Any]:
    """The path item of one feature."""
    return {
        "get": {
            "operationId": f"item_{layer.name}",
            "summary": _("Un elemento de %s") % title_of(layer),
            "tags": [layer.name],
            "parameters": [parameter("featureId"), parameter("f"), parameter("crs")],
            "responses": {
                "200": answer(GEOJSON, "feature"),
                "410": {"$ref": "#/components/responses/Gone"},
                **FAULTS,
            },
        }
    }
