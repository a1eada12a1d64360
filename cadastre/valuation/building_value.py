"""Value of a building: replacement cost less depreciation (COOTAD Art. 495 b, c).

Cost per m² of its structure, by the ordinance's factors, less what its depreciation takes; afterwards
the residual stays. Age is counted on 31 December before the tax year (Art. 511). A structure without
row, or a building without year, has no value: it goes to the work list.
"""

from decimal import Decimal

from cadastre.valuation.aliquot import aliquot_text, part_of_area
from cadastre.valuation.depreciation import part_lost
from cadastre.valuation.factors import factor_value
from cadastre.valuation.facts import BuildingFacts, MissingInput, UnitFacts
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.traits import LOT_TRAITS, Traits
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents
from gis_project.core.quantity import Operation, Quantity, derived, given

CONCEPT = "BUILDING"


def building_value(building: BuildingFacts, unit: UnitFacts, ordinance: OrdinanceFacts) -> Line:
    """The building's line, with replacement cost and depreciation as its children.

    Raises ``MissingInput`` when cost, useful life, year, area or a fact of its method is missing.
    """
    cost = ordinance.building_costs.get(building.structure)
    if cost is None:
        raise MissingInput(
            f"La ordenanza {ordinance.number} no da costo y vida útil a la estructura "
            f"«{building.structure}» (predio {unit.key}).",
            unit_id=unit.unit_id,
            what="BUILDING_COST",
        )
    age = age_at_cutoff(building.built_in, "Una edificación", unit, ordinance.year)
    area, note, base_from = building.floor_area_m2, building.structure, None
    if building.is_common and unit.aliquot is not None:
        note = f"{note}; alícuota {aliquot_text(unit.aliquot)} de {area:f} m² comunales"
        area, base_from = part_of_area(area, unit.aliquot)
    traits = _traits(building, unit)
    rate, rate_from = _unit_cost(cost.cost_per_m2, traits, ordinance)
    lost, lost_from = part_lost(
        ordinance.methods.depreciation,
        age=age,
        life=cost.useful_life_years,
        residual_pct=cost.residual_pct,
        traits=traits,
    )
    replacement = to_cents(area * rate)
    decrease = to_cents(-replacement * lost)
    citation = ordinance.building_value_citation
    amount = replacement + decrease
    unit_name = RateUnit.USD_PER_M2
    return Line(
        CONCEPT,
        "Valor de la edificación",
        area,
        rate,
        unit_name,
        amount,
        citation,
        note,
        (
            Line(
                "REPLACEMENT_COST",
                "Costo de reposición",
                area,
                rate,
                unit_name,
                replacement,
                citation,
                "",
                (),
                base_from,
                rate_from,
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
                (),
                None,
                lost_from and derived("DECREASE", "Disminución", Operation.NEGATED, [lost_from]),
            ),
        ),
    )


def age_at_cutoff(built_in: int | None, what: str, unit: UnitFacts, year: int) -> int:
    """Whole years on 31 December before ``year``; ``MissingInput`` (BUILT_IN, BUILT_AFTER_CUTOFF)."""
    if built_in is None:
        raise MissingInput(
            f"{what} del predio {unit.key} no tiene año de construcción.",
            unit_id=unit.unit_id,
            what="BUILT_IN",
        )
    age = year - 1 - built_in
    if age < 0:
        raise MissingInput(
            f"{what} del predio {unit.key} es de {built_in}: el impuesto de "
            f"{year} se calcula con lo que existía al 31 de diciembre de {year - 1}.",
            unit_id=unit.unit_id,
            what="BUILT_AFTER_CUTOFF",
        )
    return age


def _traits(building: BuildingFacts, unit: UnitFacts) -> Traits:
    # Each name is either the lot's or the building's: what one lacks is not taken from the other.
    known = {name: told for name, told in building.traits.items() if name not in LOT_TRAITS}
    known |= {name: told for name, told in unit.traits.items() if name in LOT_TRAITS}
    known["area_m2"] = building.floor_area_m2
    if building.condition is not None:
        known["condition"] = building.condition
    return Traits(unit.unit_id, unit.key, known)


def _unit_cost(
    cost: Decimal, traits: Traits, ordinance: OrdinanceFacts
) -> tuple[Decimal, Quantity | None]:
    factors = ordinance.methods.building_factors
    if not factors:
        return cost, None
    unit_cost = derived(
        "UNIT_COST",
        "Costo por m²",
        Operation.PRODUCT,
        [
            given("COST", "Costo de la estructura", cost),
            *(factor_value(factor, traits) for factor in factors),
        ],
        decimals=6,
        citation=ordinance.building_value_citation,
    )
    return unit_cost.value, unit_cost
