"""How a sample record becomes a row: its permanent id, its geometry, its periods."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import shapely
from django.contrib.gis.geos import GEOSGeometry
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from shapely import MultiLineString, MultiPolygon
from shapely.geometry.base import BaseGeometry

from cadastre.models import Operation
from gis_project.core.crs import STORAGE_SRID
from gis_project.territory.models import Municipality, Parish

_NAMESPACE = uuid.UUID("5e1c0b3e-9a53-5d0c-8f5e-2f6d5b0f9a01")
_BATCH = 2_000


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
    """The rows written in batches."""
    model._default_manager.bulk_create(rows, batch_size=_BATCH)
