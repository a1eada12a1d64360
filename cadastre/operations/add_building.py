"""Incorporación de una edificación: what stands on a predio's ground, floor by floor."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from cadastre.geometry.replace import check_usable
from cadastre.models import BuildingVersion, PropertyUnit
from cadastre.models.geometry_edge import to_geos
from cadastre.operations.correct_attributes import predio_kind
from cadastre.operations.deed.buildings import (
    NewBuilding,
    check_components,
    check_floors,
    check_stage,
    check_states,
    check_structure,
    check_years,
    ground_of,
    is_common,
    judge_footprint,
    open_floors,
    told_share,
)
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.rows import open_rows

VERB = "add_building"


def add_building(*, unit: PropertyUnit, building: NewBuilding, filing: Filing) -> Outcome:
    """The outcome; ``facts["building"]`` is its id. Its built area is the sum of its floors.

    On the matrix of a condominium it is common to all units. A plan that reaches beyond the predio, or over
    another building, is noted. Raises what ``performing`` does, BuildingUnfit, BuildingElsewhere, FichaFlawed.
    """
    check_floors(building.floors)
    check_stage(building.stage_pct)
    check_states([building.conservation, *(floor.conservation for floor in building.floors)])
    if building.footprint is not None:
        check_usable(building.footprint)
    with performing(VERB, municipality=unit.municipality, units=[unit], filing=filing) as work:
        (predio,) = work.units
        ground = ground_of(predio)
        kind = predio_kind(predio, ground.kind)
        check_structure(work, building.structure)
        check_years(work, building)
        check_components(building, kind)
        if building.footprint is not None:
            judge_footprint(work, building.footprint, ground)
        else:
            work.notes.append(
                "La edificación entra sin planta en el mapa: dibújela cuando se levante."
            )
        plan: Any = to_geos(building.footprint) if building.footprint is not None else None
        (made,) = open_rows(
            [
                BuildingVersion(
                    building_id=uuid4(),
                    parcel_id=ground.parcel_id,
                    unit=None if is_common(predio) else predio,
                    geom=plan,
                    floors=len(building.floors),
                    floor_area_m2=sum((f.area_m2 for f in building.floors), Decimal(0)),
                    structure=building.structure,
                    conservation=building.conservation,
                    built_in=building.built_in,
                    restored_in=building.restored_in,
                    use=building.use,
                    stage_pct=building.stage_pct,
                    components=dict(building.components),
                    **work.deed.opened(),
                )
            ]
        )
        open_floors(made, building.floors)
        work.facts["building"] = str(made.building_id)
        work.facts["floor_area_m2"] = str(made.floor_area_m2)
        work.facts["completeness"] = told_share(building, kind)
    return work.done
