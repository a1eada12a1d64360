"""From JSON to ``correct_rights``."""

from cadastre.acts.inputs.correct_rights import CorrectRightsInputs
from cadastre.operations.correct_rights import correct_rights
from cadastre.operations.deed.door import Door, party_named, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.transfer_rights import Taker
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: CorrectRightsInputs, filing: Filing) -> Outcome:
    return correct_rights(
        unit=unit_named(town, told.unit),
        was_always_so=told.was_always_so,
        holders=[
            Taker(party=party_named(town, one.party), share=one.share, kind=one.kind)
            for one in told.holders
        ],
        filing=filing,
    )


DOOR = Door(CorrectRightsInputs, _run)
