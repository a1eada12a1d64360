"""What only grows: the database itself refuses to change or remove it."""

from datetime import UTC, datetime

import pytest
from django.db import DatabaseError, connection, transaction

from gis_project.territory.grants import append_only_tables
from gis_project.territory.models import RecoveryCode
from gis_project.territory.operations.record_audit_event import (
    AuditOutsideTransaction,
    record_audit_event,
)
from gis_project.territory.policy import CONSOLE
from tests import databases
from tests.people import TOMAS
from tests.staff import account

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.django_db
@pytest.mark.parametrize("table", sorted(append_only_tables()))
@pytest.mark.parametrize("act", ["DELETE FROM {}", "TRUNCATE {}"])
def test_nothing_is_removed(table, act):
    if table not in connection.introspection.table_names():
        pytest.fail(f"append_only.py names {table}, which does not exist")
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute(act.format(table))


@pytest.mark.django_db
def test_an_audit_event_does_not_change(mejia):
    record_audit_event(
        municipality=mejia, actor=CONSOLE, action="x", object_type="y", object_id=1, body={}
    )
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("UPDATE territory_auditevent SET body = 'forged'")


@pytest.mark.django_db
def test_a_row_closes_once():
    row = RecoveryCode.objects.create(
        user=account(TOMAS), code_hash="0" * 64, issued_at=NOW, expires_at=NOW
    )
    row.closed_at = NOW
    row.save(update_fields=["closed_at"])
    row.save(update_fields=["closed_at"])
    row.closed_at = None
    with pytest.raises(DatabaseError, match="ya está cerrada"), transaction.atomic():
        row.save(update_fields=["closed_at"])


def test_not_even_the_owner_removes(fresh_database):
    import psycopg

    url = databases.url_for("DATABASE_OWNER_URL", fresh_database)
    with psycopg.connect(url) as owner, pytest.raises(psycopg.Error, match="no se borra nada"):
        owner.execute("DELETE FROM territory_auditevent")


def test_an_event_needs_the_transaction_of_its_deed(fresh_database):
    with pytest.raises(AuditOutsideTransaction):
        record_audit_event(
            municipality=None, actor=CONSOLE, action="x", object_type="y", object_id=1, body={}
        )
