"""Baja de una edificación: it stands no longer from a day on; that it stood stays known, with its floors."""

from uuid import UUID

from cadastre.models import PropertyUnit
from cadastre.operations.deed.buildings import standing, the_one
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.offspring import carry_floors
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import end_rows

VERB = "demolish_building"


def demolish_building(*, unit: PropertyUnit, building: UUID, filing: Filing) -> Outcome:
    """The outcome: the building ends on the act's day. A unit of a condominium ends only what is its own.

    Raises what ``performing`` does, BuildingNotFound, OutOfOrder for one that began later.
    """
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        there = standing(predio)
        found = the_one(there, building)
        end_rows(work.deed, [found])
        carry_floors(work.deed, [found])
        work.facts["building"] = str(building)
        work.facts["floor_area_m2"] = str(found.floor_area_m2)
        if len(there) == 1:
            work.notes.append("El predio queda sin edificaciones: revise si paga por no edificado.")
    return work.done
