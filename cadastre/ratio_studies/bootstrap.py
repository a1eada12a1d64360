"""Intervals by drawing sales with replacement: they need no shape of the distribution and no large sample.

The stream is NumPy's ``RandomState``, frozen for good: one seed gives the same interval on every version.
"""

from collections.abc import Callable, Mapping
from typing import TypeVar

import numpy as np

from cadastre.ratio_studies.statistics import Dollars, Interval

DRAWS = 1_000
SEED = 20_260_101
Statistic = Callable[[Dollars, Dollars], float]
K = TypeVar("K")


def bootstrap_intervals(
    statistics: Mapping[K, Statistic],
    values: Dollars,
    prices: Dollars,
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> dict[K, Interval]:
    """The percentile interval of each statistic; all of them see the same draws."""
    stream = np.random.RandomState(seed)
    found: dict[K, list[float]] = {name: [] for name in statistics}
    for _ in range(draws):
        drawn = stream.randint(0, len(values), size=len(values))
        some_values, some_prices = values[drawn], prices[drawn]
        for name, statistic in statistics.items():
            found[name].append(statistic(some_values, some_prices))
    tail = (1 - confidence) / 2
    ends = {name: np.quantile(np.array(all_of), [tail, 1 - tail]) for name, all_of in found.items()}
    return {name: Interval(float(low), float(high)) for name, (low, high) in ends.items()}
