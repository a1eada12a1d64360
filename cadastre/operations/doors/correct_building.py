"""From JSON to ``correct_building``."""

from typing import Any

from cadastre.acts.inputs.correct_building import CorrectBuildingInputs
from cadastre.operations.correct_building import correct_building
from cadastre.operations.deed.buildings import NewFloor
from cadastre.operations.deed.door import Door, stored, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: CorrectBuildingInputs, filing: Filing) -> Outcome:
    asked = told.changes
    changes: dict[str, Any] = {name: getattr(asked, name) for name in asked.model_fields_set}
    if "floors" in changes:
        changes["floors"] = [NewFloor(**floor.model_dump()) for floor in asked.floors]
    if changes.get("footprint") is not None:
        changes["footprint"] = stored(asked.footprint, told.srid)
    return correct_building(
        unit=unit_named(town, told.unit),
        building=told.building,
        changes=changes,
        was_always_so=told.was_always_so,
        filing=filing,
    )


DOOR = Door(CorrectBuildingInputs, _run)
