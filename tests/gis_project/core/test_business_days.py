"""Terms in business days: the law's moves of holidays, weekends, and terms over them."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_project.core.business_days import (
    add_business_days,
    business_days_between,
    easter_sunday,
    holiday_law,
    holidays,
    is_business_day,
)
from gis_project.core.law import LawNotInForce

DAYS = st.dates(date(2017, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("rest", "name"),
    [
        (date(2021, 12, 31), "Año Nuevo"),  # 1 January 2022 is a Saturday
        (date(2023, 1, 2), "Año Nuevo"),  # a Sunday
        (date(2025, 3, 3), "Lunes de carnaval"),
        (date(2025, 3, 4), "Martes de carnaval"),
        (date(2025, 4, 18), "Viernes Santo"),
        (date(2025, 5, 2), "Día del Trabajo"),  # from Thursday
        (date(2025, 5, 23), "Batalla de Pichincha"),  # from Saturday
        (date(2025, 8, 11), "Primer Grito de Independencia"),  # from Sunday
        (date(2025, 10, 10), "Independencia de Guayaquil"),
        (date(2022, 11, 3), "Día de los Difuntos"),  # Wednesday and Thursday
        (date(2022, 11, 4), "Independencia de Cuenca"),
        (date(2024, 11, 1), "Día de los Difuntos"),  # Saturday and Sunday
        (date(2024, 11, 4), "Independencia de Cuenca"),
        (date(2025, 11, 3), "Día de los Difuntos"),  # Sunday and Monday
        (date(2025, 11, 4), "Independencia de Cuenca"),
        (date(2026, 11, 2), "Día de los Difuntos"),
        (date(2026, 12, 25), "Navidad"),
    ],
)
def test_days_of_rest(rest, name):
    assert holidays(rest.year)[rest] == name
    assert not is_business_day(rest)


def test_a_moved_holiday_is_worked_on_its_own_day():
    assert is_business_day(date(2025, 5, 1))
    assert is_business_day(date(2025, 10, 9))


def test_the_list_says_that_nobody_has_compared_it_yet():
    assert "sin verificar" in holiday_law().citation


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        (date(2026, 3, 2), 0, date(2026, 3, 2)),
        (date(2026, 3, 2), 1, date(2026, 3, 3)),
        (date(2026, 3, 6), 1, date(2026, 3, 9)),  # Friday to Monday
        (date(2026, 3, 7), 1, date(2026, 3, 9)),  # received on a Saturday
        (date(2026, 2, 13), 1, date(2026, 2, 18)),  # carnival
        (date(2026, 4, 2), 2, date(2026, 4, 7)),  # Good Friday
        (date(2026, 12, 31), 1, date(2027, 1, 4)),
        (date(2026, 3, 2), 15, date(2026, 3, 23)),
    ],
)
def test_terms(start, days, end):
    assert add_business_days(start, days) == end
    assert business_days_between(start, end) == days


def test_a_local_holiday_counts_as_rest():
    assert add_business_days(date(2026, 7, 22), 1, also={date(2026, 7, 23)}) == date(2026, 7, 24)


def test_years_before_the_law_are_refused():
    with pytest.raises(LawNotInForce):
        add_business_days(date(2010, 1, 4), 1)


@given(DAYS, st.integers(0, 60))
def test_a_term_ends_on_a_business_day_and_counts_back(start, days):
    end = add_business_days(start, days)
    assert business_days_between(start, end) == days
    assert days == 0 or is_business_day(end)


@given(st.integers(2017, 2100))
def test_easter_is_a_sunday_in_its_season_and_years_have_eleven_days_of_rest(year):
    sunday = easter_sunday(year)
    assert sunday.isoweekday() == 7
    assert date(year, 3, 22) <= sunday <= date(year, 4, 25)
    middle = [day for day in holidays(year) if date(year, 1, 3) < day < date(year, 12, 24)]
    assert len(middle) == 9
    assert all(day.isoweekday() < 6 for day in holidays(year))
    assert timedelta(days=-47) + sunday in holidays(year)
