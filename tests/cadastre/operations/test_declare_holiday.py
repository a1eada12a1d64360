"""A local day of rest moves the terms that run over it, and only those."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction

from cadastre.models import Procedure
from cadastre.operations.declare_holiday import (
    AlreadyDayOfRest,
    HolidayNotFound,
    HolidayUnfit,
    declare_holiday,
    withdraw_holiday,
)
from gis_project.core.business_days import add_business_days
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from gis_project.territory.models import AuditEvent, MunicipalHoliday
from gis_project.territory.policy import CONSOLE
from gis_project.territory.queries.days_off import days_off
from tests.cadastre.operations.counter_town import Counter

pytestmark = pytest.mark.django_db
TOLD = {"name": "Cantonización", "source": "Ordenanza 012-2026", "by": CONSOLE}


@pytest.fixture
def counter() -> Counter:
    return Counter()


def within_the_term(asked: Procedure) -> date:
    """A business day that the office's whole term counts."""
    return add_business_days(today_in(asked.municipality), 3)


def test_open_terms_end_a_business_day_later(counter):
    asked = counter.receive("claim")
    day, before = within_the_term(asked), asked.promised_on
    declare_holiday(day, municipality=counter.town, **TOLD)
    asked.refresh_from_db()
    assert asked.promised_on == add_business_days(before, 1)
    assert '"moved_terms":1' in AuditEvent.objects.get(action="declare_holiday").body


def test_what_is_received_later_counts_without_it(counter):
    first = counter.receive("claim")
    declare_holiday(within_the_term(first), municipality=counter.town, **TOLD)
    first.refresh_from_db()
    second = counter.receive("claim")
    assert second.promised_on == first.promised_on
    assert second.due_on is not None


def test_a_term_that_ended_before_stays(counter):
    asked = counter.receive("claim")
    due = asked.due_on
    declare_holiday(asked.promised_on, municipality=counter.town, **TOLD)
    asked.refresh_from_db()
    assert asked.due_on == due


def test_the_neighbour_works_on(counter):
    day = add_business_days(today_in(counter.town), 2)
    declare_holiday(day, municipality=counter.other, **TOLD)
    assert days_off(counter.town) == frozenset()
    assert days_off(counter.other) == {day}


def test_withdrawn_it_counts_again_and_shortens_nothing(counter):
    asked = counter.receive("claim")
    day = within_the_term(asked)
    declare_holiday(day, municipality=counter.town, **TOLD)
    asked.refresh_from_db()
    told = asked.promised_on
    withdraw_holiday(day, municipality=counter.town, by=CONSOLE)
    asked.refresh_from_db()
    assert asked.promised_on == told
    assert days_off(counter.town) == frozenset()
    since = counter.receive("claim")
    before = since.promised_on
    declare_holiday(day, municipality=counter.town, **TOLD)  # a withdrawn one may come back
    asked.refresh_from_db()
    since.refresh_from_db()
    assert asked.promised_on == told
    assert since.promised_on == add_business_days(before, 1)


def test_refusals(counter):
    day = add_business_days(today_in(counter.town), 2)
    christmas = date(today_in(counter.town).year, 12, 25)
    town = {"municipality": counter.town}
    with pytest.raises(HolidayUnfit):
        declare_holiday(day, name=" ", source="Ordenanza", by=CONSOLE, **town)
    with pytest.raises(AlreadyDayOfRest):
        declare_holiday(christmas, **TOLD, **town)
    with pytest.raises(HolidayNotFound):
        withdraw_holiday(day, by=CONSOLE, **town)
    for desk in ("technician", "chief", "stranger"):
        with pytest.raises(NotAllowed):
            declare_holiday(day, **TOLD | {"by": counter.staff[desk]}, **town)
    declare_holiday(day, **TOLD, **town)
    with pytest.raises(AlreadyDayOfRest):
        declare_holiday(day, **TOLD, **town)


def test_nobody_rewrites_or_deletes_one(counter):
    day = add_business_days(today_in(counter.town), 2)
    declare_holiday(day, municipality=counter.town, **TOLD)
    for statement in ("UPDATE territory_municipalholiday SET day = '2026-01-02'",
                      "DELETE FROM territory_municipalholiday"):  # fmt: skip
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_the_command_rehearses_unless_it_commits(counter):
    day = add_business_days(today_in(counter.town), 2) + timedelta(days=364)
    told = [day.isoformat(), "--municipality", "mejia", "--name", "Fundación", "--source", "Res. 4"]
    out = StringIO()
    call_command("declare_holiday", *told, stdout=out)
    assert "Fundación (Res. 4)" in out.getvalue()
    assert "Ensayo" in out.getvalue()
    assert not MunicipalHoliday.objects.exists()
