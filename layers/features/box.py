"""The box of a request: read strictly, brought into the storage CRS with its sides as curves."""

import math
import re
from dataclasses import dataclass
from functools import cache

import numpy as np
import shapely
from pyproj import Transformer

from gis_project.core.crs import STORAGE_SRID, WGS84_SRID
from gis_project.core.errors import BadRequest
from layers.features.published_crs import PublishedCrs

# Nothing is registered outside; far away the projections stop being finite.
_DOMAIN = (-98.0, -12.0, -68.0, 8.0)
_POINTS_A_SIDE = 16
_NUMBER = re.compile(r"[+-]?(\d{1,20}(\.\d{0,20})?|\.\d{1,20})([eE][+-]?\d{1,3})?", re.ASCII)


class BadBox(BadRequest):
    """``bbox`` is four numbers (or six with heights): lower corner, then upper corner."""

    code = "bad_bbox"


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in ``srid``, x (easting, longitude) first whatever the client's axis order was."""

    min_x: float
    min_y: float
    max_x: float
    max_y: float
    srid: int


def parse_box(text: str, *, crs: PublishedCrs) -> Box:
    """The box that ``text`` gives in the axis order of ``crs``; heights are read and left aside."""
    parts = text.split(",", 6)
    if len(parts) not in {4, 6} or not all(_NUMBER.fullmatch(part) for part in parts):
        raise BadBox(
            "bbox lleva cuatro números separados por comas: mínimo, mínimo, máximo, máximo."
        )
    numbers = [float(part) for part in parts]
    if not all(map(math.isfinite, numbers)):
        raise BadBox("bbox solo admite números finitos.")
    half = len(numbers) // 2
    low, high = numbers[:2], numbers[half : half + 2]
    if half == 3 and numbers[2] > numbers[5]:
        raise BadBox("En bbox la altura mínima es mayor que la máxima.")
    if crs.is_lat_lon:
        low.reverse()
        high.reverse()
    if low[1] > high[1]:
        raise BadBox("En bbox el mínimo del norte o de la latitud es mayor que el máximo.")
    if low[0] > high[0]:
        raise BadBox(
            "En bbox el oeste está al este: las cajas que cruzan el antimeridiano no se admiten, "
            "pues Ecuador no lo cruza. Pida dos cajas."
            if crs.srid == WGS84_SRID
            else "En bbox el mínimo del este es mayor que el máximo."
        )
    return Box(low[0], low[1], high[0], high[1], crs.srid)


def storage_shape(box: Box) -> bytes | None:
    """WKB, in the storage CRS, of what ``box`` covers there; None where nothing can be registered.

    A straight side in one system is a curve in another, so the sides are sampled; a box without width
    becomes a line or a point.
    """
    low_x, low_y, high_x, high_y = _domain(box.srid)
    min_x, max_x = max(box.min_x, low_x), min(box.max_x, high_x)
    min_y, max_y = max(box.min_y, low_y), min(box.max_y, high_y)
    if min_x > max_x or min_y > max_y:
        return None
    corners = [(min_x, min_y), (max_x, min_y), (max_x, max_y), (min_x, max_y)]
    if min_x == max_x or min_y == max_y:
        line = _to_storage(np.linspace(corners[0], corners[2], _POINTS_A_SIDE), box.srid)
        is_point = min_x == max_x and min_y == max_y
        return bytes(
            shapely.to_wkb(shapely.Point(line[0]) if is_point else shapely.LineString(line))
        )
    points = 1 if box.srid == STORAGE_SRID else _POINTS_A_SIDE
    sides = [
        np.linspace(start, end, points, endpoint=False)
        for start, end in zip(corners, corners[1:] + corners[:1], strict=True)
    ]
    return bytes(shapely.to_wkb(shapely.Polygon(_to_storage(np.concatenate(sides), box.srid))))


def _to_storage(points: np.ndarray, srid: int) -> np.ndarray:
    if srid == STORAGE_SRID:
        return points
    return np.column_stack(_way(srid, STORAGE_SRID).transform(points[:, 0], points[:, 1]))


@cache
def _domain(srid: int) -> tuple[float, float, float, float]:
    if srid == WGS84_SRID:
        return _DOMAIN
    return _way(WGS84_SRID, srid).transform_bounds(*_DOMAIN, densify_pts=21)


# Without an area of interest: all systems here share the datum of WGS 84, there is but one way.
@cache
def _way(from_srid: int, to_srid: int) -> Transformer:
    return Transformer.from_crs(from_srid, to_srid, always_xy=True)
