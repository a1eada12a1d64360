"""Quality runs of a municipality and their findings, as files and doors show them."""

from collections.abc import Iterator

import shapely
from django.db.models import QuerySet

from cadastre.imports.finding_layers import FindingRow
from cadastre.models import KeyAlias, QualityFinding, QualityRun
from cadastre.quality.rule import quality_rules
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality


class QualityRunNotFound(NotFound):
    """This municipality has no quality run of that number: look at the list of runs."""

    code = "quality_run_not_found"


def run_named(municipality: Municipality, number: int) -> QualityRun:
    """The run of that number in the municipality; QualityRunNotFound."""
    found = QualityRun.objects.filter(municipality=municipality, pk=number).first()
    if found is None:
        raise QualityRunNotFound("No hay una revisión de calidad con ese número en este municipio.")
    return found


def findings_of(run: QualityRun) -> QuerySet[QualityFinding]:
    """The findings of a run in the order of rule and predio."""
    return run.findings.order_by("code", "unit_id", "pk")


def finding_rows(run: QualityRun) -> Iterator[FindingRow]:
    """The findings with the predio's key and the message in full; geometry in EPSG:32717 or None."""
    keys = dict(
        KeyAlias.objects.known()
        .valid_on(run.day)
        .filter(unit__in=run.findings.values("unit"), is_principal=True)
        .values_list("unit_id", "text")
    )
    rules = quality_rules()
    for finding in findings_of(run).iterator():
        rule = rules[finding.code]
        yield FindingRow(
            rule=finding.code,
            title=rule.title,
            severity=finding.severity,
            key=keys.get(finding.unit_id, "") if finding.unit_id else "",
            message=rule.told(finding.detail),
            norm=rule.norm,
            geom=shapely.from_wkb(bytes(finding.geom.wkb)) if finding.geom else None,
        )
