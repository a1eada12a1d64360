"""A ratio study: the statistics of all sales and of each stratum, with intervals and what they mean.

Sound on twenty sales: intervals come by bootstrap, and below ``FEWEST`` there is no verdict at all.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from cadastre.ratio_studies import statistics
from cadastre.ratio_studies.bootstrap import DRAWS, SEED, bootstrap_intervals
from cadastre.ratio_studies.sale import Sale
from cadastre.ratio_studies.screening import Criteria, Screened, screened
from cadastre.ratio_studies.standard import Verdict, verdicts
from cadastre.ratio_studies.statistics import Dollars, Interval, PriceRelatedBias

FEWEST = 5  # fewer sales have no interval that means anything
FEW = 20  # fewer are told to be few
_BOOTSTRAPPED = {
    "median": statistics.median_ratio,
    "mean": statistics.mean_ratio,
    "weighted_mean": statistics.weighted_mean_ratio,
    "cod": statistics.cod,
    "prd": statistics.prd,
}


@dataclass(frozen=True, slots=True)
class RatioStatistics:
    """The numbers of one group of sales; intervals by name (median, mean, weighted_mean, cod, prd)."""

    name: str
    count: int
    median: float
    mean: float
    weighted_mean: float
    cod: float
    prd: float
    prb: PriceRelatedBias | None
    intervals: dict[str, Interval]
    verdicts: tuple[Verdict, ...]
    ratios: tuple[float, ...]
    prices: tuple[float, ...]

    @property
    def is_few(self) -> bool:
        """Whether so few sales make any verdict weak."""
        return self.count < FEW

    def as_dict(self) -> dict[str, Any]:
        """The numbers as JSON values, without the single ratios."""
        return {
            "name": self.name,
            "count": self.count,
            "is_few": self.is_few,
            "median": self.median,
            "mean": self.mean,
            "weighted_mean": self.weighted_mean,
            "cod": self.cod,
            "prd": self.prd,
            "prb": None if self.prb is None else self.prb.slope,
            "intervals": {
                name: [one.lowest, one.highest]
                for name, one in (
                    *self.intervals.items(),
                    *([("prb", self.prb.interval)] if self.prb is not None else []),
                )
            },
            "verdicts": [one.as_dict() for one in self.verdicts],
        }


@dataclass(frozen=True, slots=True)
class RatioStudy:
    """All sales that stayed, the strata by name (those of one sale too), and what was left out."""

    whole: RatioStatistics | None
    strata: tuple[RatioStatistics, ...]
    screened: Screened
    confidence: float
    draws: int
    seed: int

    def as_dict(self) -> dict[str, Any]:
        """The study as JSON values."""
        return {
            "whole": None if self.whole is None else self.whole.as_dict(),
            "strata": [one.as_dict() for one in self.strata],
            "left_out": {str(one): count for one, count in self.screened.reasons().items()},
            "confidence": self.confidence,
            "draws": self.draws,
            "seed": self.seed,
        }


def ratio_study(
    sales: Sequence[Sale],
    criteria: Criteria = Criteria(),  # noqa: B008  # frozen
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> RatioStudy:
    """The study of ``sales``; the same sales and seed give the same numbers. ``whole`` is None without any."""
    found = screened(sales, criteria)
    by_stratum: dict[str, list[Sale]] = defaultdict(list)
    for sale in found.kept:
        by_stratum[sale.stratum].append(sale)

    def told(name: str, group: Sequence[Sale]) -> RatioStatistics:
        values = np.array([float(sale.value or 0) for sale in group])
        prices = np.array([float(sale.price or 0) for sale in group])
        return ratio_statistics(
            values, prices, name=name, confidence=confidence, draws=draws, seed=seed
        )

    strata = [told(name, by_stratum[name]) for name in sorted(by_stratum)] if by_stratum else []
    has_strata = len(by_stratum) > 1 or any(by_stratum)
    return RatioStudy(
        told("", found.kept) if found.kept else None,
        tuple(strata) if has_strata else (),
        found,
        confidence,
        draws,
        seed,
    )


def ratio_statistics(
    values: Dollars,
    prices: Dollars,
    *,
    name: str = "",
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> RatioStatistics:
    """The numbers of at least one sale; intervals and verdicts only from ``FEWEST`` sales on."""
    intervals: dict[str, Interval] = {}
    bias = statistics.prb(values, prices, confidence=confidence)
    if len(values) >= FEWEST:
        intervals = bootstrap_intervals(
            _BOOTSTRAPPED, values, prices, confidence=confidence, draws=draws, seed=seed
        )
    found = {one: statistic(values, prices) for one, statistic in _BOOTSTRAPPED.items()}
    return RatioStatistics(
        name=name,
        count=len(values),
        **found,
        prb=bias,
        intervals=intervals,
        verdicts=verdicts(found, intervals, bias) if intervals else (),
        ratios=tuple(float(one) for one in values / prices),
        prices=tuple(float(one) for one in prices),
    )
