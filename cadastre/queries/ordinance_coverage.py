"""Which predios an ordinance gives a value, and what it lacks for the others."""

from collections import defaultdict
from dataclasses import dataclass, replace

from cadastre.queries.roll_snapshot import roll_units
from cadastre.valuation.appraise import appraise_all
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.territory.models import Ordinance


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many predios have a value; the keys of the others by reason (GROUND, ZONE, BUILDING_COST, …);
    the structures that stand in the town and have no cost in the ordinance.
    """

    valued: int
    unvalued: dict[str, list[str]]
    unpriced: tuple[str, ...]


def ordinance_coverage(ordinance: Ordinance, facts: OrdinanceFacts, *, year: int) -> Coverage:
    """The coverage of the taxable predios of 31 December before ``year``, as an emission sees them."""
    units = list(roll_units(municipality=ordinance.municipality, ordinance=ordinance, year=year))
    keys = {str(unit.unit_id): unit.key for unit in units}
    known = [unit.facts for unit in units if unit.facts is not None]
    unvalued: dict[str, list[str]] = defaultdict(list)
    unvalued["GROUND"] = [unit.key for unit in units if unit.facts is None]
    appraised, missing = appraise_all(known, replace(facts, year=year))
    for refusal in missing:
        unvalued[refusal.what].append(keys[refusal.unit_id])
    standing = {building.structure for unit in known for building in unit.buildings}
    return Coverage(
        valued=len(appraised),
        unvalued={what: found for what, found in unvalued.items() if found},
        unpriced=tuple(sorted(standing - facts.building_costs.keys())),
    )
