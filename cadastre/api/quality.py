"""/api/<m>/quality-runs: what the quality rules found, run by run, as pages of rows or of features."""

import json
from typing import Annotated, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.http import HttpRequest, HttpResponse
from ninja import Query, Router
from ninja.security import django_auth

from cadastre.api.desk import desk_of
from cadastre.api.quality_schema import (
    FindingsOut,
    QualityRunOut,
    QualityRunWhole,
    finding_feature,
    finding_row,
    rule_row,
    run_row,
)
from cadastre.models import QualityFinding, QualityRun
from cadastre.quality.rule import Moment, Severity
from cadastre.queries.quality_runs import (
    Wanted,
    findings_of,
    rule_counts,
    run_named,
    runs_in,
    with_keys,
)

router = Router(tags=["calidad"], auth=django_auth)
_READ = "view_register"
_RUNS_SHOWN = 100
Limit = Annotated[int, Query(ge=1, le=1000, description="Hallazgos por página.")]
Offset = Annotated[int, Query(ge=0, description="Cuántos se dejan atrás.")]


@router.get(
    "/{municipality}/quality-runs",
    response=list[QualityRunOut],
    operation_id="quality_runs",
    summary="Las revisiones de calidad, la más nueva primero",
)
def quality_runs(request: HttpRequest, municipality: str) -> list[dict[str, Any]]:
    desk = desk_of(request, municipality, _READ)
    return [
        run_row(run, findings=run.found)  # type: ignore[attr-defined]  # annotated
        for run in runs_in(desk.municipality)[:_RUNS_SHOWN]
    ]


@router.get(
    "/{municipality}/quality-runs/{number}",
    response=QualityRunWhole,
    operation_id="quality_run",
    summary="Una revisión: qué encontró cada regla",
)
def quality_run(request: HttpRequest, municipality: str, number: int) -> dict[str, Any]:
    desk = desk_of(request, municipality, _READ)
    run = run_named(desk.municipality, number)
    rules = [rule_row(count) for count in rule_counts(run)]
    return run_row(run, findings=run.findings.count()) | {"rules": rules}


@router.get(
    "/{municipality}/quality-runs/{number}/findings",
    response=FindingsOut,
    operation_id="quality_findings",
    summary="Los hallazgos de una revisión, por páginas",
)
def quality_findings(
    request: HttpRequest,
    municipality: str,
    number: int,
    rule: str = "",
    severity: Severity | None = None,
    moment: Moment | None = None,
    limit: Limit = 100,
    offset: Offset = 0,
) -> dict[str, Any]:
    """De una regla, o de las que impiden (CRITICAL) o advierten (WARNING) en un momento; sin él, en el peor."""
    desk = desk_of(request, municipality, _READ)
    run = run_named(desk.municipality, number)
    wanted = Wanted(rule=rule, severity=severity, moment=moment)
    page, matched = _page(run, wanted, limit, offset)
    return {
        "matched": matched,
        "next": _next(request, matched, limit, offset),
        "findings": [finding_row(one, key) for one, key in page],
    }


@router.get(
    "/{municipality}/quality-runs/{number}/findings.geojson",
    operation_id="quality_findings_geojson",
    summary="Los hallazgos de una revisión como GeoJSON (WGS 84)",
)
def quality_findings_geojson(
    request: HttpRequest,
    municipality: str,
    number: int,
    rule: str = "",
    severity: Severity | None = None,
    moment: Moment | None = None,
    limit: Limit = 1000,
    offset: Offset = 0,
) -> HttpResponse:
    """Con los mismos filtros y páginas; los hallazgos sin lugar llevan `geometry` nula."""
    desk = desk_of(request, municipality, _READ)
    run = run_named(desk.municipality, number)
    wanted = Wanted(rule=rule, severity=severity, moment=moment)
    page, matched = _page(run, wanted, limit, offset)
    following = _next(request, matched, limit, offset)
    collection = {
        "type": "FeatureCollection",
        "numberMatched": matched,
        "numberReturned": len(page),
        "links": [{"rel": "next", "href": following}] if following else [],
        "features": [finding_feature(one, key) for one, key in page],
    }
    return HttpResponse(
        json.dumps(collection, cls=DjangoJSONEncoder, ensure_ascii=False),
        content_type="application/geo+json",
    )


def _page(
    run: QualityRun, wanted: Wanted, limit: int, offset: int
) -> tuple[list[tuple[QualityFinding, str]], int]:
    found = findings_of(run, wanted)
    return with_keys(run, found[offset : offset + limit]), found.count()


def _next(request: HttpRequest, matched: int, limit: int, offset: int) -> str | None:
    """The address of the following page, with the same filters."""
    if offset + limit >= matched:
        return None
    query = request.GET.copy()
    query["limit"], query["offset"] = str(limit), str(offset + limit)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
