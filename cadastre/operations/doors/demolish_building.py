"""From JSON to ``demolish_building``."""

from cadastre.acts.inputs.demolish_building import DemolishBuildingInputs
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.demolish_building import demolish_building
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: DemolishBuildingInputs, filing: Filing) -> Outcome:
    return demolish_building(
        unit=unit_named(town, told.unit), building=told.building, filing=filing
    )


DOOR = Door(DemolishBuildingInputs, _run)
