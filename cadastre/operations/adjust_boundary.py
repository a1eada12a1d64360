"""Ajuste del lindero común: neighbours move the boundary between them by their own act; the total is kept exactly.

No predio begins or ends: each goes on with a new version of its ground, so no lineage is drawn.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias
from uuid import UUID

from shapely import LineString

from cadastre.acts.area_tolerance import AreaTolerance, verdict
from cadastre.acts.required_sources import missing_sources
from cadastre.geometry.adjust import Adjustment
from cadastre.geometry.adjust import adjust_boundary as part_anew
from cadastre.geometry.exact_area import area_m2
from cadastre.geometry.grid_rings import Area
from cadastre.geometry.vertex_intents import Intent, apply_intents
from cadastre.models import BuildingVersion, PropertyUnit
from cadastre.models.geometry_edge import to_shapely
from cadastre.operations.deed.beyond_tolerance import ask_for_further_documents
from cadastre.operations.deed.filing import Filing
from cadastre.operations.deed.ground import Ground, replace_ground, take_ground, write_ledger
from cadastre.operations.deed.mend import end_overlaps, settle_states
from cadastre.operations.deed.offspring import in_force
from cadastre.operations.deed.outcome import Obstacle, Outcome
from cadastre.operations.deed.perform import Work, performing
from cadastre.operations.deed.survey import bind_surveys
from cadastre.operations.merge_parcels import holdings_of
from cadastre.operations.split_parcel import check_plain
from cadastre.queries.area_tolerance import NoAreaTolerance, area_tolerance_in_force
from cadastre.queries.former_adjustments import Moved, former_adjustments
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
    ``performing`` does, GeometryRefused, BoundaryUnchanged, OnlyPlainPredio; between different holders
    SourcesMissing beyond the ordinance's tolerance, NoAreaTolerance without one.
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
        _check_ground_may_pass(work, ground, adjusted.members)
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


def _check_ground_may_pass(work: Work, ground: Ground, members: Mapping[UUID, Area]) -> None:
    """Between different holders no more than the tolerance moves without title and inscription, over the years."""
    deed = work.deed
    further = set(deed.law.beyond_tolerance)
    missing = missing_sources(deed.law, deed.evidence.brought, beyond_tolerance=True)
    if not further & set(missing) or _is_of_the_same_holders(work):
        return
    try:
        tolerance = area_tolerance_in_force(deed.municipality, on=deed.valid_from)
    except NoAreaTolerance as error:
        if not deed.filing.dry_run:
            raise
        work.obstacles.append(Obstacle(error.code, str(error)))
        return
    years = deed.law.summed_years
    since = deed.today.replace(year=deed.today.year - years, day=1)
    former = former_adjustments(list(members), since=since)
    for parcel in members:
        before = former.get(parcel, Moved())
        now, kind = area_m2(ground.shapes[parcel]), ground.own[parcel].kind
        moved = before.and_then(area_m2(members[parcel]) - now)
        first = now - before.gained_m2 + before.lost_m2
        if not _is_within(moved, first, kind, tolerance):
            summed = f", sumados los ajustes de {years} años" if parcel in former else ""
            ask_for_further_documents(
                work,
                because=f"Entre propietarios distintos pasa más que el error técnico aceptable{summed}",
            )
            return


def _is_within(moved: Moved, first_m2: Decimal, kind: str, tolerance: AreaTolerance) -> bool:
    """Whether neither what a predio of that area at first gained in all, nor what it lost, passes the tolerance."""
    measured = (first_m2 + moved.gained_m2, first_m2 - moved.lost_m2)
    return first_m2 > 0 and not any(
        verdict(measured_m2=m2, titled_m2=first_m2, kind=kind, tolerance=tolerance).is_beyond
        for m2 in measured
    )


def _is_of_the_same_holders(work: Work) -> bool:
    """Whether all predios have the same known holders; of whom nobody knows, nobody says they are the same."""
    first, *others = [holdings_of(predio.pk) for predio in work.units]
    return bool(first) and all(holdings == first for holdings in others)


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
