"""The wall leaves the look-ups their indexes; only LIKE on names needs the function that goes past it."""

from datetime import date

import psycopg
import pytest
from django.db import connection, transaction
from shapely import box

from cadastre.keys.plain_text import plain
from cadastre.operations.copy_rows import copy_rows
from cadastre.queries.holders import search_holders
from gis_project.territory.scope import outside, within
from tests import databases, register

FIRST = ["ANA", "LUZ", "EVA", "ROSA", "INES", "JUAN", "LUIS", "JOSE", "RAUL", "IVAN"]
LAST = ["MORA", "VEGA", "PAZ", "LEON", "RIOS", "SOTO", "CRUZ", "LUNA", "ROJAS", "DIAZ"]


@pytest.fixture
def town(db):
    return build()


def build():
    """A town of 3,000 people called alike and one that is not, who holds its one predio."""
    town = register.town()
    act = register.operation(town)
    unit = register.predio(act, box(770_000, 9_943_000, 770_020, 9_943_030), "1")
    register.holder(act, unit, "ZUÑIGA QUISHPE XIMENA", share=None)
    ids = [f"00000000-0000-4000-8000-{number:012d}" for number in range(3000)]
    copy_rows(
        "cadastre_party", "id, municipality_id, kind", ((one, town.pk, "NATURAL") for one in ids)
    )
    copy_rows(
        "cadastre_partyidentity",
        "party_id, municipality_id, full_name, search_name, id_kind, id_number, identity_warnings, phone, email, "
        "postal_address",
        (
            (one, town.pk, name, plain(name), "NONE", "", "[]", "", "", "")
            for one, name in _named(ids)
        ),
    )
    return town


def _named(ids: list[str]) -> list[tuple[str, str]]:
    return [
        (one, f"{LAST[n % 10]} {LAST[n // 10 % 10]} {FIRST[n // 100 % 10]}")
        for n, one in enumerate(ids)
    ]


def plan(sql: str, *parameters: object) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"EXPLAIN {sql}", parameters)
        return "\n".join(line for (line,) in cursor.fetchall())


def scans_of(index: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_get_xact_numscans(%s::regclass)", [index])
        return int(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT * FROM cadastre_right WHERE unit_id = %s AND upper_inf(recorded)",
        "SELECT * FROM cadastre_right WHERE party_id = %s",
        "SELECT * FROM cadastre_partyidentity WHERE party_id = %s",
        "SELECT * FROM cadastre_taxtitle WHERE unit_id = %s",
        "SELECT * FROM cadastre_titleline WHERE title_id = %s",
    ],
)
def test_a_look_up_by_identity_uses_an_index(town, sql):
    with within(town):
        told = plan(sql, "00000000-0000-4000-8000-000000000001")
    column = sql.split("WHERE ")[1].split(" ")[0]
    # Which of the indexes that begin with the column depends on how full the tables are.
    assert f"Index Cond: ({column} = " in told
    assert "Seq Scan" not in told


def test_the_scope_is_asked_once_a_statement(town):
    with within(town):
        told = plan("SELECT * FROM cadastre_right")
    assert "InitPlan" in told
    assert "municipalities_in_scope" not in told.split("InitPlan")[0]


def test_behind_the_policy_a_name_cannot_use_the_trigram_index(town):
    """Why the search goes through a function: if this fails, PostgreSQL holds LIKE leakproof and it may go."""
    with within(town):
        told = plan("SELECT * FROM cadastre_partyidentity WHERE search_name LIKE %s", "%QUISHPE%")
    assert "party_identity_name" not in told


def test_searches_by_name_and_by_document_use_their_indexes(fresh_database):
    with transaction.atomic():
        town = build()
    url = databases.url_for("DATABASE_OWNER_URL", fresh_database)
    with psycopg.connect(url, autocommit=True) as owner:
        owner.execute("VACUUM ANALYZE cadastre_partyidentity")
    with within(town), transaction.atomic():
        told = plan(
            "SELECT * FROM cadastre_partyidentity WHERE municipality_id = %s AND id_number = %s",
            town.pk,
            "1",
        )
    assert "party_identity_document" in told  # or party_identity_document_once
    with within(town), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # 3,000 people are read as fast as found
        found = search_holders(municipality=town, text="quishpe", on=date(2026, 3, 1))
        assert [holding.full_name for holding in found.holdings] == ["ZUÑIGA QUISHPE XIMENA"]
        assert scans_of("party_identity_name") > 0


@pytest.mark.parametrize("text", ["quishpe", "zuniga kishpe", "ZUÑIGA QUISHPE XIMENA"])
def test_the_search_of_people_asks_for_the_scope_itself(town, text):
    other = register.town("celica", "1104")
    for scope in (outside(), within(other)):
        with scope:
            found = search_holders(municipality=town, text=text, on=date(2026, 3, 1))
            assert found.matched == 0
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT count(*) FROM cadastre_search_identities(%s, '', %s, %s, %s, %s)",
                    [town.pk, plain(text), [plain(text)], [f"%{plain(text)}%"], f"%{plain(text)}%"],
                )
                assert cursor.fetchone() == (0,)
