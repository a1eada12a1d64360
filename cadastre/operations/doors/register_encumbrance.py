"""From JSON to ``register_encumbrance``."""

from cadastre.acts.inputs.register_encumbrance import RegisterEncumbranceInputs
from cadastre.operations.deed.door import Door, party_named, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.register_encumbrance import NewEncumbrance, register_encumbrance
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: RegisterEncumbranceInputs, filing: Filing) -> Outcome:
    return register_encumbrance(
        units=[unit_named(town, name) for name in (told.unit, *told.others)],
        encumbrance=NewEncumbrance(
            kind=told.kind,
            description=told.description,
            beneficiary=party_named(town, told.beneficiary) if told.beneficiary else None,
            amount=told.amount,
            rank=told.rank,
        ),
        filing=filing,
    )


DOOR = Door(RegisterEncumbranceInputs, _run)
