"""One vector tile: ST_AsMVT over a published view, with the listed fields and the permanent id."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Double,
    FromClause,
    Select,
    Text,
    cast,
    func,
    literal_column,
    select,
)

from gis_project.core.crs import STORAGE_SRID
from layers.catalogue import PublishedLayer
from layers.features.conditions import Condition
from layers.features.fields import public_fields
from layers.features.public_engine import public_connection
from layers.features.reflection import published_table
from layers.tiles.tile_address import TileAddress

MAX_FEATURES = 20_000
_EXTENT = 4096
_BUFFER = 64
_MERCATOR = 3857
_WORLD_M = 40_075_016.685578


@dataclass(frozen=True, slots=True)
class Tile:
    """``content`` is empty where nothing lies; ``is_thinned`` says that the smallest were left out."""

    content: bytes
    is_thinned: bool


def vector_tile(
    layer: PublishedLayer, address: TileAddress, conditions: tuple[Condition, ...] = ()
) -> Tile:
    """The tile of ``layer`` at ``address``; nothing below the layer's least zoom.

    Above MAX_FEATURES only the largest are kept, so that a tile never outgrows what a browser draws.
    """
    if address.z < layer.min_zoom:
        return Tile(b"", is_thinned=False)
    view = published_table(layer)
    with public_connection() as connection:
        content, found = connection.execute(_tile_of(layer, view, address, conditions)).one()
        if found <= MAX_FEATURES:
            return Tile(bytes(content), is_thinned=False)
        largest_first = (_size(view).desc(), view.c.id)
        thinned = _tile_of(layer, view, address, conditions, *largest_first)
        content, _ = connection.execute(thinned).one()
    return Tile(bytes(content), is_thinned=True)


def _tile_of(
    layer: PublishedLayer,
    view: FromClause,
    address: TileAddress,
    conditions: tuple[Condition, ...],
    *order: ColumnElement[Any],
) -> Select[Any]:
    frame = func.ST_TileEnvelope(address.z, address.x, address.y)
    margin = _WORLD_M / (1 << address.z) * _BUFFER / _EXTENT
    reach = func.ST_Transform(func.ST_Expand(frame, margin), STORAGE_SRID)
    chosen = select(view).where(
        view.c.geom.op("&&")(reach), *(condition(view) for condition in conditions)
    )
    # One more than allowed tells that there are too many.
    limit = MAX_FEATURES if order else MAX_FEATURES + 1
    row = chosen.order_by(*order).limit(limit).subquery("row")
    shape = func.ST_AsMVTGeom(
        func.ST_Transform(row.c.geom, _MERCATOR), frame, _EXTENT, _BUFFER, literal_column("true")
    )
    columns: list[ColumnElement[Any]] = [cast(row.c.id, Text).label("id")]
    columns += [_plain(row.c[field.name], field.type) for field in public_fields(layer)]
    shapes = select(shape.label("geom"), *columns).subquery("feature")
    # A feature that shrinks to nothing at this zoom has no shape and is left out by ST_AsMVT.
    content = func.ST_AsMVT(shapes.table_valued(), layer.name, _EXTENT, "geom")
    return select(content, func.count()).select_from(shapes)


def _plain(column: ColumnElement[Any], field_type: str) -> ColumnElement[Any]:
    # ST_AsMVT writes strings, integers and doubles; what else there is would be dropped in silence.
    if field_type in {"date", "date-time"}:
        return cast(column, Text).label(column.key)
    if field_type == "number":
        return cast(column, Double).label(column.key)
    return column.label(column.key)


def _size(view: FromClause) -> ColumnElement[Any]:
    box = func.ST_Envelope(view.c.geom)
    return func.ST_Area(box) + func.ST_Length(box)
