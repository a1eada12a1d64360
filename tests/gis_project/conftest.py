from collections.abc import Callable, Iterator

import pytest
from django.db import transaction
from django.test import Client

from gis_project.territory.models import User
from tests import databases
from tests.people import ALMA, BRUNO, ROSA, TOMAS, VERA

AUDIENCES = {
    "anonymous": None,
    "citizen": TOMAS,
    "technician": ROSA,
    "neighbour": BRUNO,
    "administrator": ALMA,
    "auditor": VERA,
}


@pytest.fixture(scope="session")
def walked_database_name(sample_database_name: str, django_db_blocker) -> Iterator[str]:
    name = f"{sample_database_name}_walked"
    with django_db_blocker.unblock():
        databases.release()
        databases.copy(sample_database_name, name)
        with databases.pointing_at(name):
            from tests.gis_project import canary_town

            with transaction.atomic():
                canary_town.build()
            canary_town.mark_portfolios(databases.url_for("DATABASE_OWNER_URL", name))
    yield name
    databases.drop(name)


@pytest.fixture
def walked_town(walked_database_name: str, django_db_blocker) -> Iterator[str]:
    """Both municipalities with their officials and a secret in every private field."""
    with (
        django_db_blocker.unblock(),
        databases.pointing_at(walked_database_name),
        transaction.atomic(),
    ):
        yield walked_database_name
        transaction.set_rollback(True)


@pytest.fixture
def visitor(walked_town: str) -> Callable[[str], Client]:
    """`visitor("auditor")`: a client signed in as that audience, not from this machine."""

    def sign_in(audience: str) -> Client:
        client = Client(REMOTE_ADDR="198.51.100.20", raise_request_exception=False)
        person = AUDIENCES[audience]
        if person is not None:
            client.force_login(User.objects.get(cedula=person.cedula))
        return client

    return sign_in
