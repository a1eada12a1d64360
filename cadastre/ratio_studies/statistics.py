"""The numbers of a ratio study: level, uniformity, and whether dear homes are assessed as cheap ones are.

A ratio is appraised value by sale price. Definitions are those of the IAAO *Standard on Ratio Studies*
(2013). Arrays are one-dimensional float64 of equal length, dollars, prices above zero.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cadastre.ratio_studies.student import critical_t

Dollars = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Interval:
    """The ends of a confidence interval."""

    lowest: float
    highest: float

    def holds(self, value: float) -> bool:
        """Whether ``value`` lies between the ends."""
        return self.lowest <= value <= self.highest


def ratios(values: Dollars, prices: Dollars) -> Dollars:
    """Appraised value by price, sale by sale."""
    return values / prices


def median_ratio(values: Dollars, prices: Dollars) -> float:
    """The level of appraisal: half of the sales are below it."""
    return float(np.median(values / prices))


def mean_ratio(values: Dollars, prices: Dollars) -> float:
    """The plain mean of the ratios."""
    return float(np.mean(values / prices))


def weighted_mean_ratio(values: Dollars, prices: Dollars) -> float:
    """All value by all price: each sale weighs by its dollars."""
    return float(np.sum(values) / np.sum(prices))


def cod(values: Dollars, prices: Dollars) -> float:
    """Coefficient of dispersion: mean distance from the median ratio, in per cent of it."""
    found = values / prices
    middle = np.median(found)
    return float(100 * np.mean(np.abs(found - middle)) / middle)


def prd(values: Dollars, prices: Dollars) -> float:
    """Price-related differential: mean by weighted mean. Above one, dear properties are assessed lower."""
    return mean_ratio(values, prices) / weighted_mean_ratio(values, prices)


@dataclass(frozen=True, slots=True)
class PriceRelatedBias:
    """The share by which ratios change when value doubles, its interval, and how sure it is."""

    slope: float
    interval: Interval
    standard_error: float


def prb(values: Dollars, prices: Dollars, *, confidence: float = 0.95) -> PriceRelatedBias | None:
    """The slope of relative ratios over the logarithm (base 2) of a value that is half price, half value.

    The interval is Student's. None for fewer than three sales or where all are of one value: there is no line.
    """
    found = values / prices
    middle = np.median(found)
    x = np.log2((values / middle + prices) / 2)
    y = found / middle - 1
    freedom = len(x) - 2
    spread = x - x.mean()
    across = float(spread @ spread)
    if freedom < 1 or across <= 1e-12 * len(x):
        return None
    slope = float(spread @ y) / across
    rest = y - y.mean() - slope * spread
    error = float(np.sqrt(rest @ rest / freedom / across))
    half = critical_t(confidence, freedom) * error
    return PriceRelatedBias(slope, Interval(slope - half, slope + half), error)
