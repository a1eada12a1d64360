"""`/tiles/<layer>/<z>/<x>/<y>.mvt` and `/tiles/<layer>.json` (TileJSON 3), also below a municipality."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from layers.catalogue import PublishedLayer, layer_named
from layers.fair_use import check_tiles_rate
from layers.features.extent import layer_extent
from layers.features.fields import public_fields
from layers.ogc.door import public_door
from layers.ogc.labels import abstract_of, title_of
from layers.ogc.parameters import read_parameters
from layers.ogc.representation import as_json
from layers.ogc.scope import Scope, scope_of
from layers.ogc.validator import with_etag
from layers.tiles.tile import vector_tile
from layers.tiles.tile_address import MAX_ZOOM, tile_address

MVT = "application/vnd.mapbox-vector-tile"
_KEPT = "public, max-age=60"


@public_door
def tile(
    request: HttpRequest, layer: str, z: int, x: int, y: int, municipality: str | None = None
) -> HttpResponse:
    check_tiles_rate(request)
    scope = scope_of(request, municipality)
    read_parameters(request, ())
    drawn = vector_tile(layer_named(layer), tile_address(z, x, y), scope.conditions)
    if not drawn.content:
        return HttpResponse(status=204, headers={"Cache-Control": _KEPT})
    response = HttpResponse(drawn.content, content_type=MVT, headers={"Cache-Control": _KEPT})
    if drawn.is_thinned:
        response["Lindero-Tile"] = "thinned"
    return with_etag(request, response)


@public_door
def tilejson(request: HttpRequest, layer: str, municipality: str | None = None) -> HttpResponse:
    scope = scope_of(request, municipality)
    published = layer_named(layer)
    read_parameters(request, {"f"})
    return as_json(tilejson_document(scope, published))


def tilejson_document(scope: Scope, layer: PublishedLayer) -> dict[str, Any]:
    """Tiles, zooms, extent and fields of one layer."""
    document: dict[str, Any] = {
        "tilejson": "3.0.0",
        "name": title_of(layer),
        "description": abstract_of(layer),
        "scheme": "xyz",
        "tiles": [scope.url(f"/tiles/{layer.name}/{{z}}/{{x}}/{{y}}.mvt")],
        "minzoom": layer.min_zoom,
        "maxzoom": MAX_ZOOM,
        "vector_layers": [
            {
                "id": layer.name,
                "description": title_of(layer),
                "fields": {"id": "Identificador permanente"}
                | {field.name: title_of(field) for field in public_fields(layer)},
                "minzoom": layer.min_zoom,
                "maxzoom": MAX_ZOOM,
            }
        ],
    }
    box = layer_extent(layer, municipality=scope.slug).box_crs84
    if box is not None:
        document["bounds"] = [round(degrees, 6) for degrees in box]
        center = [round((box[0] + box[2]) / 2, 6), round((box[1] + box[3]) / 2, 6)]
        document["center"] = [*center, max(layer.min_zoom, 13)]
    return document
