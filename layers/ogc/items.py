"""`/ogc/collections/<layer>/items`: pages of features, streamed."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.translation import gettext as _

from layers.catalogue import PublishedLayer, layer_named
from layers.fair_use import check_features_rate
from layers.features.cursor import write_cursor
from layers.features.fields import public_fields
from layers.features.published_crs import PublishedCrs
from layers.features.stream import FeatureStream
from layers.ogc.collections import crumb
from layers.ogc.compression import compressed
from layers.ogc.door import public_door
from layers.ogc.items_request import ItemsRequest, known_parameters, read_items_request
from layers.ogc.negotiation import GEOJSON, HTML, JSON, wants_html
from layers.ogc.parameters import read_parameters
from layers.ogc.representation import as_page, link, link_header
from layers.ogc.scope import Scope, scope_of


@public_door
def items(request: HttpRequest, layer: str, municipality: str | None = None) -> HttpResponseBase:
    check_features_rate(request)
    scope = scope_of(request, municipality)
    published = layer_named(layer)
    parameters = read_parameters(request, known_parameters(published))
    asked = read_items_request(scope, published, parameters)
    is_page = wants_html(request, parameters)
    features = FeatureStream(asked.query)
    if is_page:
        return _page(request, scope, published, asked, features)
    response = StreamingHttpResponse(
        collection_text(scope, published, asked, features), content_type=GEOJSON
    )
    response["Content-Crs"] = content_crs(asked.query.crs)
    response["Link"] = link_header(_own_links(scope, published, asked))
    return compressed(request, response)


def content_crs(crs: PublishedCrs) -> str:
    return f"<{crs.uri}>"


def collection_text(
    scope: Scope, layer: PublishedLayer, asked: ItemsRequest, features: FeatureStream
) -> Iterator[bytes]:
    """The FeatureCollection piece by piece; counts and the next page are known at its end."""
    now = datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
    yield f'{{"type":"FeatureCollection","timeStamp":"{now}","features":['.encode()
    separator = "\n"
    for piece in features:
        yield (separator + piece).encode()
        separator = ",\n"
    tail: dict[str, Any] = {"numberReturned": features.returned}
    if (matched := _matched(asked, features)) is not None:
        tail["numberMatched"] = matched
    tail["links"] = _own_links(scope, layer, asked) + _next_link(scope, layer, asked, features)
    yield b"\n]," + json.dumps(tail, ensure_ascii=False, separators=(",", ":"))[1:].encode()


def _page(
    request: HttpRequest,
    scope: Scope,
    layer: PublishedLayer,
    asked: ItemsRequest,
    features: FeatureStream,
) -> HttpResponse:
    rows = [feature for piece in features for feature in json.loads(f"[{piece}]")]
    following = _next_link(scope, layer, asked, features)
    response = as_page(
        request,
        "items",
        scope,
        crumb(),
        crumb(layer),
        (_("Elementos"), ""),
        layer=layer,
        fields=public_fields(layer),
        features=rows,
        matched=_matched(asked, features),
        next=following[0]["href"] if following else None,
        geojson=_url(scope, layer, asked, f="json"),
    )
    response["Content-Crs"] = content_crs(asked.query.crs)
    return response


def _matched(asked: ItemsRequest, features: FeatureStream) -> int | None:
    if asked.wants_count is False:
        return None
    return features.matched(is_asked=asked.wants_count is True)


def _own_links(scope: Scope, layer: PublishedLayer, asked: ItemsRequest) -> list[dict[str, str]]:
    return [
        link(_url(scope, layer, asked, f="json"), "self", GEOJSON),
        link(_url(scope, layer, asked, f="html"), "alternate", HTML),
        link(scope.url(f"/ogc/collections/{layer.name}"), "collection", JSON),
    ]


def _next_link(
    scope: Scope, layer: PublishedLayer, asked: ItemsRequest, features: FeatureStream
) -> list[dict[str, str]]:
    if features.next_after is None:
        return []
    cursor = write_cursor(features.next_after)
    is_page = asked.parameters.get("f") == "html"
    return [link(_url(scope, layer, asked, cursor=cursor), "next", HTML if is_page else GEOJSON)]


def _url(scope: Scope, layer: PublishedLayer, asked: ItemsRequest, **changed: str) -> str:
    return scope.url(f"/ogc/collections/{layer.name}/items", **{**asked.parameters, **changed})
