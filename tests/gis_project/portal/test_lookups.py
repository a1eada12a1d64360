"""What one key or one title's number tells anybody, and what a switched-off town tells: the same as nothing."""

from datetime import date

import psycopg
import pytest
from django.db import ProgrammingError, connection
from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.models import KeyAlias, PropertyUnit
from cadastre.operations.emit_tax_roll import emit_tax_roll
from cadastre.valuation.facts import UnitKind
from gis_project.portal.lookups import (
    last_title,
    numbered_title,
    open_debt,
    open_titles,
    public_cursor,
)
from gis_project.territory.policy import CONSOLE
from tests import register
from tests.cadastre.operations.small_town import build_town


@pytest.fixture
def town(db):
    town = build_town()
    register.settle()
    emit_tax_roll(municipality=town, year=2026, kind=UnitKind.URBAN, by=CONSOLE)
    return town


@pytest.fixture
def key(town) -> str:
    return KeyAlias.objects.get(unit__number="1").normalised


def test_a_key_and_a_title_lead_to_the_same_open_bills(town, key):
    by_key = open_debt(town="mejia", key=key)
    assert [title.year for title in by_key.titles] == [2026]
    assert by_key == open_debt(town="mejia", title=by_key.titles[0].number)
    assert by_key.titles == open_titles(town="mejia", key=key)


def test_a_bill_is_found_by_its_number(town, key):
    number = open_debt(town="mejia", key=key).titles[0].number
    found_key, bill = numbered_title(town="mejia", number=number)
    assert (found_key, bill) == (by_number_of(town, "1"), last_title(town="mejia", key=key))


def by_number_of(town, number: str) -> str:
    return KeyAlias.objects.get(municipality=town, unit__number=number).text


def test_the_unknown_and_the_switched_off_are_alike(town, key):
    number = open_debt(town="mejia", key=key).titles[0].number
    assert open_debt(town="mejia", key="0") is None
    assert open_debt(town="mejia", title="0") is None
    assert numbered_title(town="mejia", number="0") is None
    assert open_debt(town="celica", key=key) is None
    town.shows_debt = town.shows_value = False
    town.save()
    assert open_debt(town="mejia", key=key) is None
    assert open_debt(town="mejia", title=number) is None
    assert numbered_title(town="mejia", number=number) is None


def test_a_key_that_passed_to_another_predio_means_that_one(town, key):
    """Rosa's first lot bore «500-1» until 2024; Tomás's lot has borne it since."""
    principal = KeyAlias.objects.get(normalised=key)
    tomas = PropertyUnit.objects.get(number="3")
    for unit, start, end in (
        (tomas, date(2024, 1, 1), None),
        (principal.unit, date(2020, 1, 1), date(2024, 1, 1)),
    ):
        KeyAlias.objects.create(
            municipality=town,
            unit=unit,
            text="500-1",
            normalised="5001",
            scheme="LEGACY",
            is_principal=False,
            valid=DateRange(start, end),
            recorded=principal.recorded,
            opened_by=principal.opened_by,
        )
    expected = tomas.tax_titles.get()
    assert last_title(town="mejia", key="5001").number == expected.number
    assert [title.number for title in open_titles(town="mejia", key="5001")] == [expected.number]


def state() -> tuple[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_setting('statement_timeout')")
        return cursor.fetchone()


@pytest.mark.parametrize("table", ["cadastre_taxtitle", "cadastre_party", "territory_user"])
def test_behind_the_look_up_no_private_table_is_open(db, table):
    before = state()
    with pytest.raises(ProgrammingError) as refused, public_cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
    assert isinstance(refused.value.__cause__, psycopg.errors.InsufficientPrivilege)
    assert state() == before


def test_the_rights_come_back_after_a_look_up(town, key):
    before = state()
    with public_cursor():
        assert state() == ("lindero_public", "3s")
    assert state() == before
    assert open_debt(town="mejia", key=key)
    assert state() == before
    assert before[0] == "lindero_app"


def test_the_app_has_the_public_rights_only_when_it_asks_for_them(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role('lindero_app', 'lindero_public', 'MEMBER')")
        assert cursor.fetchone() == (True,)
        cursor.execute("SELECT pg_has_role('lindero_app', 'lindero_public', 'USAGE')")
        assert cursor.fetchone() == (False,)
