"""Coordinates as people type them: UTM metres, decimal degrees, or degrees, minutes and seconds."""

import re
from dataclasses import dataclass

from pyproj import Transformer

from gis_project.core.crs import STORAGE_SRID, WGS84_SRID

_NUMBER = r"[-+]?\d+(?:[.,]\d+)?"
_UTM = re.compile(
    rf"^\s*(?:E\s*)?({_NUMBER})\s*m?\s*[;,/ ]+\s*(?:N\s*)?({_NUMBER})\s*m?\s*$", re.IGNORECASE
)
_DMS = re.compile(
    r"(\d{1,3})\s*[°º]\s*(\d{1,2})\s*['′’]\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*([NSEOW])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Place:
    """A point in EPSG:32717 metres."""

    easting: float
    northing: float


def place_of(text: str) -> Place | None:
    """The point a text names, or None when it is no pair of coordinates on Ecuador's mainland.

    UTM is read as zone 17 South (E, N); degrees in either order, because the mainland's longitudes
    (-81.1 … -75.1) and latitudes (-5.1 … 1.5) cannot be confused.
    """
    degrees = _dms(text) or _decimal_pair(text)
    if degrees is None:
        return None
    first, second = degrees
    if 300_000 < first < 1_300_000 and 9_300_000 < second < 10_400_000:
        return Place(first, second)
    for longitude, latitude in ((first, second), (second, first)):
        if -81.2 < longitude < -75.0 and -5.2 < latitude < 1.6:
            to_storage = Transformer.from_crs(WGS84_SRID, STORAGE_SRID, always_xy=True)
            return Place(*to_storage.transform(longitude, latitude))
    return None


def _decimal_pair(text: str) -> tuple[float, float] | None:
    match = _UTM.match(text)
    if match is None:
        return None
    return _number(match[1]), _number(match[2])


def _dms(text: str) -> tuple[float, float] | None:
    parts = _DMS.findall(text)
    if len(parts) != 2:
        return None
    values = {}
    for degrees, minutes, seconds, side in parts:
        value = int(degrees) + int(minutes) / 60 + _number(seconds) / 3600
        axis = "latitude" if side.upper() in "NS" else "longitude"
        values[axis] = -value if side.upper() in "SOW" else value
    if len(values) != 2:
        return None
    return values["longitude"], values["latitude"]


def _number(text: str) -> float:
    return float(text.replace(",", "."))
