"""From JSON to ``change_key``."""

from cadastre.acts.inputs.change_key import ChangeKeyInputs
from cadastre.operations.change_key import change_key
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: ChangeKeyInputs, filing: Filing) -> Outcome:
    return change_key(
        unit=unit_named(town, told.unit), key=told.key, number=told.number, filing=filing
    )


DOOR = Door(ChangeKeyInputs, _run)
