"""Which rate, or which limit of the factors, would bring in a wanted amount of one property tax."""

from decimal import Decimal

from cadastre.operations.emit_tax_roll import NothingToEmit, one_snapshot
from cadastre.operations.simulate_ordinance import check_may_simulate, outcomes
from cadastre.ordinances.goal import Goal, Lever, ends_of, seek, with_lever
from cadastre.ordinances.outcome import Outcome
from cadastre.queries.ordinances import facts_of
from cadastre.queries.roll_snapshot import roll_units
from cadastre.taxation.national_law import national_law
from cadastre.valuation.facts import UnitKind
from gis_project.core.money import ZERO
from gis_project.core.progress import UNSEEN, Progress
from gis_project.core.without_collecting import without_collecting
from gis_project.territory.models import Ordinance
from gis_project.territory.policy import Actor


def seek_ordinance_goal(
    *,
    ordinance: Ordinance,
    year: int,
    kind: UnitKind,
    lever: Lever,
    target: Decimal,
    by: Actor,
    phase: Progress = UNSEEN,
) -> Goal:
    """The value of ``lever`` at which the property tax of ``kind`` comes nearest to ``target`` dollars.

    A RATE is a multiplier of the whole table, kept within the national band; a CAP the highest total
    factor of land. Nothing is written. Raises NotAllowed, NothingToEmit, InvalidOrdinance.
    """
    check_may_simulate(by, ordinance.municipality)
    law = national_law(year)
    with one_snapshot():
        facts = facts_of(ordinance, year=year)
        units = [
            unit
            for unit in roll_units(
                municipality=ordinance.municipality, ordinance=ordinance, year=year, facts=facts
            )
            if unit.facts is None or unit.facts.kind is kind
        ]
    if not units:
        raise NothingToEmit(
            f"No hay predios de esa clase al 31 de diciembre de {year - 1}: elija otro año."
        )

    def revenue_at(value: Decimal) -> Decimal:
        phase(f"ensayar con {value}", len(units))
        moved = with_lever(facts, lever, kind, value, law)
        with without_collecting():
            made = outcomes(units, moved, law, year, phase)
        return sum((one.property_tax for one in made.values() if isinstance(one, Outcome)), ZERO)

    lowest, highest, step = ends_of(facts, lever, kind, law)
    return seek(revenue_at, target=target, lowest=lowest, highest=highest, step=step)
