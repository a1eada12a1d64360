"""Two small towns to publish, with secrets that nobody may read.

Mejía, lots of 20 m from (774000, 9943000), row 0 and row 1:

    ┌──┬──┬──┬──┬──┐
    │ 5│ 6│ 7│ 8│ 9│   9 is observed
    ├──┼──┼──┼──┼──┤
    │ 0│ 1│ 2│ 3│ 4│   2 changed its use on 1 January 2024
    └──┴──┴──┴──┴──┘   10, far to the north, ended on 1 January 2023

Celica: three lots of 20 m far to the south-west.
"""

from collections.abc import Iterator
from datetime import date

import pytest
from django.contrib.gis.geos import GEOSGeometry
from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange
from django.db.models import DecimalField, Value
from django.db.models.functions import Cast

from cadastre.models import BuildingVersion, ParcelVersion, Road
from gis_project.territory.models import Municipality
from tests import databases, register
from tests.shapes import at, square

SECRET = "CANARIO-7391"
CHANGED_ON = date(2024, 1, 1)
# Written by SQL: Django refuses it, an old import may not have.
NAN = Cast(Value("NaN"), DecimalField(max_digits=6, decimal_places=2))
ENDED_ON = date(2023, 1, 1)
KEYS = [f"1703500102003001{lot:08d}" for lot in range(11)]


@pytest.fixture(scope="session")
def published_town_name(sample_database_name: str, django_db_blocker) -> Iterator[str]:
    """The name of a database with both towns, committed."""
    name = f"{sample_database_name}_published"
    with django_db_blocker.unblock():
        databases.release()
        databases.copy(sample_database_name, name)
        with databases.pointing_at(name), transaction.atomic():
            build()
    yield name
    databases.drop(name)


@pytest.fixture
def published_town(published_town_name: str, django_db_blocker) -> Iterator[str]:
    """Django and the public lane read both towns."""
    with django_db_blocker.unblock(), databases.pointing_at(published_town_name):
        yield published_town_name


def build() -> None:
    mejia = Municipality.objects.get(slug="mejia")
    parish = register.parish(mejia)
    act = register.operation(mejia)
    fields = {"parish": parish, "block_code": "003", "address": SECRET, "land_use": "RESIDENTIAL"}
    for lot in range(10):
        shape = square(20 * (lot % 5), 20 * (lot // 5))
        extra = {"is_observed": True, "attributes": {"owner": SECRET}} if lot == 9 else {}
        if lot == 2:
            extra = {"valid": DateRange(date(2020, 1, 1), CHANGED_ON), "land_use": "FARMING"}
        unit = register.predio(act, shape, KEYS[lot], number=str(lot), **(fields | extra))
        register.holder(act, unit, SECRET, share=None)
    changed = ParcelVersion.objects.get(land_use="FARMING")
    register.place_parcel(
        act,
        square(40, 0),
        parcel=changed.parcel,
        **(fields | {"valid": DateRange(CHANGED_ON, None), "land_use": "COMMERCIAL"}),
    )
    ended = {"valid": DateRange(date(2020, 1, 1), ENDED_ON)}
    register.predio(act, square(0, 500), KEYS[10], **(fields | ended))
    versions = {
        "municipality": mejia,
        "valid": register.EVER_SINCE,
        "recorded": DateTimeTZRange(act.recorded_at, None),
        "opened_by": act,
    }
    (x0, y0), (x1, y1) = at(0, -5), at(100, -5)
    line = GEOSGeometry(f"MULTILINESTRING(({x0} {y0}, {x1} {y1}))", srid=32717)
    Road.objects.create(name='Calle «Ñ» & "comillas" <b>', width_m=NAN, geom=line, **versions)
    BuildingVersion.objects.create(
        building_id=changed.parcel_id,
        parcel=changed.parcel,
        floors=2,
        floor_area_m2=64,
        use="HOUSE",
        structure="CONCRETE",
        geom=register.geos(square(45, 5, 8)),
        **versions,
    )
    celica = Municipality.objects.get(slug="celica")
    act = register.operation(celica)
    for lot in range(3):
        shape = square(-150_000 + 20 * lot, -390_000)
        register.predio(act, shape, f"1104500101001001{lot:08d}", number=str(lot))
