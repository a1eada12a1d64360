"""The coordinate systems in which features leave and boxes arrive: names, axis order, decimals."""

from dataclasses import dataclass

from gis_project.core.crs import STORAGE_SRID, UnknownCrs, parse_crs
from gis_project.core.errors import BadRequest


class CrsNotPublished(BadRequest):
    """Features are not published in this CRS; each collection lists those it has under ``crs``."""

    code = "crs_not_published"


@dataclass(frozen=True, slots=True)
class PublishedCrs:
    """``digits`` after the point: a millimetre in metres, a centimetre in degrees."""

    uri: str
    srid: int
    is_lat_lon: bool
    digits: int


def _epsg(srid: int, *, digits: int, is_lat_lon: bool = False) -> PublishedCrs:
    uri = f"http://www.opengis.net/def/crs/EPSG/0/{srid}"
    return PublishedCrs(uri, srid, is_lat_lon, digits)


CRS84 = PublishedCrs("http://www.opengis.net/def/crs/OGC/1.3/CRS84", 4326, False, 7)
STORAGE_CRS = _epsg(STORAGE_SRID, digits=3)
PUBLISHED_CRS = (
    CRS84,
    STORAGE_CRS,
    _epsg(32718, digits=3),
    _epsg(4326, digits=7, is_lat_lon=True),
    _epsg(3857, digits=3),
)
_BY_MEANING = {(crs.srid, crs.is_lat_lon): crs for crs in PUBLISHED_CRS}


def published_crs(text: str) -> PublishedCrs:
    """The CRS that a client names by OGC address, URN or ``EPSG:n``; CrsNotPublished otherwise."""
    try:
        name = parse_crs(text)
        return _BY_MEANING[name.srid, name.is_lat_lon]
    except (UnknownCrs, KeyError):
        known = ", ".join(crs.uri for crs in PUBLISHED_CRS)
        raise CrsNotPublished(
            f"No se publica en el sistema de coordenadas «{text[:120]}». Use uno de estos: {known}."
        ) from None
