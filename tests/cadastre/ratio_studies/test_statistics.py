"""The statistics equal an independent library's, on twenty sales and on twenty-five thousand."""

import csv
import gzip
import os
import tomllib
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.ratio_studies import statistics
from cadastre.ratio_studies.bootstrap import bootstrap_intervals
from cadastre.ratio_studies.student import critical_t

EXPECTED = tomllib.loads((Path(__file__).parent / "expected.toml").read_text(encoding="utf-8"))
CLOSE = 1e-6
TWENTY = EXPECTED["first_twenty"]
VALUES = np.array([float(sale["value"]) for sale in TWENTY["sale"]])
PRICES = np.array([float(sale["price"]) for sale in TWENTY["sale"]])


def _compare(values: statistics.Dollars, prices: statistics.Dollars, told: dict[str, Any]) -> None:
    assert len(values) == told["count"]
    assert statistics.median_ratio(values, prices) == pytest.approx(told["median"], rel=CLOSE)
    assert statistics.mean_ratio(values, prices) == pytest.approx(told["mean"], rel=CLOSE)
    weighted = statistics.weighted_mean_ratio(values, prices)
    assert weighted == pytest.approx(told["weighted_mean"], rel=CLOSE)
    assert statistics.cod(values, prices) == pytest.approx(told["cod"], abs=CLOSE)
    assert statistics.prd(values, prices) == pytest.approx(told["prd"], abs=CLOSE)
    bias = statistics.prb(values, prices)
    assert bias is not None
    assert bias.slope == pytest.approx(told["prb"], abs=CLOSE)
    ends = [bias.interval.lowest, bias.interval.highest]
    assert ends == pytest.approx(told["prb_interval"], abs=CLOSE)
    drawn = bootstrap_intervals(
        {"cod_interval": statistics.cod, "prd_interval": statistics.prd},
        values,
        prices,
        draws=told["draws"],
    )
    for name, interval in drawn.items():
        assert [interval.lowest, interval.highest] == pytest.approx(told[name], abs=CLOSE)


def test_twenty_sales_as_the_independent_library_has_them():
    _compare(VALUES, PRICES, TWENTY)


@pytest.mark.real_data
@pytest.mark.parametrize("group", ["whole", "year_1993", "year_1998"])
def test_the_real_sales_as_the_independent_library_has_them(group):
    path = Path(os.environ["LINDERO_REAL_DATA"]) / "ratio_studies" / "lucas_county_oh_house.csv.gz"
    year = group.removeprefix("year_")
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if group == "whole" or row["syear"] == year]
    values = np.array([float(row["avalue"]) for row in rows])
    prices = np.array([float(row["price"]) for row in rows])
    _compare(values, prices, EXPECTED[group])


@pytest.mark.parametrize(
    ("confidence", "freedom", "expected"),
    [  # the usual printed tables
        (0.95, 1, 12.706204736),
        (0.95, 18, 2.100922040),
        (0.99, 5, 4.032142984),
        (0.90, 120, 1.657650899),
        (0.95, 25_355, 1.960056),
    ],
)
def test_students_quantile(confidence, freedom, expected):
    assert critical_t(confidence, freedom) == pytest.approx(expected, rel=1e-6)


@given(st.floats(0.2, 5))
def test_a_level_that_is_the_same_for_all_disperses_nothing(level):
    values = PRICES * level
    assert statistics.median_ratio(values, PRICES) == pytest.approx(level)
    assert statistics.cod(values, PRICES) == pytest.approx(0, abs=1e-9)
    assert statistics.prd(values, PRICES) == pytest.approx(1)
    bias = statistics.prb(values, PRICES)
    assert bias is not None
    assert bias.slope == pytest.approx(0, abs=1e-9)


@given(st.floats(0.2, 5))
def test_dispersion_and_bias_do_not_depend_on_the_level(level):
    assert statistics.cod(VALUES * level, PRICES) == pytest.approx(TWENTY["cod"])
    assert statistics.prd(VALUES * level, PRICES) == pytest.approx(TWENTY["prd"])


def test_sales_of_one_price_have_no_line():
    same = np.full(10, 50_000.0)
    assert statistics.prb(same * 0.9, same) is None


def test_two_sales_have_no_line():
    assert statistics.prb(VALUES[:2], PRICES[:2]) is None
