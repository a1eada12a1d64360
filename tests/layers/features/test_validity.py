from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.features.validity import BadDatetime, ValidDays, parse_valid_days

QUITO = "America/Guayaquil"
D1, D2 = date(2024, 1, 1), date(2024, 2, 1)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2024-01-01", D1, D1),
        ("2024-01-01/2024-02-01", D1, D2),
        ("2024-01-01/..", D1, None),
        ("../2024-02-01", None, D2),
        ("2024-01-01/", D1, None),
        ("/2024-02-01", None, D2),
        ("2024-01-01T12:00:00Z", D1, D1),
        ("2024-01-01t12:00:00.123456789z", D1, D1),
    ],
)
def test_an_instant_or_interval_becomes_civil_days(text, first, last):
    assert parse_valid_days(text, time_zone=QUITO) == ValidDays(first, last)


def test_an_instant_is_the_day_on_the_wall_of_the_municipality():
    half_past_eight_in_quito = "2024-01-02T01:30:00Z"
    assert parse_valid_days(half_past_eight_in_quito, time_zone=QUITO).first == D1


@pytest.mark.parametrize(
    "text",
    [
        "",
        "/",
        "..",
        "../..",
        "2024",
        "2024-13-01",
        "2024-02-30",
        "2024-01-01T00:00:00",
        "2024-01-01/2024-02-01/2024-03-01",
        "2024-02-01/2024-01-01",
        "2024-01-01 00:00:00Z",
        "٢٠٢٤-٠١-٠١",
        "0001-01-01T00:00:00+23:00",
        "2024-01-01T25:00:00Z",
    ],
)
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(BadDatetime):
        parse_valid_days(text, time_zone=QUITO)


@given(st.text(max_size=60))
def test_any_text_is_read_or_refused(text):
    try:
        parse_valid_days(text, time_zone=QUITO)
    except BadDatetime:
        return
