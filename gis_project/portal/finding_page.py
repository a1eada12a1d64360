"""What the page of a quality finding shows besides its message: its place drawn, who mends it, what is under way."""

from dataclasses import dataclass

import shapely
from django.db.models import Q
from shapely.geometry.base import BaseGeometry

from cadastre.models import ParcelVersion, Proposal, QualityFinding, QualityRun
from cadastre.models.geometry_edge import to_shapely
from cadastre.quality.rule import QualityRule
from cadastre.queries.neighbouring_ground import neighbouring_ground
from cadastre.queries.proposals import OPEN
from gis_project.portal.ground_sketch import GroundSketch, ground_sketch
from gis_project.territory.roles import shipped_roles

_AROUND_M, _MARGIN_M = 60.0, 5.0
_LEAST_CLOSE_M = 0.5
# A place larger than this part of the whole drawing needs no second one.
_CLOSE_BELOW = 0.4


@dataclass(frozen=True, slots=True)
class FindingSketches:
    """The place on its predio, and the same from close by where it is small; None where there is no place."""

    whole: GroundSketch | None
    close: GroundSketch | None


def finding_sketches(finding: QualityFinding, run: QualityRun) -> FindingSketches:
    """The drawings, with the ground as it was known for the run's day."""
    if finding.geom is None:
        return FindingSketches(None, None)
    place = to_shapely(finding.geom)
    shapes = _ground(finding, run) | {"finding": place}
    own = [row for row in (finding.parcel_id, finding.other_id) if row is not None]
    span = shapely.unary_union([shape.envelope for shape in shapes.values()])
    around = neighbouring_ground(
        span, municipality=run.municipality, on=run.day, within_m=_AROUND_M, but=own
    )
    whole = ground_sketch(shapes, neighbours=around, margin_m=_MARGIN_M)
    reach = _reach(place)
    if whole is None or reach > _CLOSE_BELOW * _reach(span):
        return FindingSketches(whole, None)
    margin = max(reach, _LEAST_CLOSE_M)
    close = ground_sketch(shapes, neighbours=around, margin_m=margin, close_to=place)
    return FindingSketches(whole, close)


def who_mends(rule: QualityRule) -> tuple[str, ...]:
    """The shipped roles that mend what the rule finds."""
    return tuple(role.name for role in shipped_roles() if rule.mended_by in role.capabilities)


def under_way(finding: QualityFinding) -> list[Proposal]:
    """Open proposals that touch the finding's predio: perhaps somebody mends it already."""
    if finding.unit_id is None:
        return []
    found = Proposal.objects.filter(
        Q(units__unit=finding.unit_id), state__in=OPEN, municipality=finding.run.municipality
    )
    return list(found.select_related("municipality").distinct().order_by("prepared_at", "pk"))


def _ground(finding: QualityFinding, run: QualityRun) -> dict[str, BaseGeometry]:
    """The finding's ground, and that of the other where the other is a parcel."""
    parcel = finding.parcel_id or (finding.unit.parcel_id if finding.unit else None)
    roles = {parcel: "parcel", finding.other_id: "other"}
    versions = ParcelVersion.objects.known().valid_on(run.day)
    found = versions.filter(parcel__in=[one for one in roles if one], geom__isnull=False)
    shapes = {roles[row.parcel_id]: to_shapely(row.geom) for row in found}
    return {role: shapes[role] for role in ("parcel", "other") if role in shapes}


def _reach(shape: BaseGeometry) -> float:
    west, south, east, north = shape.bounds
    return max(east - west, north - south)
