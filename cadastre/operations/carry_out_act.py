"""The one table from a verb and its JSON to the act itself, for every door alike."""

from typing import Any

from cadastre.acts import act_inputs
from cadastre.acts.act_law import UnknownAct
from cadastre.operations import split_parcel as split
from cadastre.operations import transfer_rights as transfer
from cadastre.operations.deed.door import Door, party_named, stored, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.doors import (
    add_building,
    change_key,
    constitute_condominium,
    correct_attributes,
    demolish_building,
    lift_encumbrance,
    register_encumbrance,
    register_party,
    update_households,
)
from cadastre.operations.ground_doors import GROUND_DOORS
from gis_project.territory.models import Municipality


def carry_out_act(
    verb: str, told: dict[str, Any], *, municipality: Municipality, filing: Filing
) -> Outcome:
    """The outcome of the act that ``told`` describes; UnknownAct, InputsRefused, and what the act raises."""
    door = DOORS.get(verb)
    if door is None:
        raise UnknownAct(
            f"No existe el acto «{verb[:40]}»: use uno de {', '.join(sorted(DOORS))}.",
            details={"known": sorted(DOORS)},
        )
    return door.run(municipality, act_inputs.read_inputs(door.inputs, told), filing)


def _split(town: Municipality, told: act_inputs.SplitInputs, filing: Filing) -> Outcome:
    cut: split.Cut
    match told.cut:
        case act_inputs.LinesCut(lines=lines):
            cut = split.ByLines(tuple(stored(line, told.srid) for line in lines))
        case act_inputs.AreaCut(area_m2=area, bearing_deg=bearing, side=side):
            cut = split.ByArea(area, bearing, side)
        case act_inputs.RatioCut(ratio=ratio, bearing_deg=bearing, side=side):
            cut = split.ByRatio(tuple(ratio), bearing, side)
        case act_inputs.StripsCut(count=count, bearing_deg=bearing, side=side, equal=equal):
            cut = split.ByStrips(count, bearing, side, equal)
        case act_inputs.PartitionCut(pieces=pieces):
            cut = split.ByPartition(tuple(stored(piece, told.srid) for piece in pieces))
    return split.split_parcel(
        unit=unit_named(town, told.unit), cut=cut, filing=filing, keys=told.keys
    )


def _transfer(town: Municipality, told: act_inputs.TransferInputs, filing: Filing) -> Outcome:
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


DOORS: dict[str, Door] = {
    split.VERB: Door(act_inputs.SplitInputs, _split),
    transfer.VERB: Door(act_inputs.TransferInputs, _transfer),
    **GROUND_DOORS,
    "add_building": add_building.DOOR,
    "change_key": change_key.DOOR,
    "constitute_condominium": constitute_condominium.DOOR,
    "correct_attributes": correct_attributes.DOOR,
    "demolish_building": demolish_building.DOOR,
    "lift_encumbrance": lift_encumbrance.DOOR,
    "register_encumbrance": register_encumbrance.DOOR,
    "register_party": register_party.DOOR,
    "update_households": update_households.DOOR,
}
