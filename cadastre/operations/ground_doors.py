"""From JSON to the acts on the ground: register, map, merge, adjust, rectify, retire."""

from dataclasses import replace

import numpy as np

from cadastre.acts import ground_inputs
from cadastre.geometry.densify import Place
from cadastre.geometry.grid import on_grid
from cadastre.geometry.vertex_intents import DeleteVertex, InsertVertex, Intent, MoveVertex
from cadastre.models import SpatialSource
from cadastre.operations import adjust_boundary as adjust
from cadastre.operations import map_parcel as mapping
from cadastre.operations import merge_parcels as merge
from cadastre.operations import rectify_area as rectify
from cadastre.operations import register_parcel as register
from cadastre.operations import retire_parcel as retire
from cadastre.operations.deed.door import Door, party_named, stored, unit_named
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.transfer_rights import Taker
from gis_project.core.crs import STORAGE_SRID
from gis_project.core.errors import InvalidInput, NotFound
from gis_project.territory.models import Municipality, Parish


class VerticesElsewhere(InvalidInput):
    """Vertices are named by their stored place: send them in EPSG:32717, to the millimetre."""

    code = "vertices_elsewhere"


def _merge(town: Municipality, told: ground_inputs.MergeInputs, filing: Filing) -> Outcome:
    return merge.merge_parcels(
        units=[unit_named(town, name) for name in (told.unit, *told.others)],
        filing=_with_survey(town, told, filing),
        key=told.key,
        allow_parts=told.allow_parts,
    )


def _adjust(town: Municipality, told: ground_inputs.AdjustInputs, filing: Filing) -> Outcome:
    change: adjust.Change
    if isinstance(told.change, ground_inputs.LinesChange):
        change = adjust.ByNewLines(tuple(stored(line, told.srid) for line in told.change.lines))
    elif told.srid != STORAGE_SRID:
        raise VerticesElsewhere("Los vértices se nombran en EPSG:32717, con sus milímetros.")
    else:
        change = adjust.ByVertices(tuple(_intent(intent) for intent in told.change.intents))
    return adjust.adjust_boundary(
        units=[unit_named(town, name) for name in (told.unit, *told.others)],
        change=change,
        filing=_with_survey(town, told, filing),
    )


def _rectify(town: Municipality, told: ground_inputs.RectifyInputs, filing: Filing) -> Outcome:
    return rectify.rectify_area(
        unit=unit_named(town, told.unit),
        filing=_with_survey(town, told, filing),
        surveyed=stored(told.surveyed, told.srid) if told.surveyed is not None else None,
        titled_area_m2=told.titled_area_m2,
    )


def _map(town: Municipality, told: ground_inputs.MapInputs, filing: Filing) -> Outcome:
    return mapping.map_parcel(
        unit=unit_named(town, told.unit),
        shape=stored(told.shape, told.srid),
        filing=_with_survey(town, told, filing),
        titled_area_m2=told.titled_area_m2,
        source_srid=told.srid,
    )


def _retire(town: Municipality, told: ground_inputs.RetireInputs, filing: Filing) -> Outcome:
    return retire.retire_parcel(unit=unit_named(town, told.unit), filing=filing)


def _register(town: Municipality, told: ground_inputs.RegisterInputs, filing: Filing) -> Outcome:
    ground = register.NewGround(
        shape=stored(told.shape, told.srid),
        kind=told.kind,
        parish=parish_coded(town, told.parish),
        block_code=told.block_code,
        address=told.address,
        land_use=told.land_use,
        titled_area_m2=told.titled_area_m2,
        source_srid=told.srid,
    )
    holders = [
        Taker(party=party_named(town, holder.party), share=holder.share, kind=holder.kind)
        for holder in told.holders
    ]
    return register.register_parcel(
        municipality=town,
        ground=ground,
        filing=_with_survey(town, told, filing),
        holders=holders,
        key=told.key,
        block_of=told.block_of,
    )


def _with_survey(town: Municipality, told: ground_inputs.GroundInputs, filing: Filing) -> Filing:
    if told.survey is None:
        return filing
    survey = SpatialSource(
        municipality=town, source_srid=told.srid, **told.survey.model_dump(mode="python")
    )
    return replace(filing, spatial_sources=(*filing.spatial_sources, survey))


def parish_coded(town: Municipality, code: str) -> Parish | None:
    """The parish of that DPA code in the municipality, None for an empty one; NotFound."""
    if not code:
        return None
    found = Parish.objects.filter(municipality=town, dpa_code=code).first()
    if found is None:
        raise NotFound("No hay tal parroquia en este municipio: dé su código DPA de seis cifras.")
    return found


def _intent(
    told: ground_inputs.MoveInputs | ground_inputs.InsertInputs | ground_inputs.DeleteInputs,
) -> Intent:
    match told:
        case ground_inputs.MoveInputs(at=at, to=to):
            return MoveVertex(_rounded(at), _rounded(to))
        case ground_inputs.InsertInputs(at=at):
            return InsertVertex(_rounded(at))
    return DeleteVertex(_rounded(told.at))


def _rounded(place: Place) -> Place:
    x, y = on_grid(np.array(place)).tolist()
    return (x, y)


GROUND_DOORS: dict[str, Door] = {
    register.VERB: Door(ground_inputs.RegisterInputs, _register),
    mapping.VERB: Door(ground_inputs.MapInputs, _map),
    merge.VERB: Door(ground_inputs.MergeInputs, _merge),
    adjust.VERB: Door(ground_inputs.AdjustInputs, _adjust),
    rectify.VERB: Door(ground_inputs.RectifyInputs, _rectify),
    retire.VERB: Door(ground_inputs.RetireInputs, _retire),
}
