"""From JSON to ``correct_party``."""

from typing import Any

from cadastre.acts.inputs.correct_party import CorrectPartyInputs
from cadastre.operations.correct_party import correct_party
from cadastre.operations.deed.door import Door, party_named, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.register_party import NewMember
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: CorrectPartyInputs, filing: Filing) -> Outcome:
    changes: dict[str, Any] = {
        name: getattr(told.changes, name) for name in told.changes.model_fields_set
    }
    if "members" in changes:
        changes["members"] = [
            NewMember(party=party_named(town, one.party), share=one.share)
            for one in told.changes.members
        ]
    return correct_party(
        party=party_named(town, told.party),
        changes=changes,
        since=told.since,
        unit=unit_named(town, told.unit) if told.unit else None,
        filing=filing,
    )


DOOR = Door(CorrectPartyInputs, _run)
