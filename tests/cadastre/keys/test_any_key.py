"""Stored aliases and questions pass through the same normal form, so they meet."""

from hypothesis import given
from hypothesis import strategies as st

from cadastre.keys.any_key import KeyKind, classify, normalise


@given(st.text(max_size=40))
def test_any_text_has_one_normal_form(text: str) -> None:
    once = normalise(text)

    assert once.isascii()
    assert once == "" or once.isalnum()
    assert once.upper() == once


@given(st.text(alphabet="0123456789ABCÑé .-/", max_size=30))
def test_case_and_punctuation_do_not_matter(text: str) -> None:
    assert normalise(text) == normalise(text.lower().replace(" ", "") if "." not in text else text)


def test_a_key_meets_its_alias_in_every_way_of_writing() -> None:
    forms = [
        "17-03-50-01-02-030-045",
        "1703500102030045",
        "1703500102030045.0",
        "170350010203004500000000",
        "17 03 50 01 02 030 045 000 00 000",
        "17.03.50.01.02.030.045",
        "'1703500102030045",
    ]

    assert {normalise(form) for form in forms} == {"170350010203004500000000"}


def test_the_lost_zero_is_told() -> None:
    found = classify("11050010203004500000000")

    assert found.kind is KeyKind.NATIONAL
    assert found.normalised == "011050010203004500000000"
    assert "cero inicial" in found.warnings[0]
