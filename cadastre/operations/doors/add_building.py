"""From JSON to ``add_building``."""

from cadastre.acts.inputs.add_building import AddBuildingInputs
from cadastre.operations.add_building import add_building
from cadastre.operations.deed.buildings import NewBuilding, NewFloor
from cadastre.operations.deed.door import Door, stored, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: AddBuildingInputs, filing: Filing) -> Outcome:
    building = NewBuilding(
        structure=told.structure,
        floors=[NewFloor(**floor.model_dump()) for floor in told.floors],
        footprint=stored(told.footprint, told.srid) if told.footprint is not None else None,
        conservation=told.conservation,
        built_in=told.built_in,
        restored_in=told.restored_in,
        use=told.use,
        stage_pct=told.stage_pct,
        components=told.components,
    )
    return add_building(unit=unit_named(town, told.unit), building=building, filing=filing)


DOOR = Door(AddBuildingInputs, _run)
