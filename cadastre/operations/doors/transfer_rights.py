"""From JSON to ``transfer_rights``."""

from cadastre.acts import act_inputs
from cadastre.operations import transfer_rights as transfer
from cadastre.operations.deed.door import Door, party_named, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: act_inputs.TransferInputs, filing: Filing) -> Outcome:
    return transfer.transfer_rights(
        unit=unit_named(town, told.unit),
        cause=told.cause,
        kind=told.kind,
        givers=[
            transfer.Giver(party=party_named(town, giver.party), share=giver.share)
            for giver in told.givers
        ],
        takers=[
            transfer.Taker(party=party_named(town, taker.party), share=taker.share, kind=taker.kind)
            for taker in told.takers
        ],
        filing=filing,
    )


DOOR = Door(act_inputs.TransferInputs, _run)
