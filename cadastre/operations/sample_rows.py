"""How a sample record becomes a row: its permanent id, its geometry, its periods."""

import json
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import shapely
from django.contrib.gis import geos
from django.db import connection, models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from psycopg.types.range import Range
from shapely import LineString, MultiLineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from cadastre.models import Operation
from cadastre.operations.copy_rows import copy_rows
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


def stored_area(shape: Polygon | MultiPolygon) -> geos.MultiPolygon:
    """The area as the register stores it: a multipolygon of EPSG:32717."""
    whole = MultiPolygon([shape]) if isinstance(shape, Polygon) else shape
    row = _register_geometry(whole)
    if not isinstance(row, geos.MultiPolygon):
        raise TypeError(f"Se esperaba un multipolígono y salió {row.geom_type}.")
    return row


def stored_line(shape: LineString) -> geos.MultiLineString:
    """The line as the register stores it: a multiline of EPSG:32717."""
    row = _register_geometry(MultiLineString([shape]))
    if not isinstance(row, geos.MultiLineString):
        raise TypeError(f"Se esperaba una multilínea y salió {row.geom_type}.")
    return row


def _register_geometry(shape: BaseGeometry) -> geos.GEOSGeometry:
    return geos.GEOSGeometry(memoryview(shapely.to_wkb(shape)), srid=STORAGE_SRID)


def insert(model: type[models.Model], rows: Sequence[models.Model]) -> None:
    """The rows written by COPY; numbered keys come from the database, all else from the rows."""
    fields = [
        field
        for field in model._meta.concrete_fields
        if not (field.primary_key and isinstance(field, models.AutoField))
    ]
    columns = ", ".join(connection.ops.quote_name(_column_name(field)) for field in fields)
    copy_rows(
        model._meta.db_table, columns, ([_column(field, row) for field in fields] for row in rows)
    )


def _column_name(field: "models.Field[Any, Any]") -> str:
    if field.column is None:
        raise TypeError(f"El campo {field} no tiene columna en la base.")
    return field.column


def _column(field: "models.Field[Any, Any]", row: models.Model) -> Any:
    value = field.pre_save(row, add=True)
    if isinstance(value, geos.GEOSGeometry):
        return value.hexewkb.decode()
    if isinstance(field, models.JSONField):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, uuid.UUID | Decimal | Range) or value is None:
        return value
    return field.get_db_prep_save(value, connection)
