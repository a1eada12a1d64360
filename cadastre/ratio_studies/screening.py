"""Which sales a study may use: what people said of each, then dates and prices, last the extreme ratios.

Extremes are trimmed by quartiles (three times their range, IAAO Standard on Ratio Studies, app. B), only
where there are sales enough to know them. Each sale left out keeps its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import numpy as np

from cadastre.ratio_studies.sale import Exclusion, Sale

FEWEST_TO_TRIM = 20
TOKEN_USD = Decimal(100)
_RANGES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Criteria:
    """From which to which day, below which price a sale is a token, and whether extremes are trimmed."""

    first_day: date | None = None
    last_day: date | None = None
    token_usd: Decimal = TOKEN_USD
    trims_outliers: bool = True


@dataclass(frozen=True, slots=True)
class Screened:
    """The sales that stay, and each other one with its reason; none is lost."""

    kept: tuple[Sale, ...]
    left_out: tuple[tuple[Sale, Exclusion], ...]

    def reasons(self) -> dict[Exclusion, int]:
        """How many were left out for each reason, in the order of the list of reasons."""
        found = [reason for _, reason in self.left_out]
        return {reason: found.count(reason) for reason in Exclusion if reason in found}


def screened(sales: Sequence[Sale], criteria: Criteria) -> Screened:
    """``sales`` parted into those that stay and those that do not."""
    judged = [(sale, _reason(sale, criteria)) for sale in sales]
    kept = [sale for sale, reason in judged if reason is None]
    left_out = [(sale, reason) for sale, reason in judged if reason is not None]
    if criteria.trims_outliers and len(kept) >= FEWEST_TO_TRIM:
        extreme = _extremes(kept)
        left_out += [
            (sale, Exclusion.OUTLIER) for sale, out in zip(kept, extreme, strict=True) if out
        ]
        kept = [sale for sale, out in zip(kept, extreme, strict=True) if not out]
    return Screened(tuple(kept), tuple(left_out))


def _reason(sale: Sale, criteria: Criteria) -> Exclusion | None:
    if sale.told is not None:
        return sale.told
    if sale.price is None or sale.price <= 0:
        return Exclusion.NO_PRICE
    if sale.price < criteria.token_usd:
        return Exclusion.TOKEN_PRICE
    if _is_outside(sale.sold_on, criteria):
        return Exclusion.OUTSIDE_PERIOD
    if sale.value is None or sale.value <= 0:
        return Exclusion.NO_VALUE
    return None


def _is_outside(day: date | None, criteria: Criteria) -> bool:
    first, last = criteria.first_day, criteria.last_day
    if first is None and last is None:
        return False
    return day is None or (first is not None and day < first) or (last is not None and day > last)


def _extremes(sales: Sequence[Sale]) -> list[bool]:
    found = np.array([float(sale.value or 0) / float(sale.price or 1) for sale in sales])
    lower, upper = np.quantile(found, [0.25, 0.75])
    reach = _RANGES * (upper - lower)
    return [bool(out) for out in (found < lower - reach) | (found > upper + reach)]
