"""Value of a complementary work (fence, pool, paving): cost new less depreciation (COOTAD Art. 495)."""

from cadastre.valuation.building_value import age_at_cutoff
from cadastre.valuation.depreciation import part_lost
from cadastre.valuation.facts import MissingInput, UnitFacts, WorkFacts
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.traits import Traits
from gis_project.core.assessment import Line, RateUnit
from gis_project.core.money import to_cents
from gis_project.core.quantity import Operation, derived

CONCEPT = "WORK"


def work_value(work: WorkFacts, unit: UnitFacts, ordinance: OrdinanceFacts) -> Line:
    """The work's line with cost and depreciation below; ``MissingInput`` (WORK_COST, BUILT_IN, …)."""
    cost = ordinance.methods.works.get(work.code)
    if cost is None:
        raise MissingInput(
            f"La ordenanza {ordinance.number} no da costo a la obra «{work.code}» "
            f"(predio {unit.key}).",
            unit_id=unit.unit_id,
            what="WORK_COST",
        )
    age = age_at_cutoff(work.built_in, "Una obra complementaria", unit, ordinance.year)
    known = {} if work.condition is None else {"condition": work.condition}
    lost, lost_from = part_lost(
        ordinance.methods.depreciation,
        age=age,
        life=cost.useful_life_years,
        residual_pct=cost.residual_pct,
        traits=Traits(unit.unit_id, unit.key, known),
    )
    new = to_cents(work.quantity * cost.cost)
    decrease = to_cents(-new * lost)
    unit_name, citation = RateUnit.USD_PER_UNIT, cost.citation
    return Line(
        CONCEPT,
        "Obra complementaria",
        work.quantity,
        cost.cost,
        unit_name,
        new + decrease,
        citation,
        cost.label_es,
        (
            Line(
                "REPLACEMENT_COST",
                "Costo de reposición",
                work.quantity,
                cost.cost,
                unit_name,
                new,
                citation,
            ),
            Line(
                "DEPRECIATION",
                "Depreciación",
                new,
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
