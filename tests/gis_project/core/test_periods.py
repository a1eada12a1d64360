"""Half-open periods, and the date on the municipality's wall.

|-------- a --------|            a holds its start, not its end
                    |--- b ---|  b begins where a ends: they do not overlap
"""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_project.core.periods import (
    DatePeriod,
    InstantPeriod,
    InvalidPeriod,
    UnknownTimeZone,
    calendar_year,
    civil_date,
    civil_day,
)

days = st.none() | st.dates(date(2000, 1, 1), date(2060, 1, 1))


@st.composite
def periods(draw: st.DrawFn) -> DatePeriod:
    start, end = draw(days), draw(days)
    if start and end and end <= start:
        start, end = (end, start) if end < start else (start, None)
    return DatePeriod(start, end)


def test_a_period_holds_its_start_and_not_its_end() -> None:
    period = DatePeriod(date(2026, 1, 1), date(2026, 2, 1))

    assert period.contains(date(2026, 1, 1))
    assert period.contains(date(2026, 1, 31))
    assert not period.contains(date(2026, 2, 1))
    assert not period.contains(date(2025, 12, 31))


def test_periods_that_follow_each_other_do_not_overlap() -> None:
    assert not calendar_year(2025).overlaps(calendar_year(2026))


@given(periods(), periods())
def test_overlap_is_symmetric_and_is_a_common_day(a: DatePeriod, b: DatePeriod) -> None:
    assert a.overlaps(b) == b.overlaps(a)
    common = a.intersection(b)
    assert (common is not None) == a.overlaps(b)
    if common is not None and common.start is not None:
        assert a.contains(common.start)
        assert b.contains(common.start)


def test_an_open_period_overlaps_everything() -> None:
    assert DatePeriod().overlaps(calendar_year(1900))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2026, 1, 2), date(2026, 1, 1)),
        (date(2026, 1, 1), date(2026, 1, 1)),
        (datetime(2026, 1, 1, tzinfo=UTC), None),
    ],
)
def test_empty_and_mixed_periods_are_refused(start: date, end: date | None) -> None:
    with pytest.raises(InvalidPeriod):
        DatePeriod(start, end)


def test_half_past_eight_in_quito_is_not_yet_tomorrow() -> None:
    paid_at = datetime(2026, 1, 16, 1, 30, tzinfo=UTC)

    assert civil_date(paid_at, time_zone="America/Guayaquil") == date(2026, 1, 15)
    assert civil_date(paid_at, time_zone="Pacific/Galapagos") == date(2026, 1, 15)
    assert civil_date(paid_at, time_zone="UTC") == date(2026, 1, 16)


def test_a_civil_day_holds_its_instants() -> None:
    day = civil_day(date(2026, 1, 15), time_zone="America/Guayaquil")

    assert day.contains(datetime(2026, 1, 15, 5, 0, tzinfo=UTC))
    assert day.contains(datetime(2026, 1, 16, 4, 59, tzinfo=UTC))
    assert not day.contains(datetime(2026, 1, 16, 5, 0, tzinfo=UTC))


def test_an_instant_without_zone_is_refused() -> None:
    with pytest.raises(InvalidPeriod):
        InstantPeriod(datetime(2026, 1, 1))  # noqa: DTZ001
    with pytest.raises(InvalidPeriod):
        civil_date(datetime(2026, 1, 1), time_zone="UTC")  # noqa: DTZ001


@pytest.mark.parametrize("name", ["America/Quito", "", "../etc/passwd"])
def test_an_unknown_time_zone_is_refused(name: str) -> None:
    with pytest.raises(UnknownTimeZone):
        civil_date(datetime(2026, 1, 1, tzinfo=UTC), time_zone=name)
