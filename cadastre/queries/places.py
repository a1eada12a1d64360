"""Coordinates as people type or copy them: UTM metres, decimal degrees, or degrees, minutes and seconds."""

import re
from dataclasses import dataclass
from itertools import product

from gis_project.core.crs import STORAGE_SRID, WGS84_SRID, transformer

_NUMBER = r"[-+]?(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)"
_NAMED = rf"(?:(?:[ENXY]|lat(?:itud)?|lon(?:gitud)?)\b\.?\s*[:=]?\s*)?({_NUMBER})\s*(?:m\s*)?(?:[EN]\b|°)?"
_ZONE = r"(?:WGS\s*84\s*/\s*)?UTM\s*(?:zon[ae]\s*)?(1[78])\s*(?:Sur|South|S)\b[\s:·,]*"
# Behind easting and northing the map's bar tells the same point in degrees.
_SAME_IN_DEGREES = r"(?:\s*·\s*lat\b.*)?"
_PAIR = re.compile(
    rf"(?:{_ZONE})?{_NAMED}[;,/·|\s]+{_NAMED}{_SAME_IN_DEGREES}[\s.;]*", re.IGNORECASE
)
_DMS = re.compile(
    r"(\d{1,3})\s*[°º]\s*(\d{1,2})\s*['′’]\s*(\d{1,2}(?:[.,]\d+)?)\s*(?:[\"″”]|'')\s*([NSEOW])",
    re.IGNORECASE,
)
_BLANK_BETWEEN_GROUPS = re.compile(r"(?<=\d)[\u00a0\u202f](?=\d{3})")
_GROUPED = re.compile(r"[-+]?\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*")
_ZONES = {17: STORAGE_SRID, 18: 32718}


@dataclass(frozen=True, slots=True)
class Place:
    """A point in EPSG:32717 metres."""

    easting: float
    northing: float


def place_of(text: str, *, legal_srid: int = STORAGE_SRID) -> Place | None:
    """The point a text names, or None when it is no pair of coordinates on Ecuador's mainland.

    UTM metres are read in `legal_srid`, the CRS of the municipality's plans, unless the text names
    its zone. Both orders are read, because on the mainland neither eastings and northings nor
    longitudes (-81.1 … -75.1) and latitudes (-5.1 … 1.5) can be confused.
    """
    text = _BLANK_BETWEEN_GROUPS.sub("", text.strip().replace("\u2212", "-"))
    if degrees := _dms(text):
        return _of_degrees(*degrees)
    match = _PAIR.fullmatch(text)
    if match is None:
        return None
    zone, first, second = match.groups()
    srid = _ZONES[int(zone)] if zone else legal_srid
    for one, other in product(_readings(first), _readings(second)):
        for x, y in ((one, other), (other, one)):
            if place := _of_metres(x, y, srid=srid) or _of_degrees(x, y):
                return place
    return None


def _of_metres(easting: float, northing: float, *, srid: int) -> Place | None:
    if not (0 < easting < 1_500_000 and 9_000_000 < northing < 10_500_000):
        return None
    if srid != STORAGE_SRID:
        easting, northing = transformer(srid, STORAGE_SRID).transform(easting, northing)
    if 300_000 < easting < 1_300_000 and 9_300_000 < northing < 10_400_000:
        return Place(easting, northing)
    return None


def _of_degrees(longitude: float, latitude: float) -> Place | None:
    if -81.2 < longitude < -75.0 and -5.2 < latitude < 1.6:
        return Place(*transformer(WGS84_SRID, STORAGE_SRID).transform(longitude, latitude))
    return None


def _readings(number: str) -> tuple[float, ...]:
    """What a number can mean: in "770.836" the point groups thousands or begins the decimals."""
    decimal = max(number.rfind("."), number.rfind(","))
    if decimal < 0:
        return (float(number),)
    whole = _digits(number)
    if _GROUPED.fullmatch(number) and (number.count(".") + number.count(",")) > 1:
        return (float(whole),)
    split = float(f"{_digits(number[:decimal])}.{number[decimal + 1 :]}")
    return (float(whole), split) if _GROUPED.fullmatch(number) else (split,)


def _digits(number: str) -> str:
    return number.replace(".", "").replace(",", "")


def _dms(text: str) -> tuple[float, float] | None:
    parts = _DMS.findall(text)
    if len(parts) != 2:
        return None
    values = {}
    for degrees, minutes, seconds, side in parts:
        value = int(degrees) + int(minutes) / 60 + float(seconds.replace(",", ".")) / 3600
        axis = "latitude" if side.upper() in "NS" else "longitude"
        values[axis] = -value if side.upper() in "SOW" else value
    if len(values) != 2:
        return None
    return values["longitude"], values["latitude"]
