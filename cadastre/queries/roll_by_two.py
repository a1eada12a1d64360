"""The register as two ordinances see it: read once where they differ in zones and prices only."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from django.db import connection

from cadastre.queries.ordinances import facts_of
from cadastre.queries.roll_snapshot import RollUnit, roll_units
from cadastre.valuation.asked_facts import AskedFacts, asked_facts
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.territory.models import Ordinance

_ZONES = (Path(__file__).parent / "sql" / "roll_zones.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class RollSeen:
    """An ordinance's frozen values and the taxable predios with the facts that it looks at."""

    facts: OrdinanceFacts
    units: Sequence[RollUnit]


def roll_seen_by(ordinance: Ordinance, *, year: int) -> RollSeen:
    """What an emission of ``year`` with ``ordinance`` would read; raises ``InvalidOrdinance``."""
    facts = facts_of(ordinance, year=year)
    town = ordinance.municipality
    return RollSeen(
        facts, list(roll_units(municipality=town, ordinance=ordinance, year=year, facts=facts))
    )


def seen_by_another(seen: RollSeen, other: Ordinance, *, year: int) -> RollSeen:
    """The same predios as ``other`` sees them, the same as ``roll_seen_by`` gives; cheaper where it can be."""
    facts = facts_of(other, year=year)
    asked = asked_facts(facts)
    if asked != asked_facts(seen.facts) or _depends_on_plan(asked):
        return roll_seen_by(other, year=year)
    with connection.cursor() as cursor:
        cursor.execute(
            _ZONES,
            {
                "town": other.municipality_id,
                "ordinance": other.pk,
                "day": date(year - 1, 12, 31),
            },
        )
        zones = dict(cursor.fetchall())
    units = [
        unit
        if unit.facts is None
        else replace(unit, facts=replace(unit.facts, zone_code=zones.get(unit.unit_id)))
        for unit in seen.units
    ]
    return RollSeen(facts, units)


def _depends_on_plan(asked: AskedFacts) -> bool:
    """Whether what is asked of a lot is found in the ordinance's own map besides its zones."""
    return asked.axes or asked.blocks or asked.sectors
