"""Numbers in words as Spanish writes them."""

from datetime import date
from decimal import Decimal

import pytest

from cadastre.papers.words import date_in_words, number_in_words, usd_in_words


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "cero"),
        (16, "dieciséis"),
        (21, "veintiuno"),
        (31, "treinta y uno"),
        (100, "cien"),
        (101, "ciento uno"),
        (555, "quinientos cincuenta y cinco"),
        (1000, "mil"),
        (2026, "dos mil veintiséis"),
        (21000, "veintiún mil"),
        (31021, "treinta y un mil veintiuno"),
        (1_000_000, "un millón"),
        (21_000_021, "veintiún millones veintiuno"),
    ],
)
def test_numbers(number, words):
    assert number_in_words(number) == words


def test_dates_and_amounts():
    assert date_in_words(date(2026, 11, 1)) == "uno de noviembre de dos mil veintiséis"
    assert usd_in_words(Decimal("65267.58")) == (
        "sesenta y cinco mil doscientos sesenta y siete dólares de los Estados Unidos de América "
        "con 58/100"
    )
    assert usd_in_words(Decimal(1_000_000)).startswith("un millón de dólares")
    assert usd_in_words(Decimal(21)).startswith("veintiún dólares")
