"""Shares are exact fractions or undetermined; nothing is rounded into one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.imports.shares import InvalidShare, share_of, whole


@pytest.mark.parametrize(
    ("text", "unit", "share"),
    [
        ("50", "percent", Fraction(1, 2)),
        ("33,33", "percent", Fraction(3333, 10000)),
        ("33.33 %", "percent", Fraction(3333, 10000)),
        ("1/3", "percent", Fraction(1, 3)),
        ("0,25", "fraction", Fraction(1, 4)),
        ("100", "percent", Fraction(1)),
        ("0", "percent", None),
        ("", "percent", None),
    ],
)
def test_shares_as_people_write_them(text: str, unit: str, share: Fraction | None) -> None:
    assert share_of(text, unit=unit) == share


@pytest.mark.parametrize("text", ["101", "3/2", "1/0"])
def test_more_than_the_whole_is_no_share(text: str) -> None:
    with pytest.raises(InvalidShare):
        share_of(text, unit="percent")


def test_three_thirds_written_as_33_33_are_undetermined() -> None:
    assert whole([Fraction(3333, 10000)] * 3) == ([None] * 3, True)


def test_one_holder_without_share_has_all() -> None:
    assert whole([None]) == ([Fraction(1)], False)


def test_that_nobody_knows_is_no_contradiction_but_knowing_a_part_is() -> None:
    assert whole([None, None]) == ([None, None], False)
    assert whole([Fraction(1, 2), None]) == ([None, None], True)


@given(st.lists(st.integers(1, 10_000), min_size=1, max_size=8))
def test_exact_shares_are_kept_as_they_are(parts: list[int]) -> None:
    shares: list[Fraction | None] = [Fraction(part, sum(parts)) for part in parts]
    assert whole(shares) == (shares, False)
