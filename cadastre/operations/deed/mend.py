"""What an act mends: overlaps taken over from old data that its new ground ends, and who is observed no more."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from django.db.models import Q

from cadastre.geometry.grid_rings import Area
from cadastre.geometry.overlap import common_m2
from cadastre.models import Observation, ParcelVersion, ToleratedOverlap
from cadastre.operations.deed.filing import Deed
from cadastre.operations.deed.ground import Ground
from cadastre.operations.import_act import run_sql
from gis_project.core.errors import Conflict
from gis_project.core.units import format_m2

_OVERLAP = "overlap"
# How much an overlap may seem to grow by rounding alone.
_SLACK_M2 = 0.01


class OverlapGrows(Conflict):
    """An overlap that the old data brought would grow or come back: it may only shrink; correct the boundary."""

    code = "overlap_grows"


def end_overlaps(deed: Deed, ground: Ground, shapes: Mapping[UUID, Area | None]) -> set[UUID]:
    """Resolve what was observed of overlaps that the new shapes (None: no ground any more) end.

    A tolerated overlap may shrink and end, never grow, nor come back: OverlapGrows. The pair itself stays tolerated
    for the days before, when both overlapped; the audit lists it as long as both do today.
    Returns the parcels that are observed now and have nothing unresolved left: write a version of each
    that is not. Call ``settle_states`` once that is done.
    """
    changed = list(shapes)
    pairs = ToleratedOverlap.objects.filter(
        Q(parcel_low__in=changed) | Q(parcel_high__in=changed), resolved_by__isnull=True
    )
    after: dict[UUID, Area | None] = {**ground.shapes, **shapes}
    concerned = set(changed)
    for pair in pairs:
        low, high = after.get(pair.parcel_low_id), after.get(pair.parcel_high_id)
        if low is not None and high is not None and (left := common_m2(low, high)) > 0:
            _check_shrinks(ground, pair, left)
            continue
        _resolve(deed, pair)
        concerned |= {pair.parcel_low_id, pair.parcel_high_id}
    return _mended(ground, concerned)


def _check_shrinks(ground: Ground, pair: ToleratedOverlap, left_m2: float) -> None:
    low, high = ground.shapes.get(pair.parcel_low_id), ground.shapes.get(pair.parcel_high_id)
    before = common_m2(low, high) if low is not None and high is not None else 0.0
    if left_m2 > before + _SLACK_M2:
        raise OverlapGrows(
            f"El traslape tolerado pasaría de {format_m2(before)} a {format_m2(left_m2)}: solo puede reducirse. "
            "Corrija el lindero.",
            details={"before_m2": round(before, 4), "after_m2": round(left_m2, 4)},
        )


def resolve_all(deed: Deed, *, units: Iterable[UUID], parcels: Iterable[UUID]) -> None:
    """What was observed of predios and parcels that leave the register."""
    Observation.objects.filter(
        Q(unit__in=list(units)) | Q(parcel__in=list(parcels)), resolved_by__isnull=True
    ).update(resolved_by=deed.operation)


def settle_states(parcels: Iterable[UUID]) -> None:
    """A predio is observed as long as something about it or its ground is unresolved."""
    run_sql("import_unit_states", parcels=list(parcels))


def _resolve(deed: Deed, pair: ToleratedOverlap) -> None:
    low, high = pair.parcel_low_id, pair.parcel_high_id
    Observation.objects.filter(
        Q(parcel=low, detail__other=str(high)) | Q(parcel=high, detail__other=str(low)),
        code=_OVERLAP,
        resolved_by__isnull=True,
    ).update(resolved_by=deed.operation)


def _mended(ground: Ground, parcels: set[UUID]) -> set[UUID]:
    versions: dict[UUID, ParcelVersion] = {**ground.around, **ground.own}
    observed = {parcel for parcel in parcels if parcel in versions and versions[parcel].is_observed}
    unresolved = Observation.objects.filter(parcel__in=observed, resolved_by__isnull=True)
    return observed - set(unresolved.values_list("parcel_id", flat=True))
