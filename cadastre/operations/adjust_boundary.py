"""Ajuste del lindero común: neighbours move the boundary between them by their own act; the total is kept exactly.

No predio begins or ends: each goes on with a new version of its ground, so no lineage is drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias
from uuid import UUID

from shapely import LineString

from cadastre.geometry.adjust import Adjustment
from cadastre.geometry.adjust import adjust_boundary as part_anew
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.vertex_intents import Intent, apply_intents
from cadastre.models import BuildingVersion, PropertyUnit
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import Ground, replace_ground, take_ground, write_ledger
from cadastre.operations.deed.mend import end_overlaps, settle_states
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Outcome
from cadastre.operations.deed.perform import performing
from cadastre.operations.deed.survey import bind_surveys
from cadastre.operations.split_parcel import check_plain
from gis_project.core.errors import InvalidInput

VERB = "adjust_boundary"
_LEAST_M2 = 0.01


class BoundaryUnchanged(InvalidInput):
    """The boundary is where it was: move it, or leave the act."""

    code = "boundary_unchanged"


@dataclass(frozen=True, slots=True)
class ByNewLines:
    """Two predios parted anew along lines (EPSG:32717); each piece stays with who held most of it."""

    lines: tuple[LineString, ...]


@dataclass(frozen=True, slots=True)
class ByVertices:
    """Vertices moved, inserted or deleted in the workbench, among all predios named."""

    intents: tuple[Intent, ...]


Change: TypeAlias = ByNewLines | ByVertices


def adjust_boundary(*, units: Sequence[PropertyUnit], change: Change, filing: Filing) -> Outcome:
    """The outcome: new versions of the predios named, third neighbours with the new vertices.

    Together the predios keep their outline, but for vertices inserted on it, and their area. Raises what
    ``performing`` does, GeometryRefused, BoundaryUnchanged, OnlyPlainPredio.
    """
    asked = list({unit.pk: unit for unit in units}.values())
    with performing(VERB, municipality=asked[0].municipality, units=asked, filing=filing) as work:
        deed = work.deed
        for predio in work.units:
            check_plain(predio)
        bind_surveys(work)
        ground = take_ground(deed, [predio.parcel_id for predio in work.units])
        adjusted = _adjusted(work.units, change, ground)
        if all(
            adjusted.members[parcel].equals_exact(ground.shapes[parcel], 0.0, normalize=True)
            for parcel in adjusted.members
        ):
            raise BoundaryUnchanged("El lindero queda donde estaba: muévalo, o deje el acto.")
        shapes = {**adjusted.members, **adjusted.neighbours}
        work.notes += _cut_off_buildings(ground, adjusted.members)
        mended = end_overlaps(deed, ground, shapes)
        replace_ground(deed, ground, shapes, mended=mended)
        settle_states([*shapes, *mended])
        write_ledger(deed, adjusted.ledger)
        work.facts["inserted"] = [[round(x, 3), round(y, 3)] for x, y in adjusted.inserted]
    return work.done


def _adjusted(units: Sequence[PropertyUnit], change: Change, ground: Ground) -> Adjustment[UUID]:
    members = {
        unit.parcel_id: ground.shapes[unit.parcel_id]
        for unit in units
        if unit.parcel_id is not None
    }
    if isinstance(change, ByVertices):
        return apply_intents(members, change.intents, neighbours=ground.neighbours())
    return part_anew(members, change.lines, neighbours=ground.neighbours())


def _cut_off_buildings(ground: Ground, members: Mapping[UUID, Area]) -> list[str]:
    """A note when a building that stood on its predio's ground no longer does."""
    for building in in_force(BuildingVersion, parcel_id__in=list(members)):
        if building.geom is None:
            continue
        shape = to_shapely(building.geom)
        before = shape.intersection(ground.shapes[building.parcel_id]).area
        if before - shape.intersection(members[building.parcel_id]).area > _LEAST_M2:
            return ["El nuevo lindero deja parte de una edificación en el otro predio: revísela."]
    return []
