"""From JSON to ``update_households``."""

from cadastre.acts.inputs.update_households import UpdateHouseholdsInputs
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.update_households import update_households
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: UpdateHouseholdsInputs, filing: Filing) -> Outcome:
    return update_households(unit=unit_named(town, told.unit), answers=told.answers, filing=filing)


DOOR = Door(UpdateHouseholdsInputs, _run)
