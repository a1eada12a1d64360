"""Codes of papers: read as people type them, and a slip of the pen never names another paper."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_project.core.verification_code import (
    ALPHABET,
    InvalidVerificationCode,
    new_code,
    read_code,
    shown_code,
)


def test_a_code_is_read_in_any_spelling():
    code = new_code()
    assert read_code(shown_code(code)) == code
    assert read_code(f" {code.lower()[:5]} {code.lower()[5:]}\n") == code


def test_codes_do_not_repeat():
    assert len({new_code() for _ in range(5000)}) == 5000


@given(st.integers(0, 10), st.sampled_from(ALPHABET))
def test_one_wrong_sign_is_told(position, sign):
    code = new_code()
    wrong = code[:position] + sign + code[position + 1 :]
    if wrong != code:
        with pytest.raises(InvalidVerificationCode):
            read_code(wrong)


@given(st.integers(0, 8))
def test_two_signs_swapped_are_told(position):
    code = new_code()
    swapped = code[:position] + code[position + 1] + code[position] + code[position + 2 :]
    if swapped != code:
        with pytest.raises(InvalidVerificationCode):
            read_code(swapped)


@pytest.mark.parametrize("typed", ["", "0000-0000-000", "ABCD", "A" * 5000, "ÁÉÍÓÚ", "'; DROP"])
def test_what_is_no_code_is_refused(typed):
    with pytest.raises(InvalidVerificationCode):
        read_code(typed)
