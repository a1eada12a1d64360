"""From JSON to ``correct_complementary_work``."""

from cadastre.acts.inputs.correct_complementary_work import CorrectComplementaryWorkInputs
from cadastre.operations.correct_complementary_work import correct_complementary_work
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: CorrectComplementaryWorkInputs, filing: Filing) -> Outcome:
    return correct_complementary_work(
        unit=unit_named(town, told.unit),
        work=told.work,
        changes=told.changes.model_dump(exclude_unset=True),
        was_always_so=told.was_always_so,
        filing=filing,
    )


DOOR = Door(CorrectComplementaryWorkInputs, _run)
