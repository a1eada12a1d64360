"""Views as SQLAlchemy tables: columns reflected from the database, key, type and CRS from the catalogue.

A view has no primary key and PostgreSQL may have lost the CRS of a computed column, so the catalogue's
word stands for these three. A column the catalogue lists and the view lacks stops the door loudly.
"""

from functools import lru_cache

from geoalchemy2 import Geometry
from sqlalchemy import Column, Engine, MetaData, Table, Uuid

from gis_project.core.crs import STORAGE_SRID
from layers.catalogue import PublishedLayer
from layers.features.fields import public_fields
from layers.features.public_engine import public_connection, public_engine


def published_table(layer: PublishedLayer, *, with_history: bool = False) -> Table:
    """The view of ``layer`` (valid today), or the one that holds all days."""
    # One reflection per engine, that is per process and database.
    return _reflect(public_engine(), layer, layer.history_view if with_history else layer.view)


@lru_cache(maxsize=256)
def _reflect(_engine: Engine, layer: PublishedLayer, view: str) -> Table:
    schema, name = view.split(".")
    with public_connection() as connection:
        table = Table(
            name,
            MetaData(),
            Column("id", Uuid, primary_key=True),
            Column("geom", Geometry(layer.geometry_type, srid=STORAGE_SRID)),
            schema=schema,
            autoload_with=connection,
        )
    missing = [field.name for field in public_fields(layer) if field.name not in table.c]
    if missing:
        raise LookupError(f"{view} lacks the listed columns {', '.join(missing)}")
    return table
