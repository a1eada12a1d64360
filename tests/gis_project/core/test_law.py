"""Law files: dated, cited, and silent where the law is silent."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from gis_project.core.law import (
    LawNotInForce,
    MalformedLaw,
    VerificationStatus,
    load_law,
    load_law_folder,
)

FILE = """
title = "Una tarifa"
unit = "por mil"
verification_status = "K"

[[reference]]
code = "COOTAD"
article = "504"
gazette = "RO-S 303"
url = ""
checked_on = 2026-11-20

[[value]]
from = 2020-01-01
until = 2022-01-01
amount = 0.25

[[value]]
from = 2022-01-01
verification_status = "V2"
amount = 1
rows = [{ from = "01-01", percent = 10 }]
"""


def _law(tmp_path: Path, text: str = FILE):
    file = tmp_path / "rate.toml"
    file.write_text(text, encoding="utf-8")
    return load_law(file)


def test_a_value_holds_from_its_day_to_the_day_before_the_next(tmp_path: Path) -> None:
    law = _law(tmp_path)

    assert law.on(date(2020, 1, 1)).number() == Decimal("0.25")
    assert law.on(date(2021, 12, 31)).number() == Decimal("0.25")
    assert law.on(date(2022, 1, 1)).number() == Decimal(1)


def test_before_the_first_value_the_law_says_nothing(tmp_path: Path) -> None:
    with pytest.raises(LawNotInForce) as refusal:
        _law(tmp_path).on(date(2019, 12, 31))

    assert refusal.value.details == {"stem": "rate", "on": "2019-12-31"}


def test_a_gap_between_values_is_a_refusal_too(tmp_path: Path) -> None:
    law = _law(tmp_path, FILE.replace("until = 2022-01-01", "until = 2021-01-01"))

    with pytest.raises(LawNotInForce):
        law.on(date(2021, 6, 1))


def test_trust_is_the_values_own_or_the_files(tmp_path: Path) -> None:
    law = _law(tmp_path)

    assert law.on(date(2020, 1, 1)).verification_status is VerificationStatus.UNVERIFIED
    assert law.on(date(2023, 1, 1)).verification_status is VerificationStatus.SECONDARY
    assert law.citation == "COOTAD, Art. 504 (sin verificar)"
    assert law.references[0].checked_on == date(2026, 11, 20)


def test_numbers_are_exact_and_tables_cannot_be_changed(tmp_path: Path) -> None:
    value = _law(tmp_path).on(date(2023, 1, 1))

    with pytest.raises(TypeError):
        value.rows("rows")[0]["percent"] = 0  # type: ignore[index]
    with pytest.raises(MalformedLaw):
        value.number("rows")
    with pytest.raises(MalformedLaw):
        value.text("amount")


def test_comments_do_not_change_the_hash_and_values_do(tmp_path: Path) -> None:
    plain = _law(tmp_path).content_hash

    assert _law(tmp_path, "# a remark\n" + FILE).content_hash == plain
    assert _law(tmp_path, FILE.replace("0.25", "0.26")).content_hash != plain


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('verification_status = "K"', ""),
        ('verification_status = "K"', 'verification_status = "sure"'),
        ('code = "COOTAD"', ""),
        ("from = 2022-01-01", "from = 2021-01-01"),
        ("until = 2022-01-01", "until = 2019-01-01"),
        ('title = "Una tarifa"', ""),
    ],
)
def test_a_file_that_lacks_something_is_refused_by_name(
    tmp_path: Path, good: str, bad: str
) -> None:
    with pytest.raises(MalformedLaw) as refusal:
        _law(tmp_path, FILE.replace(good, bad, 1))

    assert refusal.value.details == {"stem": "rate"}


def test_a_folder_is_read_by_stem(tmp_path: Path) -> None:
    _law(tmp_path)

    assert list(load_law_folder(tmp_path)) == ["rate"]
