"""Value of a building: replacement cost less straight-line depreciation (COOTAD Art. 495 b, c).

Each year of its useful life takes an equal part of what is not residual; afterwards the residual
stays. Age is counted on 31 December before the tax year (Art. 511). A structure without row, or a
building without year, has no value: it goes to the work list.
"""

from decimal import ROUND_HALF_UP, Decimal

from cadastre.valuation.facts import BuildingFacts, MissingInput, UnitFacts
from cadastre.valuation.ordinance import BuildingCost, OrdinanceFacts
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents

CONCEPT = "BUILDING"
_FACTOR_STEP = Decimal("0.000001")
_SHARE_STEP = Decimal("0.000001")
_ONE = Decimal(1)
_HUNDRED = Decimal(100)


def building_value(building: BuildingFacts, unit: UnitFacts, ordinance: OrdinanceFacts) -> Line:
    """The building's line, with replacement cost and depreciation as its children.

    Raises ``MissingInput`` when cost, useful life, year or area is missing.
    """
    cost = ordinance.building_costs.get(building.structure)
    if cost is None:
        raise MissingInput(
            f"La ordenanza {ordinance.number} no da costo y vida útil a la estructura "
            f"«{building.structure}» (predio {unit.key}).",
            unit_id=unit.unit_id,
            what="BUILDING_COST",
        )
    age = _age(building, unit, ordinance.year)
    area, note = building.floor_area_m2, building.structure
    if building.is_common and unit.aliquot is not None:
        note = f"{note}; alícuota {unit.aliquot:f} de {area:f} m² comunales"
        area = (area * unit.aliquot).quantize(_SHARE_STEP, ROUND_HALF_UP)
    replacement = to_cents(area * cost.cost_per_m2)
    lost = depreciation(age=age, cost=cost)
    decrease = to_cents(-replacement * lost)
    citation = ordinance.building_value_citation
    amount = replacement + decrease
    return Line(
        CONCEPT,
        "Valor de la edificación",
        area,
        cost.cost_per_m2,
        RateUnit.USD_PER_M2,
        amount,
        citation,
        note,
        (
            Line(
                "REPLACEMENT_COST",
                "Costo de reposición",
                area,
                cost.cost_per_m2,
                RateUnit.USD_PER_M2,
                replacement,
                citation,
            ),
            Line(
                "DEPRECIATION",
                "Depreciación",
                replacement,
                -lost,
                RateUnit.FACTOR,
                decrease,
                citation,
                f"{age} de {cost.useful_life_years} años; residual {cost.residual_pct:f} %",
            ),
        ),
    )


def depreciation(*, age: int, cost: BuildingCost) -> Decimal:
    """The part of the replacement cost lost at ``age`` years, 0 to 1, six decimals half up."""
    part_lived = min(_ONE, Decimal(age) / cost.useful_life_years)
    lost = part_lived * (_ONE - cost.residual_pct / _HUNDRED)
    return lost.quantize(_FACTOR_STEP, ROUND_HALF_UP)


def _age(building: BuildingFacts, unit: UnitFacts, year: int) -> int:
    if building.built_in is None:
        raise MissingInput(
            f"Una edificación del predio {unit.key} no tiene año de construcción.",
            unit_id=unit.unit_id,
            what="BUILT_IN",
        )
    age = year - 1 - building.built_in
    if age < 0:
        raise MissingInput(
            f"Una edificación del predio {unit.key} es de {building.built_in}: el impuesto de "
            f"{year} se calcula con lo que existía al 31 de diciembre de {year - 1}.",
            unit_id=unit.unit_id,
            what="BUILT_AFTER_CUTOFF",
        )
    return age
