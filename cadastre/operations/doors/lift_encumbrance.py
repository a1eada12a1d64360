"""From JSON to ``lift_encumbrance``."""

from cadastre.acts.inputs.lift_encumbrance import LiftEncumbranceInputs
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.lift_encumbrance import lift_encumbrance
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: LiftEncumbranceInputs, filing: Filing) -> Outcome:
    return lift_encumbrance(
        unit=unit_named(town, told.unit),
        encumbrance=told.encumbrance,
        everywhere=told.everywhere,
        filing=filing,
    )


DOOR = Door(LiftEncumbranceInputs, _run)
