"""Coordinate reference systems: which we store, which we accept, and in which order axes come.

Inside the house x is always easting or longitude and y northing or latitude, whatever the
authority says; ``is_lat_lon`` tells a door when a client's numbers come the other way round.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pyproj import CRS, Proj, Transformer, network
from pyproj.aoi import AreaOfInterest
from pyproj.transformer import TransformerGroup

from gis_project.core.errors import InvalidInput

# A grid fetched from the network would make yesterday's coordinates differ from today's.
network.set_network_enabled(active=False)  # type: ignore[attr-defined]

STORAGE_SRID = 32717
WGS84_SRID = 4326

UTM_SRIDS = (32717, 31992, 31977, 32718, 31993, 31978)
LEGAL_SRIDS = UTM_SRIDS
_ZONE_18_SRIDS = frozenset({32718, 31993, 31978})
IMPORT_SRIDS = (*UTM_SRIDS, 4326, 4674, 4170)
# PSAD56: the datum shift is known to metres only, so a person consents after seeing the accuracy.
CONSENT_SRIDS = (24877, 24878, 24817, 24818)

# Geographic systems of EPSG that say latitude first. CRS:84 is WGS 84 with longitude first.
LAT_LON_SRIDS = frozenset({4326, 4674, 4170, 4248})

MAINLAND: Any = AreaOfInterest(-81.1, -5.1, -75.1, 1.5)

EARTH_RADIUS_M = 6_371_000.0

_CRS_NAMES = (
    re.compile(r"EPSG::?(?P<srid>\d{4,6})", re.IGNORECASE),
    re.compile(r"urn:(?:ogc|x-ogc):def:crs:EPSG:[\d.]*:(?P<srid>\d{4,6})", re.IGNORECASE),
    re.compile(r"https?://www\.opengis\.net/def/crs/EPSG/[\d.]+/(?P<srid>\d{4,6})", re.IGNORECASE),
    re.compile(r"https?://www\.opengis\.net/gml/srs/epsg\.xml#(?P<srid>\d{4,6})", re.IGNORECASE),
)
_CRS84_NAMES = re.compile(
    r"CRS:84|OGC:CRS84|urn:ogc:def:crs:OGC:[\d.]*:CRS84"
    r"|https?://www\.opengis\.net/def/crs/OGC/[\d.]+/CRS84",
    re.IGNORECASE,
)


class UnknownCrs(InvalidInput):
    """The name of the CRS is not one we read: write it as ``EPSG:32717`` or ``CRS:84``."""

    code = "unknown_crs"


class CrsNotAccepted(InvalidInput):
    """Data in this CRS are not taken: export them in one of the accepted systems."""

    code = "crs_not_accepted"


class CrsNeedsConsent(InvalidInput):
    """The datum shift is uncertain by metres: look at the accuracy and consent to it."""

    code = "crs_needs_consent"


@dataclass(frozen=True, slots=True)
class CrsName:
    """A CRS as a client named it: its EPSG number, and whether latitude comes first."""

    srid: int
    is_lat_lon: bool


def parse_crs(text: str) -> CrsName:
    """The CRS that ``text`` names (EPSG code, URN, OGC address, CRS:84)."""
    name = text.strip().strip("[]")
    if _CRS84_NAMES.fullmatch(name):
        return CrsName(WGS84_SRID, is_lat_lon=False)
    for pattern in _CRS_NAMES:
        if match := pattern.fullmatch(name):
            srid = int(match["srid"])
            return CrsName(srid, is_lat_lon=is_lat_lon(srid))
    raise UnknownCrs(
        f"No se reconoce el sistema de coordenadas «{text}»: escriba, por ejemplo, EPSG:32717.",
        details={"crs": text},
    )


def is_lat_lon(srid: int) -> bool:
    """Whether the authority puts latitude first (WMS 1.3.0, OGC API and GML follow it)."""
    return srid in LAT_LON_SRIDS


@cache
def transformer(from_srid: int, to_srid: int) -> Transformer:
    """The transformation that we use between two systems, x before y on both sides."""
    if from_srid in CONSENT_SRIDS:
        return _psad56_way(from_srid, to_srid)
    return Transformer.from_crs(from_srid, to_srid, always_xy=True, area_of_interest=MAINLAND)


def _psad56_way(from_srid: int, to_srid: int) -> Transformer:
    # PROJ's own first choice is the South American mean (42 m), because its area is the largest;
    # the one made for mainland Ecuador states 5 m.
    ways = TransformerGroup(from_srid, to_srid, always_xy=True).transformers
    national = [
        way for way in ways if way.area_of_use and way.area_of_use.name.startswith("Ecuador")
    ]
    if not national:
        raise CrsNotAccepted(
            f"Falta en esta instalación la transformación nacional de EPSG:{from_srid}.",
            details={"srid": from_srid},
        )
    return min(national, key=lambda way: way.accuracy)


def import_transformer(srid: int, *, has_consent: bool = False) -> Transformer:
    """The transformation from an import file's CRS into the storage CRS.

    Raises ``CrsNotAccepted``, or ``CrsNeedsConsent`` for PSAD56 without the user's consent.
    """
    if srid in CONSENT_SRIDS and not has_consent:
        accuracy = transformation_accuracy_m(srid)
        raise CrsNeedsConsent(
            f"EPSG:{srid} es PSAD56: la transformación tiene una exactitud de unos {accuracy} m. "
            "Acéptela expresamente para continuar.",
            details={"srid": srid, "accuracy_m": accuracy},
        )
    if srid not in IMPORT_SRIDS and srid not in CONSENT_SRIDS:
        accepted = ", ".join(str(accepted) for accepted in IMPORT_SRIDS)
        raise CrsNotAccepted(
            f"No se aceptan datos en EPSG:{srid}. Expórtelos en uno de estos: {accepted}.",
            details={"srid": srid},
        )
    return transformer(srid, STORAGE_SRID)


def transformation_accuracy_m(srid: int) -> int | None:
    """The accuracy, in whole metres, that the way into the storage CRS states; else ``None``."""
    accuracy = transformer(srid, STORAGE_SRID).accuracy
    return round(accuracy) if accuracy >= 0 else None


@dataclass(frozen=True, slots=True)
class ScaleFactor:
    """How a length on the plan relates to the ground at one point."""

    grid: float
    elevation: float
    combined: float
    areal: float


def combined_scale(x_m: float, y_m: float, *, srid: int, height_m: float = 0.0) -> ScaleFactor:
    """Grid and combined scale at a point given in the UTM system ``srid``.

    ``areal`` is the grid area divided by the ellipsoid's; a plan prints ``combined``, which also
    brings the length down from ``height_m`` above the ellipsoid.
    """
    projection = _projection(srid)
    longitude, latitude = projection(x_m, y_m, inverse=True)
    factors = projection.get_factors(longitude, latitude)
    elevation = EARTH_RADIUS_M / (EARTH_RADIUS_M + height_m)
    grid = factors.meridional_scale
    return ScaleFactor(grid, elevation, grid * elevation, factors.areal_scale)


@cache
def _projection(srid: int) -> Proj:
    return Proj(CRS.from_epsg(srid))


def utm_zone_of(srid: int) -> int:
    """The zone, 17 or 18, of one of the UTM systems."""
    return 18 if srid in _ZONE_18_SRIDS else 17


def check_legal_srid(srid: int) -> None:
    """Refuse a legal CRS in which a municipality cannot measure metres."""
    if srid not in LEGAL_SRIDS:
        raise CrsNotAccepted(
            f"EPSG:{srid} no puede ser el sistema legal de un municipio; use 32717 o 32718.",
            details={"srid": srid},
        )
