"""One rounding function; floats and non-numbers never reach an amount."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_project.core.money import (
    AmbiguousAmount,
    InvalidAmount,
    format_usd,
    parse_decimal,
    to_cents,
)

decimals = st.decimals(-(10**9), 10**9, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    "amount", [1.5, 1, "1.00", True, Decimal("NaN"), Decimal("sNaN"), Decimal("Infinity")]
)
def test_what_is_no_exact_decimal_is_refused(amount: object) -> None:
    with pytest.raises(InvalidAmount):
        to_cents(amount)  # type: ignore[arg-type]


def test_an_amount_beyond_all_budgets_is_refused() -> None:
    with pytest.raises(InvalidAmount):
        to_cents(Decimal("1E30"))


@given(decimals)
def test_rounding_is_half_up_as_fractions_say(amount: Decimal) -> None:
    cents = abs(Fraction(amount)) * 100
    expected = int(cents + Fraction(1, 2))

    assert abs(to_cents(amount)) * 100 == expected


@given(decimals)
def test_rounding_twice_changes_nothing(amount: Decimal) -> None:
    assert to_cents(to_cents(amount)) == to_cents(amount)


@pytest.mark.parametrize(
    ("amount", "text"),
    [("1234567.895", "1.234.567,90"), ("-0.005", "-0,01"), ("0", "0,00"), ("999.99", "999,99")],
)
def test_spanish_form(amount: str, text: str) -> None:
    assert format_usd(Decimal(amount)) == text
    assert format_usd(Decimal(amount), symbol=True) == f"$ {text}"


@given(st.decimals(-(10**9), 10**9, places=2))
def test_what_is_written_is_read_back(amount: Decimal) -> None:
    assert parse_decimal(format_usd(amount)) == amount


@given(st.text(alphabet="0123456789.,-$ ", max_size=14))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        number = parse_decimal(text)
    except (InvalidAmount, AmbiguousAmount):
        return
    assert number.is_finite()
