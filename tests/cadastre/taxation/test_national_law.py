"""The law files themselves: complete, cited, contiguous, and silent beyond what they hold."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from cadastre.taxation.national_law import LAW_FOLDER, national_law
from gis_project.core.law import LawNotInForce, load_law_folder

STEMS = {
    "disability_exemption": "U",
    "discounts": "V2",
    "elderly_exemption": "V",
    "fire_levy": "V2",
    "holder_exemption": "K",
    "improvement_contribution": "K",
    "interest_rates": "V",
    "interest_regimes": "V2",
    "low_value_exemption": "K",
    "mortgage_deduction": "U",
    "payment_plans": "K",
    "permanent_exemptions": "K",
    "prescription": "K",
    "promotion_zones": "K",
    "rural_deductions": "U",
    "rural_instalments": "V2",
    "rural_rate_band": "K",
    "sbu": "V",
    "surcharges": "U",
    "temporary_exemptions": "K",
    "transfer_gain_tax": "K",
    "transfer_tax": "V2",
    "unbuilt_land": "K",
    "urban_rate_band": "V2",
}


def test_each_file_says_how_far_to_trust_it() -> None:
    law = load_law_folder(LAW_FOLDER)

    assert {stem: str(parameter.verification_status) for stem, parameter in law.items()} == STEMS
    for parameter in law.values():
        assert parameter.title
        assert parameter.unit
        assert all(reference.code for reference in parameter.references)


def test_a_rate_of_a_secondary_source_is_not_cited_as_read_in_the_first() -> None:
    rates = load_law_folder(LAW_FOLDER)["interest_rates"]
    of_2012, of_2024 = (rates.on(day) for day in (date(2012, 5, 1), date(2024, 2, 1)))

    assert "fuente secundaria" in rates.citation_of(of_2012)
    assert "leído en la fuente" in rates.citation_of(of_2024)


def test_art_512_covers_every_day_of_a_leap_year_once() -> None:
    law = national_law(2024)
    day = date(2024, 1, 1)
    while day.year == 2024:
        windows = [window for window in (*law.discounts, *law.surcharges) if window.holds(day)]
        assert len(windows) == 1, day
        day += timedelta(days=1)


def test_the_years_law_is_read_once_and_hashed() -> None:
    assert national_law(2026) is national_law(2026)
    assert national_law(2026).content_hash == national_law(2025).content_hash
    assert national_law(2026).sbu(2026) == Decimal(482)


def test_before_the_code_there_is_no_law() -> None:
    with pytest.raises(LawNotInForce):
        national_law(2010)
