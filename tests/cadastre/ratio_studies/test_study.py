"""A study keeps every sale or its reason, and condemns nobody for what may be chance."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest

from cadastre.ratio_studies.sale import Exclusion, Sale
from cadastre.ratio_studies.screening import Criteria, screened
from cadastre.ratio_studies.standard import Outcome, standard
from cadastre.ratio_studies.study import FEWEST, ratio_statistics, ratio_study


def sale(name: str = "1", price: str | None = "50000", value: str | None = "45000", **told) -> Sale:
    return Sale(
        name=name,
        price=None if price is None else Decimal(price),
        value=None if value is None else Decimal(value),
        **told,
    )


YEAR = Criteria(first_day=date(2025, 1, 1), last_day=date(2025, 12, 31))


@pytest.mark.parametrize(
    ("one", "criteria", "reason"),
    [
        (sale(price=None), Criteria(), Exclusion.NO_PRICE),
        (sale(price="0"), Criteria(), Exclusion.NO_PRICE),
        (sale(price="99.99"), Criteria(), Exclusion.TOKEN_PRICE),
        (sale(price="100", value=None), Criteria(), Exclusion.NO_VALUE),
        (sale(told=Exclusion.RELATIVES), Criteria(), Exclusion.RELATIVES),
        (sale(sold_on=date(2024, 12, 31)), YEAR, Exclusion.OUTSIDE_PERIOD),
        (sale(sold_on=date(2026, 1, 1)), YEAR, Exclusion.OUTSIDE_PERIOD),
        (sale(), YEAR, Exclusion.OUTSIDE_PERIOD),
    ],
)
def test_a_sale_left_out_says_why(one, criteria, reason):
    found = screened([one], criteria)
    assert found.kept == ()
    assert found.left_out == ((one, reason),)


@pytest.mark.parametrize("day", [date(2025, 1, 1), date(2025, 12, 31)])
def test_the_ends_of_the_period_belong_to_it(day):
    assert len(screened([sale(sold_on=day)], YEAR).kept) == 1


def test_extremes_are_trimmed_from_twenty_sales_on_and_not_before():
    usual = [sale(str(n), value=str(45_000 + 100 * n)) for n in range(20)]
    extreme = sale("x", value="500000")
    few = screened([*usual[:18], extreme], Criteria())
    assert extreme in few.kept
    many = screened([*usual, extreme], Criteria())
    assert many.left_out == ((extreme, Exclusion.OUTLIER),)
    assert extreme in screened([*usual, extreme], Criteria(trims_outliers=False)).kept


def test_no_sale_is_lost():
    sales = [sale(str(n), price=str(n * 10), value=str(n * 9)) for n in range(60)]
    found = screened(sales, Criteria())
    assert len(found.kept) + len(found.left_out) == 60
    assert sum(found.reasons().values()) == len(found.left_out)


def test_below_the_fewest_there_is_no_interval_and_no_verdict():
    study = ratio_study([sale(str(n)) for n in range(FEWEST - 1)])
    assert study.whole is not None
    assert study.whole.median == pytest.approx(0.9)
    assert study.whole.intervals == {}
    assert study.whole.verdicts == ()


def test_nothing_to_study_is_told_as_nothing():
    study = ratio_study([sale(price=None)])
    assert study.whole is None
    assert study.as_dict()["left_out"] == {"NO_PRICE": 1}


def test_strata_part_the_sales():
    sales = [sale(str(n), stratum="AB"[n % 2], value=str(40_000 + 200 * n)) for n in range(30)]
    study = ratio_study(sales, draws=50)
    assert [one.name for one in study.strata] == ["A", "B"]
    assert sum(one.count for one in study.strata) == study.whole.count == 30


def test_the_same_seed_gives_the_same_intervals():
    values = np.linspace(30_000, 60_000, 20)
    prices = np.linspace(35_000, 62_000, 20)[::-1].copy()
    first, second = (ratio_statistics(values, prices, draws=100) for _ in range(2))
    assert first.intervals == second.intervals
    other = ratio_statistics(values, prices, draws=100, seed=7)
    assert other.intervals != first.intervals


def test_what_may_be_chance_is_doubtful_and_what_is_not_is_outside():
    prices = np.linspace(30_000, 90_000, 200)
    wobble = np.where(np.arange(200) % 2, 1.05, 0.95)
    low = ratio_statistics(prices * 0.6 * wobble, prices, draws=100)
    verdict = {one.statistic: one for one in low.verdicts}
    assert verdict["median"].outcome is Outcome.OUTSIDE
    assert "suba los precios" in verdict["median"].text
    few = ratio_statistics(np.array([50.0, 89, 70, 100, 89, 130]), np.full(6, 100.0), draws=100)
    verdict = {one.statistic: one for one in few.verdicts}
    assert verdict["median"].outcome is Outcome.DOUBTFUL
    assert "azar" in verdict["median"].text


def test_every_range_of_the_standard_has_words():
    assert set(standard().ranges) == {"median", "cod", "prd", "prb"}
    assert not standard().is_verified
