"""`/ogc/collections/<layer>/items/<id>`: one feature at its permanent address."""

import json
import uuid
from dataclasses import replace

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from gis_project.core.errors import DomainError, NotFound
from layers.catalogue import PublishedLayer, layer_named
from layers.fair_use import check_features_rate
from layers.features.feature_query import FeatureQuery
from layers.features.fields import public_fields
from layers.features.public_engine import public_connection
from layers.features.published_crs import CRS84, published_crs
from layers.features.select import feature_of
from layers.ogc.collections import crumb
from layers.ogc.door import public_door
from layers.ogc.items import content_crs
from layers.ogc.negotiation import GEOJSON, HTML, JSON, wants_html
from layers.ogc.parameters import read_parameters
from layers.ogc.representation import as_page, link, link_header
from layers.ogc.scope import Scope, scope_of
from layers.ogc.validator import with_etag


class UnknownFeature(NotFound):
    """No feature of this collection has that id."""

    code = "unknown_feature"


class Gone(DomainError):
    """The feature existed and has ended; its versions stay in the collection's history (``datetime``)."""

    code = "gone"


@public_door
def item(
    request: HttpRequest, layer: str, feature: str, municipality: str | None = None
) -> HttpResponse:
    check_features_rate(request)
    scope = scope_of(request, municipality)
    published = layer_named(layer)
    parameters = read_parameters(request, {"f", "crs"})
    crs = published_crs(parameters.get("crs", CRS84.uri))
    query = FeatureQuery(layer=published, conditions=scope.conditions, crs=crs)
    is_page = wants_html(request, parameters)
    text = feature_text(query, _identity(feature))
    if is_page:
        response = _page(request, scope, published, text)
    else:
        response = _geojson(scope, published, text)
        response["Cache-Control"] = "public, no-cache"
    response["Content-Crs"] = content_crs(crs)
    return response if is_page else with_etag(request, response)


def feature_text(query: FeatureQuery, identity: uuid.UUID) -> str:
    """The feature as it is valid today; Gone says since when it is not, UnknownFeature that it never was."""
    with public_connection() as connection:
        row = connection.execute(feature_of(query, identity)).first()
        if row is not None:
            return str(row.feature)
        past = connection.execute(feature_of(replace(query, with_history=True), identity)).first()
    if past is None:
        raise UnknownFeature("No hay ningún elemento con ese identificador en la colección.")
    validity = json.loads(past.feature)["properties"]
    raise Gone(
        f"El elemento no está vigente hoy: lo estuvo de {validity['valid_from']} a {validity['valid_to']}. "
        "Sus versiones se consultan en la colección con datetime.",
    )


def _identity(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        raise UnknownFeature("El identificador de un elemento es un UUID.") from None


def _geojson(scope: Scope, layer: PublishedLayer, text: str) -> HttpResponse:
    links = _links(scope, layer, json.loads(text)["id"])
    whole = f'{text[:-1]},"links":{json.dumps(links, ensure_ascii=False)}}}'
    return HttpResponse(whole, content_type=GEOJSON, headers={"Link": link_header(links)})


def _page(request: HttpRequest, scope: Scope, layer: PublishedLayer, text: str) -> HttpResponse:
    feature = json.loads(text)
    rows = [(field, feature["properties"][field.name]) for field in public_fields(layer)]
    return as_page(
        request,
        "item",
        scope,
        crumb(),
        crumb(layer),
        (_("Elementos"), f"/ogc/collections/{layer.name}/items"),
        (feature["id"][:8], ""),
        layer=layer,
        feature=feature,
        rows=rows,
    )


def _links(scope: Scope, layer: PublishedLayer, identity: str) -> list[dict[str, str]]:
    collection = f"/ogc/collections/{layer.name}"
    here = f"{collection}/items/{identity}"
    return [
        link(scope.url(here, f="json"), "self", GEOJSON),
        link(scope.url(here, f="html"), "alternate", HTML),
        link(scope.url(collection), "collection", JSON),
    ]
