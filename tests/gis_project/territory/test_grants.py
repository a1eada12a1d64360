"""What each database role may do, against a list that a person has read."""

import psycopg
import pytest
from django.db import connection

from tests import databases

REFUSALS = (psycopg.errors.InsufficientPrivilege, psycopg.errors.ReadOnlySqlTransaction)
ROLES = ["lindero_app", "lindero_auditor", "lindero_public"]


@pytest.mark.django_db
def test_table_grants_are_the_listed_ones(golden):
    """`--accept` writes tests/golden/grants.txt; look at the difference before committing it."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT n.nspname || '.' || c.relname, r.rolname,
                   string_agg(a.privilege_type, ' ' ORDER BY a.privilege_type)
            FROM pg_class c
            JOIN pg_namespace n ON n.oid = c.relnamespace
            CROSS JOIN LATERAL aclexplode(c.relacl) a
            JOIN pg_roles r ON r.oid = a.grantee
            WHERE r.rolname = ANY(%s) AND c.relkind IN ('r', 'p', 'v', 'm')
            GROUP BY 1, 2 ORDER BY 1, 2
            """,
            [ROLES],
        )
        tables = cursor.fetchall()
        cursor.execute(
            """
            SELECT table_schema || '.' || table_name, grantee,
                   privilege_type || ' (' || string_agg(column_name, ' ' ORDER BY column_name) || ')'
            FROM information_schema.column_privileges p
            WHERE grantee = ANY(%s) AND NOT EXISTS (
                SELECT FROM information_schema.role_table_grants t
                WHERE (t.grantee, t.table_schema, t.table_name, t.privilege_type)
                    = (p.grantee, p.table_schema, p.table_name, p.privilege_type))
            GROUP BY table_schema, table_name, grantee, privilege_type ORDER BY 1, 2, 3
            """,
            [ROLES],
        )
        columns = cursor.fetchall()
    lines = [" | ".join(row) for row in [*tables, *columns]]
    golden("grants.txt", "\n".join([*lines, ""]))


@pytest.mark.django_db
def test_app_has_no_privilege_that_the_frame_does_not_give():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM information_schema.role_table_grants WHERE grantee = 'lindero_app'"
            " AND privilege_type IN ('TRUNCATE', 'REFERENCES', 'TRIGGER')"
        )
        assert cursor.fetchone() == (0,)
        cursor.execute("SELECT has_schema_privilege('lindero_app', 'public', 'CREATE')")
        assert cursor.fetchone() == (False,)


@pytest.mark.django_db
def test_public_reads_nothing_but_what_is_published():
    """In schema public only the reference systems that PostGIS itself shows to everybody."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT n.nspname, c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
            " WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname NOT IN"
            " ('pg_catalog', 'information_schema', 'published', 'lookup')"
            " AND n.nspname NOT LIKE 'pg_%%'"
            " AND has_table_privilege('lindero_public', c.oid, 'SELECT, INSERT, UPDATE, DELETE')"
            " ORDER BY 2"
        )
        readable = {name for _, name in cursor.fetchall()}
    assert readable <= {"spatial_ref_sys", "geometry_columns", "geography_columns"}


@pytest.mark.django_db
def test_public_calls_no_function_of_ours_outside_lookup():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.oid::regprocedure::text FROM pg_proc p"
            " WHERE pg_get_userbyid(p.proowner) = 'lindero_owner'"
            " AND p.pronamespace <> to_regnamespace('lookup')::oid"
            " AND has_function_privilege('lindero_public', p.oid, 'EXECUTE')"
        )
        assert cursor.fetchall() == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "table", ["territory_user", "cadastre_party", "django_session", "mfa_authenticator"]
)
def test_public_is_refused_at_the_table(table):
    url = databases.url_for("DATABASE_PUBLIC_URL", databases.base_name())
    with psycopg.connect(url) as public, pytest.raises(psycopg.errors.InsufficientPrivilege):
        public.execute(f"SELECT * FROM {table}")


@pytest.mark.django_db
def test_the_auditor_reads_people_without_what_opens_doors():
    url = databases.url_for("DATABASE_AUDITOR_URL", databases.base_name())
    with psycopg.connect(url, autocommit=True) as auditor:
        auditor.execute("SELECT id, full_name FROM territory_user")
        auditor.execute("SELECT * FROM territory_auditevent")
        for query in (
            "SELECT password FROM territory_user",
            "SELECT * FROM django_session",
            "SELECT * FROM mfa_authenticator",
            "SELECT code_hash FROM territory_recoverycode",
            "INSERT INTO territory_role VALUES (default)",
        ):
            with pytest.raises(REFUSALS):
                auditor.execute(query)
