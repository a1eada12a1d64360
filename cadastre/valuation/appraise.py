"""The value of a predio: land, buildings and works, or the migrated value where the ordinance says so.

One function for the bill, the simulation and the explanation (COOTAD Art. 495).
"""

from collections.abc import Iterable

from cadastre.valuation import building_value, land_value
from cadastre.valuation.facts import Appraisal, AppraisedUnit, MissingInput, UnitFacts
from cadastre.valuation.migrated_value import migrated_value_lines
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.work_value import work_value
from gis_project.core.assessment import Line
from gis_project.core.money import ZERO

_LAND = frozenset({land_value.CONCEPT, "MIGRATED_LAND"})
_BUILDINGS = frozenset({building_value.CONCEPT, "MIGRATED_BUILDINGS"})


def appraise(unit: UnitFacts, ordinance: OrdinanceFacts) -> Appraisal:
    """The explained value of ``unit``; raises ``MissingInput`` when anything it needs is missing."""
    if ordinance.use_migrated_values and unit.migrated is not None:
        return _appraisal(unit, migrated_value_lines(unit.migrated))
    land = land_value.land_value(unit, ordinance)
    if not unit.buildings and not unit.works:
        return Appraisal(unit.unit_id, land.amount, ZERO, land.amount, (land,))
    buildings = (
        building_value.building_value(building, unit, ordinance) for building in unit.buildings
    )
    works = (work_value(work, unit, ordinance) for work in unit.works)
    return _appraisal(unit, (land, *buildings, *works))


def appraise_all(
    units: Iterable[UnitFacts], ordinance: OrdinanceFacts
) -> tuple[list[AppraisedUnit], list[MissingInput]]:
    """Every unit that has a value, and one refusal for each that has not: none is lost."""
    appraised: list[AppraisedUnit] = []
    missing: list[MissingInput] = []
    for unit in units:
        try:
            appraised.append(AppraisedUnit(unit, appraise(unit, ordinance)))
        except MissingInput as refusal:
            missing.append(refusal)
    return appraised, missing


def _appraisal(unit: UnitFacts, lines: tuple[Line, ...]) -> Appraisal:
    land = sum((line.amount for line in lines if line.concept in _LAND), ZERO)
    buildings = sum((line.amount for line in lines if line.concept in _BUILDINGS), ZERO)
    return Appraisal(
        unit.unit_id, land, buildings, sum((line.amount for line in lines), ZERO), lines
    )
