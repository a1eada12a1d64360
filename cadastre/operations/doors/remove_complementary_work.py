"""From JSON to ``remove_complementary_work``."""

from cadastre.acts.inputs.remove_complementary_work import RemoveComplementaryWorkInputs
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.remove_complementary_work import remove_complementary_work
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: RemoveComplementaryWorkInputs, filing: Filing) -> Outcome:
    return remove_complementary_work(
        unit=unit_named(town, told.unit), work=told.work, filing=filing
    )


DOOR = Door(RemoveComplementaryWorkInputs, _run)
