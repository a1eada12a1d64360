"""What /api/<m>/quality-runs answers."""

import json
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import GEOSGeometry
from ninja import Schema

from cadastre.models import QualityFinding, QualityRun
from cadastre.quality.rule import quality_rules
from cadastre.queries.quality_runs import RuleCount

_WGS84 = 4326


class QualityRunOut(Schema):
    number: int
    day: date
    state: str
    scope: dict[str, Any]
    started_at: datetime
    finished_at: datetime | None
    findings: int


class RuleCountOut(Schema):
    rule: str
    title: str
    group: str
    severity: dict[str, str]
    findings: int | None
    took_ms: int
    failure: str


class QualityRunWhole(QualityRunOut):
    rules: list[RuleCountOut]


class FindingOut(Schema):
    number: int
    rule: str
    title: str
    severity: dict[str, str]
    key: str
    unit: UUID | None
    parcel: UUID | None
    other: UUID | None
    message: str
    norm: str
    detail: dict[str, Any]
    has_place: bool


class FindingsOut(Schema):
    matched: int
    next: str | None
    findings: list[FindingOut]


def run_row(run: QualityRun, *, findings: int) -> dict[str, Any]:
    """One run without its rules."""
    return {
        "number": run.pk,
        "day": run.day,
        "state": run.state,
        "scope": run.scope,
        "started_at": run.started_at,
        "finished_at": run.finished_at,
        "findings": findings,
    }


def rule_row(count: RuleCount) -> dict[str, Any]:
    """One rule of a run; `findings` is null until it has been applied."""
    return {
        "rule": count.rule.code,
        "title": count.rule.title,
        "group": count.rule.group,
        "severity": dict(count.rule.severity),
        "findings": count.findings,
        "took_ms": count.took_ms,
        "failure": count.failure,
    }


def finding_row(finding: QualityFinding, key: str) -> dict[str, Any]:
    """One finding with the words of its rule."""
    rule = quality_rules()[finding.code]
    return {
        "number": finding.pk,
        "rule": rule.code,
        "title": rule.title,
        "severity": dict(rule.severity),
        "key": key,
        "unit": finding.unit_id,
        "parcel": finding.parcel_id,
        "other": finding.other_id,
        "message": rule.told(finding.detail),
        "norm": rule.norm,
        "detail": finding.detail,
        "has_place": finding.geom is not None,
    }


def finding_feature(finding: QualityFinding, key: str) -> dict[str, Any]:
    """One finding as a GeoJSON feature, in WGS 84 (RFC 7946)."""
    row = finding_row(finding, key)
    return {
        "type": "Feature",
        "id": row.pop("number"),
        "geometry": _in_wgs84(finding.geom),
        "properties": row,
    }


def _in_wgs84(geom: GEOSGeometry | None) -> dict[str, Any] | None:
    if geom is None:
        return None
    told: dict[str, Any] = json.loads(geom.transform(_WGS84, clone=True).geojson)
    return told
