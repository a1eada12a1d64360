"""From JSON to ``add_complementary_work``."""

from cadastre.acts.inputs.add_complementary_work import AddComplementaryWorkInputs
from cadastre.operations.add_complementary_work import add_complementary_work
from cadastre.operations.deed.complementary_works import NewWork
from cadastre.operations.deed.door import Door, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: AddComplementaryWorkInputs, filing: Filing) -> Outcome:
    work = NewWork(**told.model_dump(exclude={"unit", "srid"}))
    return add_complementary_work(unit=unit_named(town, told.unit), work=work, filing=filing)


DOOR = Door(AddComplementaryWorkInputs, _run)
