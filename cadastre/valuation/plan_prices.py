"""The prices of a value plan, by level, put where the land methods look for them."""

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class PlanPrice:
    """A price of one level (UNIT, AXIS, BLOCK, ZONE, SECTOR) of urban or rural land, with its typical lot."""

    kind: str
    level: str
    code: str
    value: Decimal | None
    typical: Mapping[str, str]


def with_prices(parameters: Mapping[str, Any], prices: Iterable[PlanPrice]) -> dict[str, Any]:
    """``parameters`` with the prices in the member ``valuation``; as they are where there is no price."""
    rows = list(prices)
    if not rows:
        return dict(parameters)
    told = deepcopy(dict(parameters))
    for price in rows:
        land = told.setdefault("valuation", {}).setdefault(f"{price.kind.lower()}_land", {})
        row: dict[str, Any] = {}
        if price.value is not None:
            row["value"] = f"{price.value.normalize():f}"
        if price.typical:
            row["typical"] = dict(price.typical)
        land.setdefault("prices", {}).setdefault(price.level, {})[price.code] = row
    return told
