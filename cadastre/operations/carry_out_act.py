"""The one table from a verb and its JSON to the act itself, for every door alike."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from cadastre.acts import act_inputs
from cadastre.acts.act_law import UnknownAct
from cadastre.geometry.grid import snapped
from cadastre.models import Party, PropertyUnit
from cadastre.operations import split_parcel as split
from cadastre.operations import transfer_rights as transfer
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.queries.properties import find_property
from gis_project.core.areas import reprojected
from gis_project.core.crs import STORAGE_SRID, check_legal_srid
from gis_project.core.errors import NotFound
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality


class PartyNotFound(NotFound):
    """There is no such party in this municipality: register the person first."""

    code = "party_not_found"


@dataclass(frozen=True, slots=True)
class Door:
    """How one verb is read and carried out."""

    inputs: type[act_inputs.Inputs]
    run: Callable[[Municipality, Any, Filing], Outcome]


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


def unit_named(municipality: Municipality, text: str) -> PropertyUnit:
    """The predio by its id, any key or número de predio; PropertyNotFound."""
    try:
        unit = PropertyUnit.objects.filter(municipality=municipality, pk=UUID(text)).first()
    except ValueError:
        unit = None
    return unit or find_property(municipality=municipality, text=text, on=today_in(municipality))


def party_named(municipality: Municipality, party: UUID) -> Party:
    """The party of that id in the municipality; PartyNotFound."""
    found = Party.objects.filter(municipality=municipality, pk=party).first()
    if found is None:
        raise PartyNotFound("No hay tal titular en este municipio: registre primero a la persona.")
    return found


def stored(geom: BaseGeometry, srid: int) -> Any:
    """The geometry in the storage CRS on the millimetre grid; nothing is repaired."""
    check_legal_srid(srid)
    shapes = np.array([shapely.force_2d(geom)], dtype=np.object_)
    if srid != STORAGE_SRID:
        shapes = reprojected(shapes, to_srid=STORAGE_SRID, from_srid=srid)
    return snapped(shapes)[0]


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
}
