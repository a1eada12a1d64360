"""What an ordinance would do to a whole canton: every predio billed by it and by the one in force.

The assessor is the emission's own; only the ordinance, and so the hash, is another. Register and titles
are read and never written. The two rolls are independent, so two processes take one each.
"""

import json
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from cadastre.operations.assess_roll import assess_roll
from cadastre.operations.emit_tax_roll import NothingToEmit, one_snapshot
from cadastre.operations.two_hands import both
from cadastre.ordinances.impact import Impact, impact_of
from cadastre.ordinances.outcome import Outcome, SimulatedUnit, has_limits, outcome_of
from cadastre.queries.roll_by_two import roll_seen_by, seen_by_another
from cadastre.queries.roll_snapshot import RollUnit, snapshot_hash
from cadastre.queries.simulated_ground import inner_points, land_uses
from cadastre.taxation.national_law import NationalLaw, national_law
from cadastre.valuation.ordinance import OrdinanceFacts
from gis_project.core.errors import NotAllowed
from gis_project.core.progress import UNSEEN, Progress
from gis_project.core.without_collecting import without_collecting
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality, Ordinance
from gis_project.territory.policy import Actor, can, check_can

MAY_SIMULATE = ("edit_valuation", "edit_ordinance", "approve_ordinance")
FEWEST_FOR_TWO = 2_000  # below, a second process costs more than it saves


@dataclass(frozen=True, slots=True)
class SimulatedRoll:
    """The comparison: three hashes that defend it, the impact, and each predio by its id.

    ``before`` is None where nothing was in force to compare with. ``seconds`` tells where the time went.
    """

    year: int
    before: Ordinance | None
    after: Ordinance
    register_hash: str
    before_hash: str
    after_hash: str
    law_hash: str
    impact: Impact
    units: dict[UUID, SimulatedUnit]
    seconds: dict[str, float] = field(default_factory=dict)

    def as_dict(self) -> dict[str, Any]:
        """The comparison as JSON values, without the single predios and the time that it took."""
        return {
            "year": self.year,
            "before": self.before.number if self.before is not None else None,
            "after": self.after.number,
            "register_hash": self.register_hash,
            "before_hash": self.before_hash,
            "after_hash": self.after_hash,
            "law_hash": self.law_hash,
            "impact": self.impact.as_dict(),
        }


def check_may_simulate(by: Actor, municipality: Municipality) -> None:
    """Valuers and those who prepare or approve ordinances may; raises ``NotAllowed``."""
    on = today_in(municipality)
    if not any(can(by, one, municipality=municipality, on=on) for one in MAY_SIMULATE):
        check_can(by, MAY_SIMULATE[0], municipality=municipality, on=on)


def simulate_ordinance(
    *,
    ordinance: Ordinance,
    against: Ordinance | None,
    year: int,
    by: Actor,
    hands: int = 1,
    phase: Progress = UNSEEN,
) -> SimulatedRoll:
    """The roll of ``year`` by ``ordinance`` against the one by ``against``; nothing is written.

    Raises NotAllowed, NothingToEmit, InvalidOrdinance, LawNotInForce. With two ``hands`` the caller must
    not be a request: the process is copied.
    """
    town = ordinance.municipality
    check_may_simulate(by, town)
    if against is not None and against.municipality_id != ordinance.municipality_id:
        raise NotAllowed("Se comparan dos ordenanzas de un mismo municipio.")
    began = time.monotonic()
    law = national_law(year)
    phase("leer el registro")
    with one_snapshot():
        after = roll_seen_by(ordinance, year=year)
        before = None if against is None else seen_by_another(after, against, year=year)
        uses = land_uses(town, year=year)
    if not after.units:
        raise NothingToEmit(
            f"{town.name} no tiene predios vigentes al 31 de diciembre de {year - 1}: no hay qué simular. "
            "Elija otro año."
        )
    read = time.monotonic()
    phase("calcular", len(after.units))
    are_two = hands > 1 and len(after.units) >= FEWEST_FOR_TWO
    with without_collecting():
        afterwards, (beforehand, register_hash) = both(
            lambda: outcomes(after.units, after.facts, law, year, phase),
            lambda: (
                outcomes(before.units, before.facts, law, year) if before is not None else {},
                snapshot_hash(after.units),
            ),
            hands=2 if are_two else 1,
        )
    computed = time.monotonic()
    phase("comparar")
    units = _compared(after.units, beforehand, afterwards, uses)
    impact = impact_of(list(units.values()))
    compared = time.monotonic()
    return SimulatedRoll(
        year=year,
        before=against,
        after=ordinance,
        register_hash=register_hash,
        before_hash=before.facts.content_hash if before is not None else "",
        after_hash=after.facts.content_hash,
        law_hash=law.content_hash,
        impact=impact,
        units=units,
        seconds={
            "read": read - began,
            "compute": computed - read,
            "compare": compared - computed,
        },
    )


def changes_geojson(found: SimulatedRoll) -> str:
    """A point a predio that has a place, in WGS 84, with what it pays before and after; no names."""
    places = inner_points(found.after.municipality, year=found.year)
    features = [
        {
            "type": "Feature",
            "geometry": {
                "type": "Point",
                "coordinates": [round(one, 7) for one in places[unit_id]],
            },
            "properties": unit.as_dict(),
        }
        for unit_id, unit in found.units.items()
        if unit_id in places
    ]
    return json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False)


def outcomes(
    units: Sequence[RollUnit],
    ordinance: OrdinanceFacts,
    law: NationalLaw,
    year: int,
    phase: Progress = UNSEEN,
) -> dict[UUID, Outcome | str]:
    """What ``assess_roll`` makes of ``units``, each as its outcome or the code of its exception."""
    assessed = assess_roll(units, ordinance=ordinance, law=law, year=year, progress=phase)
    limits = has_limits(ordinance)
    found: dict[UUID, Outcome | str] = {row.unit.unit_id: row.code for row in assessed.unbilled}
    for bill in assessed.bills:
        found[bill.unit.unit_id] = outcome_of(bill.held, bill.assessment, has_limits=limits)
    return found


def _compared(
    units: Sequence[RollUnit],
    before: dict[UUID, Outcome | str],
    after: dict[UUID, Outcome | str],
    uses: dict[UUID, str],
) -> dict[UUID, SimulatedUnit]:
    found = {}
    for unit in units:
        then, now = before.get(unit.unit_id), after[unit.unit_id]
        found[unit.unit_id] = SimulatedUnit(
            unit.key,
            unit.facts.kind if unit.facts is not None else None,
            unit.parish_code,
            uses.get(unit.unit_id, ""),
            (unit.facts.zone_code or "") if unit.facts is not None else "",
            then if isinstance(then, Outcome) else None,
            now if isinstance(now, Outcome) else None,
            now if isinstance(now, str) else "",
        )
    return found
