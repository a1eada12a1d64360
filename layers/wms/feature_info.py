"""GetFeatureInfo: what stands at a pixel, from the published views and in their listed fields only."""

import json
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from sqlalchemy import Select, Text, cast, func, or_, select

from gis_project.core.crs import STORAGE_SRID, transformer
from layers.catalogue import PublishedLayer
from layers.fair_use import check_feature_info_rate
from layers.features.fields import public_fields
from layers.features.public_engine import public_connection
from layers.features.reflection import published_table
from layers.ogc.labels import title_of
from layers.ogc.scope import Scope
from layers.wms.faults import (
    INVALID_FORMAT,
    INVALID_PARAMETER,
    INVALID_POINT,
    LAYER_NOT_QUERYABLE,
    Fault,
)
from layers.wms.map_request import MapRequest, read_layers, read_map_request
from layers.wms.offer import ChosenLayer
from layers.wms.parameters import Parameters
from layers.wms.spatial import Box
from layers.wms.versions import Version, stated_version

FORMATS = ("text/plain", "text/html", "application/json")
_ALSO_JSON = ("application/geo+json", "application/vnd.geo+json", "geojson")
_TOLERANCE_PX = {"Line": 5, "Point": 7}
_DEFAULT_COUNT, _MAX_COUNT = 1, 50


@dataclass(frozen=True, slots=True)
class Found:
    """A feature at the pixel: its layer, the GeoJSON of its geometry (CRS84), values by field name."""

    layer: PublishedLayer
    layer_name: str
    identity: str
    geometry: str
    values: dict[str, Any]

    @property
    def title(self) -> str:
        return title_of(self.layer)

    @property
    def rows(self) -> list[tuple[str, Any]]:
        """Title and value of each field that has one."""
        return [
            (title_of(field), self.values[field.name])
            for field in public_fields(self.layer)
            if self.values[field.name] not in (None, "")
        ]


def get_feature_info(request: HttpRequest, parameters: Parameters, scope: Scope) -> HttpResponse:
    check_feature_info_rate(request)
    version = stated_version(parameters)
    asked = read_map_request(_with_format(parameters), version, scope)
    queried = read_layers(parameters, "QUERY_LAYERS", scope)
    if not set(queried) <= set(asked.layers):
        raise Fault("QUERY_LAYERS solo nombra capas que están en LAYERS.", LAYER_NOT_QUERYABLE)
    count = _count(parameters)
    info_format = _info_format(parameters)
    found: list[Found] = []
    for chosen in queried:
        box = _storage_box(asked, _pixel(parameters, version, asked), _tolerance(chosen.layer))
        found += _features(chosen, asked, box, count)
    return _answer(found, info_format)


def _with_format(parameters: Parameters) -> Parameters:
    """No picture is drawn, so FORMAT does not matter; some clients leave it out or write None."""
    return Parameters({**parameters.values, "FORMAT": "image/png"})


def _pixel(parameters: Parameters, version: Version, asked: MapRequest) -> tuple[int, int]:
    values = []
    for name, size in ((version.column, asked.canvas.width), (version.row, asked.canvas.height)):
        text = parameters.required(name)
        if not text.isascii() or not text.isdigit() or int(text[:9]) >= size or len(text) > 9:
            raise Fault(f"{name} no es un píxel de la imagen.", INVALID_POINT)
        values.append(int(text))
    return values[0], values[1]


def _tolerance(layer: PublishedLayer) -> int:
    return next((px for kind, px in _TOLERANCE_PX.items() if kind in layer.geometry_type), 0)


def _storage_box(asked: MapRequest, pixel: tuple[int, int], tolerance_px: int) -> Box:
    """The pixel with its tolerance in the storage CRS: a point of zero size for areas."""
    min_x, min_y, max_x, max_y = asked.box
    per_column = (max_x - min_x) / asked.canvas.width
    per_row = (max_y - min_y) / asked.canvas.height
    x = min_x + (pixel[0] + 0.5) * per_column
    y = max_y - (pixel[1] + 0.5) * per_row
    around = (
        x - tolerance_px * per_column,
        y - tolerance_px * per_row,
        x + tolerance_px * per_column,
        y + tolerance_px * per_row,
    )
    if asked.crs.srid == STORAGE_SRID:
        return around
    left, bottom, right, top = transformer(asked.crs.srid, STORAGE_SRID).transform_bounds(*around)
    if not all(abs(value) < 1e8 for value in (left, bottom, right, top)):
        raise Fault("El punto queda fuera del sistema de coordenadas.", INVALID_POINT)
    return left, bottom, right, top


def _features(chosen: ChosenLayer, asked: MapRequest, box: Box, count: int) -> list[Found]:
    layer = chosen.layer
    with public_connection() as connection:
        rows = connection.execute(_statement(chosen, asked, box).limit(count)).mappings().all()
    return [
        Found(
            layer=layer,
            layer_name=chosen.name,
            identity=row["identity"],
            geometry=row["geometry"],
            values={field.name: _finite(row[field.name]) for field in public_fields(layer)},
        )
        for row in rows
    ]


def _statement(chosen: ChosenLayer, asked: MapRequest, box: Box) -> Select[Any]:
    layer = chosen.layer
    view = published_table(layer, with_history=asked.on is not None and layer.has_history)
    min_x, min_y, max_x, max_y = box
    if _tolerance(layer):
        place = func.ST_MakeEnvelope(*box, STORAGE_SRID)
    else:
        place = func.ST_SetSRID(
            func.ST_MakePoint((min_x + max_x) / 2, (min_y + max_y) / 2), STORAGE_SRID
        )
    statement = (
        select(
            cast(view.c.id, Text).label("identity"),
            func.ST_AsGeoJSON(func.ST_Transform(view.c.geom, 4326), 7, 0).label("geometry"),
            *(view.c[field.name] for field in public_fields(layer)),
        )
        .where(func.ST_Intersects(view.c.geom, place))
        .order_by(view.c.id)
    )
    if chosen.municipality:
        statement = statement.where(view.c.municipality == chosen.municipality)
    if asked.on and layer.has_history:
        statement = statement.where(
            view.c.valid_from <= asked.on,
            or_(view.c.valid_to.is_(None), view.c.valid_to > asked.on),
        )
    return statement


def _count(parameters: Parameters) -> int:
    if not parameters.text("FEATURE_COUNT"):
        return _DEFAULT_COUNT
    count = parameters.integer("FEATURE_COUNT")
    if count < 1:
        raise Fault("FEATURE_COUNT es al menos 1.", INVALID_PARAMETER)
    return min(count, _MAX_COUNT)


def _info_format(parameters: Parameters) -> str:
    name = parameters.required("INFO_FORMAT").lower()
    if name in _ALSO_JSON:
        return "application/json"
    if name not in FORMATS:
        raise Fault(f"INFO_FORMAT es uno de {', '.join(FORMATS)}.", INVALID_FORMAT)
    return name


def _answer(found: list[Found], info_format: str) -> HttpResponse:
    match info_format:
        case "application/json":
            body = _as_json(found)
        case "text/html":
            body = render_to_string("layers/wms/feature_info.html", {"found": found})
        case _:
            body = render_to_string("layers/wms/feature_info.txt", {"found": found})
    response = HttpResponse(body, content_type=f"{info_format}; charset=utf-8")
    response["Cache-Control"] = "public, max-age=60"
    return response


def _as_json(found: list[Found]) -> str:
    features = [
        {
            "type": "Feature",
            "id": f"{each.layer_name}.{each.identity}",
            "geometry": json.loads(each.geometry),
            "properties": {name: _json_value(value) for name, value in each.values.items()},
        }
        for each in found
    ]
    return json.dumps({"type": "FeatureCollection", "features": features})


def _finite(value: Any) -> Any:
    """PostgreSQL's numbers may be NaN; nobody outside can read that."""
    return None if isinstance(value, Decimal) and not value.is_finite() else value


def _json_value(value: Any) -> Any:
    """Dates as ISO texts, exact numbers as numbers."""
    if isinstance(value, Decimal):
        return float(value)
    return value.isoformat() if isinstance(value, date) else value
