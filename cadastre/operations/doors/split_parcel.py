"""From JSON to ``split_parcel``."""

from cadastre.acts import act_inputs
from cadastre.operations import split_parcel as split
from cadastre.operations.deed.door import Door, stored, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from gis_project.territory.models import Municipality


def _run(town: Municipality, told: act_inputs.SplitInputs, filing: Filing) -> Outcome:
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


DOOR = Door(act_inputs.SplitInputs, _run)
