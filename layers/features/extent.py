"""Where and since when a layer has features: shown with each collection, remembered for some minutes."""

import time
from dataclasses import dataclass
from datetime import date
from threading import Lock

from sqlalchemy import func, select

from gis_project.core.crs import STORAGE_SRID, WGS84_SRID, transformer
from layers.catalogue import PublishedLayer
from layers.features.conditions import of_municipality
from layers.features.public_engine import public_connection, public_engine
from layers.features.reflection import published_table

_REMEMBERED_S = 300
_remembered: dict[tuple[object, ...], tuple[float, "Extent"]] = {}
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Extent:
    """``box_crs84`` is west, south, east, north in degrees; None for a layer without features."""

    box_crs84: tuple[float, float, float, float] | None
    first_day: date | None


def layer_extent(layer: PublishedLayer, *, municipality: str | None) -> Extent:
    """The extent of the features valid today, at most five minutes old."""
    key = (public_engine().url, layer.name, municipality)
    with _lock:
        found = _remembered.get(key)
    if found is not None and time.monotonic() - found[0] < _REMEMBERED_S:
        return found[1]
    extent = _measure(layer, municipality)
    with _lock:
        _remembered[key] = (time.monotonic(), extent)
    return extent


def forget_extents() -> None:
    """After a mass change, or between tests."""
    with _lock:
        _remembered.clear()


def _measure(layer: PublishedLayer, municipality: str | None) -> Extent:
    view = published_table(layer)
    box = func.ST_Extent(view.c.geom)
    statement = select(
        func.ST_XMin(box),
        func.ST_YMin(box),
        func.ST_XMax(box),
        func.ST_YMax(box),
        func.min(view.c.valid_from),
    )
    if municipality is not None:
        statement = statement.where(of_municipality(municipality)(view))
    with public_connection() as connection:
        *corners, first_day = connection.execute(statement).one()
    if corners[0] is None:
        return Extent(None, first_day)
    to_degrees = transformer(STORAGE_SRID, WGS84_SRID)
    low_x, low_y, high_x, high_y = corners
    west, south, east, north = to_degrees.transform_bounds(
        low_x, low_y, high_x, high_y, densify_pts=21
    )
    return Extent((west, south, east, north), first_day)
