"""The valuation methods that an ordinance declares: its member ``valuation``, read once and checked.

    {"urban_land": {…}, "rural_land": {…},        cadastre/valuation/land_method.py
     "buildings": {"depreciation": …, "states": …, "factors": […], "article": "14"},
     "works": {"article": "16", "FENCE": …}}

Every part is optional; what is left out is valued plainly: price by area, cost by area with
straight-line depreciation. The ordinance's hash covers them, so a value says with which version it was made.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cadastre.valuation import told_parameters as told
from cadastre.valuation.depreciation import LINEAR, Depreciation, read_depreciation
from cadastre.valuation.factors import Factor, read_factor
from cadastre.valuation.land_method import LandMethod, read_land_method
from cadastre.valuation.told_parameters import InvalidOrdinance


@dataclass(frozen=True, slots=True)
class WorkCost:
    """The replacement cost of a complementary work per unit of it."""

    label_es: str
    cost: Decimal
    useful_life_years: int
    residual_pct: Decimal
    citation: str


@dataclass(frozen=True, slots=True)
class ValuationMethods:
    """How land, buildings and works get their value; ``None`` for land is price by area."""

    urban_land: LandMethod | None
    rural_land: LandMethod | None
    depreciation: Depreciation
    building_factors: tuple[Factor, ...]
    works: Mapping[str, WorkCost]


PLAIN_METHODS = ValuationMethods(None, None, LINEAR, (), {})
_MEMBERS = frozenset({"urban_land", "rural_land", "buildings", "works"})


def read_methods(parameters: object, ordinance: str) -> ValuationMethods:
    """The methods that the member ``valuation`` declares; raises ``InvalidOrdinance``."""
    rows = told.members(parameters)
    unknown = rows.keys() - _MEMBERS
    if unknown:
        raise InvalidOrdinance(f"valuation: no se conoce {', '.join(sorted(unknown))}.")
    urban, rural = rows.get("urban_land"), rows.get("rural_land")
    buildings = told.members(rows.get("buildings", {}))
    return ValuationMethods(
        urban_land=None if urban is None else read_land_method(urban, ordinance),
        rural_land=None if rural is None else read_land_method(rural, ordinance),
        depreciation=read_depreciation(buildings, ordinance) if buildings else LINEAR,
        building_factors=tuple(
            read_factor(factor, ordinance) for factor in buildings.get("factors", ())
        ),
        works=_works(told.members(rows.get("works", {})), ordinance),
    )


def _works(rows: Mapping[str, Any], ordinance: str) -> dict[str, WorkCost]:
    """By code; the article of all may stand once, beside them."""
    common = {"article": rows["article"]} if "article" in rows else {}
    return {
        code: _work_cost(code, {**common, **told.members(row)}, ordinance)
        for code, row in rows.items()
        if code != "article"
    }


def _work_cost(code: str, row: Mapping[str, Any], ordinance: str) -> WorkCost:
    try:
        work = WorkCost(
            label_es=str(row.get("label") or code),
            cost=told.number(row["cost"]),
            useful_life_years=told.whole(row["life"]),
            residual_pct=told.number(row.get("residual_pct", "0")),
            citation=told.citation(ordinance, row.get("article")),
        )
    except (KeyError, TypeError) as error:
        raise InvalidOrdinance(f"obra {code}: falta o está mal {error}.") from error
    if not work.cost or not work.useful_life_years or work.residual_pct > 100:
        raise InvalidOrdinance(
            f"obra {code}: costo y vida útil mayores que 0, residual de 0 a 100 %."
        )
    return work
