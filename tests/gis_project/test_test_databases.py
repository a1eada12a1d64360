"""The three databases of the tests keep their promises."""

import pytest
from django.db import DatabaseError, connection

from gis_project.territory.models import Municipality
from tests.threads import in_threads


def _role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_ordinary_tests_work_as_the_role_of_production():
    assert _role() == "lindero_app"


@pytest.mark.django_db
def test_lindero_app_cannot_change_the_schema():
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="permission denied"):
        cursor.execute("CREATE TABLE smuggled (id int)")


def test_threads_write_into_a_fresh_database(fresh_database):
    def add(number: int) -> None:
        Municipality.objects.create(
            slug=f"m{number}", dpa_code=f"99{number:02d}", name="x", official_name="x"
        )

    assert in_threads(add, 4) == [None] * 4
    assert Municipality.objects.count() == 4


@pytest.mark.django_db
def test_the_empty_database_stays_empty():
    assert Municipality.objects.count() == 0


def test_sample_data_are_there(sample_database):
    assert set(Municipality.objects.values_list("slug", flat=True)) == {"mejia", "celica"}
    Municipality.objects.create(slug="x", dpa_code="9999", name="x", official_name="x")


def test_what_a_test_writes_into_sample_data_is_rolled_back(sample_database):
    assert not Municipality.objects.filter(slug="x").exists()
