"""Rows go in and come back as Django's own statements would have written and read them."""

import pytest
import shapely
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from cadastre.models import Ficha, Parcel, ParcelVersion, PropertyUnit
from cadastre.models.geometry_edge import shape_of, to_shapely
from gis_project.territory.scoped_postgis.prepared import run_prepared
from gis_project.territory.stored_rows import insert_rows, insert_together, read_rows
from tests import register
from tests.shapes import square

pytestmark = pytest.mark.django_db


@pytest.fixture
def act():
    return register.operation(register.town())


def same(row, other) -> bool:
    return all(
        getattr(row, field.attname) == getattr(other, field.attname)
        for field in row._meta.concrete_fields
    )


def test_a_row_read_is_the_one_django_reads(act):
    lot = register.predio(act, square(), "170350010100100100000000", number="7")
    version = ParcelVersion.objects.get(parcel=lot.parcel_id)
    (read,) = read_rows(ParcelVersion, "parcel_id = %s", [lot.parcel_id])
    assert shape_of(read).equals_exact(to_shapely(version.geom), 0)
    assert same(read, version)
    assert shapely.get_srid(shape_of(read)) == 0


def test_rows_inserted_get_their_keys_in_order_and_their_defaults(act):
    parcels = insert_rows([Parcel(municipality=act.municipality) for _ in range(3)])
    units = insert_rows(
        [
            PropertyUnit(municipality=act.municipality, parcel=parcel, opened_by=act)
            for parcel in parcels
        ]
    )
    stored = [PropertyUnit.objects.get(pk=unit.pk) for unit in units]
    assert [unit.parcel_id for unit in stored] == [parcel.pk for parcel in parcels]
    assert all(same(unit, found) for unit, found in zip(units, stored, strict=True))
    answers = {"agua": "sí", "pisos": 2}
    opened = {
        "municipality": act.municipality,
        "valid": register.EVER_SINCE,
        "recorded": (act.recorded_at, None),
        "opened_by": act,
    }
    fichas = insert_rows([Ficha(unit=unit, answers=answers, **opened) for unit in units])
    assert [ficha.unit_id for ficha in Ficha.objects.order_by("pk")] == [u.pk for u in units]
    assert [f.pk for f in fichas] == sorted(f.pk for f in fichas)
    assert read_rows(Ficha, "unit_id = %s", [units[1].pk])[0].answers == answers
    assert insert_rows([]) == []


def test_rows_of_several_models_go_in_together(act):
    parcels = [Parcel(municipality=act.municipality) for _ in range(2)]
    units = [
        PropertyUnit(municipality=act.municipality, parcel=parcel, opened_by=act)
        for parcel in parcels
    ]
    with CaptureQueriesContext(connection) as told:
        insert_together(parcels, [], units)
    assert len(told) == 1
    stored = [PropertyUnit.objects.get(pk=unit.pk) for unit in units]
    assert all(same(unit, found) for unit, found in zip(units, stored, strict=True))
    assert [unit.parcel.municipality_id for unit in stored] == [act.municipality_id] * 2
    insert_together([], [])


def test_what_the_database_refuses_is_djangos_error(act):
    unit = register.predio(act, square(), "170350010100100100000000", number="7")
    with pytest.raises(IntegrityError), transaction.atomic():
        insert_rows([PropertyUnit(municipality=act.municipality, number="7", opened_by=act)])
    assert PropertyUnit.objects.get().pk == unit.pk


def test_prepared_statements_are_counted_and_see_the_scope(act):
    with CaptureQueriesContext(
        connection,
    ) as told:
        rows = run_prepared("SELECT current_setting('lindero.municipalities', true), %s::int", [3])
    assert rows[0][1] == 3
    assert len(told) == 1
    assert run_prepared("SET LOCAL lock_timeout = 0") == []
