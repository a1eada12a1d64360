"""How a sample record becomes a row: its permanent id, its geometry, its periods."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from psycopg import sql
from psycopg.types.range import Range
from shapely import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from cadastre.models import Operation
from gis_project.core.crs import STORAGE_SRID
from gis_project.territory.models import Municipality, Parish

_NAMESPACE = uuid.UUID("5e1c0b3e-9a53-5d0c-8f5e-2f6d5b0f9a01")


@dataclass(frozen=True, slots=True)
class SampleAct:
    """What all rows of one loading share. `since` is the day from which the sample is in force."""

    municipality: Municipality
    operation: Operation
    parishes: dict[str, Parish]
    since: date
    recorded_at: datetime

    def opened(self, since: date | None = None) -> dict[str, Any]:
        """The columns of both time axes, for a version in force from `since` on."""
        return {
            "municipality": self.municipality,
            "valid": DateRange(since or self.since, None),
            "recorded": DateTimeTZRange(self.recorded_at, None),
            "opened_by": self.operation,
        }

    def identity(self, kind: str, name: str) -> uuid.UUID:
        """The same id each time the same sample is loaded, so that addresses survive a reset."""
        return uuid.uuid5(_NAMESPACE, f"{self.municipality.dpa_code}/{kind}/{name}")


def stored(shape: BaseGeometry) -> GEOSGeometry:
    """The shape as the register stores it: a multi-geometry of EPSG:32717."""
    if shape.geom_type == "Polygon":
        shape = MultiPolygon([shape])
    elif shape.geom_type == "LineString":
        shape = MultiLineString([shape])
    return GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=STORAGE_SRID)


def insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """The rows written by COPY; numbered keys come from the database, all else from the rows."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key and isinstance(field, models.AutoField))
    ]
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table),
        sql.SQL(", ").join(sql.Identifier(field.column) for field in fields),
    )
    with connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row([_column(field, row) for field in fields])


def _column(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = field.pre_save(row, add=True)
    if isinstance(value, GEOSGeometry):
        return value.hexewkb.decode()
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, uuid.UUID | Decimal | Range) or value is None:
        return value
    return field.get_db_prep_save(value, connection)
