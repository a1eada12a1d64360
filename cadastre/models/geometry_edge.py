"""The one pair of functions that carries geometries between the pure code (shapely) and the ORM (GEOS)."""

import shapely
from django.contrib.gis.geos import GEOSGeometry, MultiPolygon
from django.db.models import Model
from shapely.geometry.base import BaseGeometry

from gis_project.core.crs import STORAGE_SRID


def to_geos(geom: BaseGeometry) -> GEOSGeometry:
    """The geometry for a model's field, in the storage CRS; a Polygon becomes a MultiPolygon."""
    found = GEOSGeometry(memoryview(shapely.to_wkb(geom, output_dimension=2)), srid=STORAGE_SRID)
    if found.geom_type == "Polygon":
        return MultiPolygon(found, srid=STORAGE_SRID)
    return found


def as_multipolygon(geom: BaseGeometry) -> BaseGeometry:
    """The form in which parcels are stored; whatever is no Polygon stays what it is."""
    return shapely.MultiPolygon([geom]) if isinstance(geom, shapely.Polygon) else geom


def to_ewkb(geom: BaseGeometry) -> bytes:
    """The geometry as a statement's value, in the storage CRS."""
    return bytes(
        shapely.to_wkb(shapely.set_srid(geom, STORAGE_SRID), output_dimension=2, include_srid=True)
    )


def shape_of(row: Model) -> BaseGeometry | None:
    """A row's ``geom`` for the pure functions; one just read by ``read_rows`` is not parsed twice."""
    stored = row.__dict__["geom"]
    if isinstance(stored, str):
        return shapely.set_srid(shapely.from_wkb(stored), 0)
    return to_shapely(stored) if stored is not None else None


def to_shapely(geom: GEOSGeometry) -> BaseGeometry:
    """The geometry of a model's field, for the pure functions."""
    return shapely.from_wkb(bytes(geom.wkb))
