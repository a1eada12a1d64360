"""The doors for machines that watch."""

import pytest

from gis_project.territory.views import health


def test_alive_asks_nobody(client):
    assert client.get("/healthz").content == b"ok"


@pytest.mark.django_db
def test_ready_with_database_queue_and_migrations(client):
    answer = client.get("/readyz")
    assert answer.status_code == 200
    assert answer.json() == {"database": True, "queue": True, "migrations": True}


def test_not_ready_when_a_migration_is_missing(client, fresh_database):
    import psycopg
    from django.db import connection

    from tests import databases

    health._migrated_databases.discard(fresh_database)
    with psycopg.connect(databases.url_for("DATABASE_OWNER_URL", fresh_database)) as owner:
        owner.execute(
            "DELETE FROM django_migrations WHERE app = 'territory' AND name <> '0001_initial'"
        )
    connection.close()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json()["migrations"] is False


def test_not_ready_without_database(client, fresh_database):
    from tests import databases

    databases.release()
    databases.drop(fresh_database)
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert answer.json() == {"database": False, "queue": False, "migrations": False}
    databases.release()


def test_numbers_for_this_machine_only(client, settings):
    assert b"lindero_request_seconds" in client.get("/metrics").content
    assert client.get("/metrics", REMOTE_ADDR="203.0.113.5").status_code == 404
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 404
    settings.BEHIND_PROXY = True
    assert client.get("/metrics", headers={"X-Forwarded-For": "203.0.113.5"}).status_code == 404
    settings.METRICS_TOKEN = "a-long-token-for-the-watcher"
    token = {
        "X-Forwarded-For": "203.0.113.5",
        "Authorization": "Bearer a-long-token-for-the-watcher",
    }
    assert client.get("/metrics", headers=token).status_code == 200
