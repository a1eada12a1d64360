"""Baja de una edificación: it stands no longer from a day on; that it stood stays known, with its floors."""

from uuid import UUID

from cadastre.models import BuildingVersion, PropertyUnit
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.offspring import carry_floors, in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import end_rows
from gis_project.core.errors import NotFound

VERB = "demolish_building"


class BuildingNotFound(NotFound):
    """No such building stands on the predio: look at its edificaciones."""

    code = "building_not_found"


def demolish_building(*, unit: PropertyUnit, building: UUID, filing: Filing) -> Outcome:
    """The outcome: the building ends on the act's day. A unit of a condominium ends only what is its own.

    Raises what ``performing`` does, BuildingNotFound, OutOfOrder for one that began later.
    """
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        standing = in_force(BuildingVersion, **_own(predio))
        found = [row for row in standing if row.building_id == building]
        if not found:
            raise BuildingNotFound(
                "En el predio no se levanta esa edificación: revise cuáles tiene."
            )
        end_rows(work.deed, found)
        carry_floors(work.deed, found)
        work.facts["building"] = str(building)
        work.facts["floor_area_m2"] = str(found[0].floor_area_m2)
        if len(standing) == len(found):
            work.notes.append("El predio queda sin edificaciones: revise si paga por no edificado.")
    return work.done


def _own(predio: PropertyUnit) -> dict[str, object]:
    if predio.kind == PropertyUnit.Kind.CONDOMINIUM:
        return {"unit": predio}
    if not predio.is_taxable:
        return {"parcel_id": predio.parcel_id, "unit__isnull": True}
    return {"parcel_id": predio.parcel_id}
