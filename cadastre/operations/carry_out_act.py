"""The one table from a verb and its JSON to the act itself, for every door alike."""

from typing import Any

from cadastre.acts import act_inputs
from cadastre.acts.act_law import UnknownAct
from cadastre.operations.deed.door import Door
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.doors import (
    add_building,
    add_complementary_work,
    change_key,
    constitute_condominium,
    correct_attributes,
    correct_building,
    correct_complementary_work,
    correct_party,
    correct_rights,
    demolish_building,
    end_right,
    lift_encumbrance,
    register_encumbrance,
    register_party,
    remove_complementary_work,
    split_parcel,
    transfer_rights,
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


DOORS: dict[str, Door] = {
    **GROUND_DOORS,
    "add_building": add_building.DOOR,
    "add_complementary_work": add_complementary_work.DOOR,
    "change_key": change_key.DOOR,
    "constitute_condominium": constitute_condominium.DOOR,
    "correct_attributes": correct_attributes.DOOR,
    "correct_building": correct_building.DOOR,
    "correct_complementary_work": correct_complementary_work.DOOR,
    "correct_party": correct_party.DOOR,
    "correct_rights": correct_rights.DOOR,
    "demolish_building": demolish_building.DOOR,
    "end_right": end_right.DOOR,
    "lift_encumbrance": lift_encumbrance.DOOR,
    "register_encumbrance": register_encumbrance.DOOR,
    "register_party": register_party.DOOR,
    "remove_complementary_work": remove_complementary_work.DOOR,
    "split_parcel": split_parcel.DOOR,
    "transfer_rights": transfer_rights.DOOR,
    "update_households": update_households.DOOR,
}
