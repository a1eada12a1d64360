"""`/ogc/collections` and `/ogc/collections/<layer>`: what there is, where, since when, in which CRS."""

from datetime import UTC, datetime, time
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from layers.catalogue import LAYERS, PublishedLayer, layer_named
from layers.features.extent import layer_extent
from layers.features.published_crs import CRS84, PUBLISHED_CRS, STORAGE_CRS
from layers.ogc.door import public_door
from layers.ogc.labels import abstract_of, title_of
from layers.ogc.negotiation import GEOJSON, HTML, JSON, SCHEMA, wants_html
from layers.ogc.parameters import read_parameters
from layers.ogc.representation import as_json, as_page, link
from layers.ogc.scope import Scope, scope_of

QUERYABLES = "http://www.opengis.net/def/rel/ogc/1.0/queryables"
TILESETS = "http://www.opengis.net/def/rel/ogc/1.0/tilesets-vector"


@public_door
def collections(request: HttpRequest, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    parameters = read_parameters(request, {"f"})
    document = {
        "links": [
            link(scope.url("/ogc/collections", f="json"), "self", JSON),
            link(scope.url("/ogc/collections", f="html"), "alternate", HTML),
        ],
        "crs": [crs.uri for crs in PUBLISHED_CRS],
        "collections": [collection_document(scope, layer) for layer in LAYERS],
    }
    if wants_html(request, parameters):
        return as_page(request, "collections", scope, crumb(), document=document)
    return as_json(document)


@public_door
def collection(request: HttpRequest, layer: str, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    published = layer_named(layer)
    parameters = read_parameters(request, {"f"})
    document = collection_document(scope, published)
    if wants_html(request, parameters):
        return as_page(
            request,
            "collection",
            scope,
            crumb(),
            crumb(published),
            layer=published,
            document=document,
        )
    return as_json(document)


def crumb(layer: PublishedLayer | None = None) -> tuple[str, str]:
    """The step of a page's way that leads to the collections, or to one."""
    if layer is None:
        return _("Colecciones"), "/ogc/collections"
    return title_of(layer), f"/ogc/collections/{layer.name}"


def collection_document(scope: Scope, layer: PublishedLayer) -> dict[str, Any]:
    here = f"/ogc/collections/{layer.name}"
    return {
        "id": layer.name,
        "title": title_of(layer),
        "description": abstract_of(layer),
        "itemType": "feature",
        "extent": _extent(scope, layer),
        "crs": [crs.uri for crs in PUBLISHED_CRS],
        "storageCrs": STORAGE_CRS.uri,
        "links": [
            link(scope.url(here, f="json"), "self", JSON, title_of(layer)),
            link(scope.url(here, f="html"), "alternate", HTML, title_of(layer)),
            link(scope.url(f"{here}/items"), "items", GEOJSON, _("Elementos en GeoJSON")),
            link(scope.url(f"{here}/items", f="html"), "items", HTML, _("Elementos en HTML")),
            link(scope.url(f"{here}/queryables"), QUERYABLES, SCHEMA, _("Campos consultables")),
            link(scope.url(f"/tiles/{layer.name}.json"), TILESETS, JSON, _("Teselas vectoriales")),
        ],
    }


def _extent(scope: Scope, layer: PublishedLayer) -> dict[str, Any]:
    extent = layer_extent(layer, municipality=scope.slug)
    document: dict[str, Any] = {}
    if extent.box_crs84 is not None:
        box = [round(degrees, 7) for degrees in extent.box_crs84]
        document["spatial"] = {"bbox": [box], "crs": CRS84.uri}
    if layer.has_history:
        begins = extent.first_day and datetime.combine(extent.first_day, time.min, tzinfo=UTC)
        first = begins.isoformat().replace("+00:00", "Z") if begins else None
        document["temporal"] = {"interval": [[first, None]]}
    return document
