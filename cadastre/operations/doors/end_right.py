"""From JSON to ``end_right``."""

from cadastre.acts.inputs.end_right import EndRightInputs
from cadastre.operations.deed.door import Door, party_named, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.end_right import Remaining, end_right
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: EndRightInputs, filing: Filing) -> Outcome:
    return end_right(
        unit=unit_named(town, told.unit),
        cause=told.cause,
        kind=told.kind,
        party=party_named(town, told.party),
        remaining=[
            Remaining(party=party_named(town, one.party), share=one.share) for one in told.remaining
        ],
        filing=filing,
    )


DOOR = Door(EndRightInputs, _run)
