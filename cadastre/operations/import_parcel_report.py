"""From decisions and written rows to the report that a technician reads."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

import shapely

from cadastre.imports.parcel_decisions import CHANGED, Decision, KnownParcel, Status
from cadastre.imports.parcel_records import Reason
from cadastre.imports.parcel_report import Finding, OverlapFinding, ParcelReport
from cadastre.imports.raw_layer import RawLayer
from cadastre.operations.import_act import SourceFile
from cadastre.operations.import_parcel_changes import OverlapPair
from cadastre.operations.import_parcel_rows import Written
from cadastre.queries.import_open_observations import open_observations
from gis_project.core.crs import transformation_accuracy_m
from gis_project.territory.models import Municipality


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was written: rows by position in the file, keys by parcel, overlaps, the operation's id."""

    rows: dict[int, Written] = field(default_factory=dict)
    keys: dict[UUID, str] = field(default_factory=dict)
    pairs: list[OverlapPair] = field(default_factory=list)
    operation: str = ""


def report_of(
    *,
    layer: RawLayer,
    source: SourceFile,
    with_update: bool,
    municipality: Municipality,
    srid: int,
    commit: bool,
    decisions: list[Decision],
    result: Outcome,
    written: int,
    notices: list[str],
    absent: list[KnownParcel],
    valid_from: date,
) -> ParcelReport:
    """The report of all decisions; what is not written keeps the standing that the register gives it."""
    rows = result.rows
    overlapping = {parcel for pair in result.pairs for parcel in (pair.low, pair.high)}
    observed = sum(_ends_observed(d, rows, overlapping) for d in decisions)
    rejected = sum(d.status is Status.REJECTED for d in decisions)
    kept = [d.record for d in decisions if d.status is not Status.REJECTED]
    observations = [
        _finding(d, rows, reason)
        for d in decisions
        if d.record.position in rows
        for reason in d.record.observations
    ]
    rejections = [
        _finding(d, rows, d.record.rejection) for d in decisions if d.record.rejection is not None
    ]
    reasons = Counter(finding.code for finding in (*observations, *rejections))
    if result.pairs:
        reasons["overlap"] = len(result.pairs)
    as_they_were = [
        d.known for d in decisions if d.known is not None and d.record.position not in rows
    ]
    keys = {
        part: unit.principal_key
        for unit in as_they_were
        for part in (unit.unit_id, unit.parcel_id)
        if part is not None
    }
    return ParcelReport(
        municipality=municipality.name,
        file_name=source.name,
        file_sha256=source.sha256,
        format=layer.format,
        layer=layer.layer,
        srid=srid,
        legal_srid=municipality.legal_srid,
        accuracy_m=transformation_accuracy_m(srid),
        encoding=layer.encoding,
        samples=layer.samples,
        is_committed=commit,
        with_update=with_update,
        read=len(decisions),
        admitted=len(decisions) - observed - rejected,
        observed=observed,
        rejected=rejected,
        statuses=Counter(d.status.value for d in decisions),
        written=written,
        reasons=reasons,
        legal_area_m2=sum((r.legal_area_m2 or Decimal(0) for r in kept), Decimal(0)),
        ellipsoidal_area_m2=sum((r.ellipsoidal_area_m2 or Decimal(0) for r in kept), Decimal(0)),
        warnings=Counter(warning for d in decisions for warning in d.record.warnings),
        notices=notices,
        observations=observations,
        rejections=rejections,
        overlaps=[_overlap(pair, result.keys) for pair in result.pairs],
        changes=[
            (d.record.position, d.known.principal_key if d.known else "", ", ".join(d.changes))
            for d in decisions
            if d.status in CHANGED
        ],
        missing=[unit.principal_key for unit in absent],
        operation=result.operation,
        valid_from=valid_from.isoformat(),
        out_of_bounds=sum(
            any(reason.code == "out_of_bounds" for reason in d.record.observations)
            for d in decisions
        ),
        still_open=open_observations(municipality, keys) if keys else [],
    )


def _ends_observed(decision: Decision, rows: dict[int, Written], overlapping: set[UUID]) -> bool:
    if decision.status is Status.REJECTED:
        return False
    row = rows.get(decision.record.position)
    if row is None:
        return decision.known.is_observed if decision.known else decision.is_observed
    return row.is_observed or row.parcel_id in overlapping


def _finding(decision: Decision, rows: dict[int, Written], reason: Reason) -> Finding:
    record = decision.record
    row = rows.get(record.position)
    return Finding(
        position=record.position,
        key=(row.key_text if row else "") or record.key_text,
        code=reason.code,
        message=reason.message,
        geom=record.shown,
        x=reason.x,
        y=reason.y,
        attributes=record.attributes,
        raw_hex=record.raw_hex,
    )


def _overlap(pair: OverlapPair, keys: dict[UUID, str]) -> OverlapFinding:
    return OverlapFinding(
        key=keys.get(pair.low, str(pair.low)),
        other_key=keys.get(pair.high, str(pair.high)),
        area_m2=pair.area_m2,
        width_m=pair.width_m,
        geom=shapely.from_wkb(pair.shape) if pair.shape else None,
    )
