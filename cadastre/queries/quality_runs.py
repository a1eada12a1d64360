"""Quality runs of a municipality and their findings, as files and doors show them."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

import shapely
from django.db.models import Count, QuerySet

from cadastre.imports.finding_layers import FindingRow
from cadastre.models import KeyAlias, QualityFinding, QualityRun
from cadastre.quality.rule import Moment, QualityRule, Severity, quality_rules, rules_named
from gis_project.core.errors import NotFound
from gis_project.territory.models import Municipality


class QualityRunNotFound(NotFound):
    """This municipality has no quality run of that number: look at the list of runs."""

    code = "quality_run_not_found"


class FindingNotFound(NotFound):
    """The quality run has no finding of that number: look at the list of its findings."""

    code = "finding_not_found"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which findings: of one rule, of those that weigh so much at a moment (without one, at their worst)."""

    rule: str = ""
    severity: Severity | None = None
    moment: Moment | None = None

    def admits(self, rule: QualityRule) -> bool:
        """Whether the rule's findings are among them."""
        weight = rule.severity[self.moment] if self.moment else rule.worst
        return weight is self.severity if self.severity else weight is not Severity.NONE

    @property
    def codes(self) -> list[str]:
        """The rules whose findings are wanted; UnknownRule."""
        return [
            rule.code for rule in rules_named([self.rule] if self.rule else []) if self.admits(rule)
        ]


EVERY = Wanted()


@dataclass(frozen=True, slots=True)
class RuleCount:
    """One rule of a run: what became of it, and what it found (None: not applied yet)."""

    rule: QualityRule
    findings: int | None
    took_ms: int
    failure: str


def runs_in(municipality: Municipality) -> QuerySet[QualityRun]:
    """The municipality's runs, the newest first, with `found`, the number of their findings."""
    return (
        QualityRun.objects.filter(municipality=municipality)
        .annotate(found=Count("findings"))
        .order_by("-started_at", "-pk")
    )


def run_named(municipality: Municipality, number: int) -> QualityRun:
    """The run of that number in the municipality; QualityRunNotFound."""
    found = QualityRun.objects.filter(municipality=municipality, pk=number).first()
    if found is None:
        raise QualityRunNotFound("No hay una revisión de calidad con ese número en este municipio.")
    return found


def rule_counts(run: QualityRun) -> list[RuleCount]:
    """Every rule that the run asked for and this version knows, in the order of the reference."""
    results = {one.code: one for one in run.results.order_by("pk")}  # a rule tried again: the last
    counts = []
    for code in run.rules:
        rule, result = quality_rules().get(code), results.get(code)
        if rule is None:
            continue
        is_done = result is not None and result.state == "DONE"
        counts.append(
            RuleCount(
                rule,
                result.findings if result is not None and is_done else None,
                result.took_ms if result is not None else 0,
                result.message if result is not None and not is_done else "",
            )
        )
    return counts


def findings_of(run: QualityRun, wanted: Wanted = EVERY) -> QuerySet[QualityFinding]:
    """The findings of a run in the order of rule and predio; UnknownRule."""
    return run.findings.filter(code__in=wanted.codes).order_by("code", "unit_id", "pk")


def finding_named(run: QualityRun, number: int) -> QualityFinding:
    """The run's finding of that number; FindingNotFound."""
    found = findings_of(run).filter(pk=number).first()
    if found is None:
        raise FindingNotFound("No hay un hallazgo con ese número en esta revisión.")
    return found


def with_keys(
    run: QualityRun, findings: Iterable[QualityFinding]
) -> list[tuple[QualityFinding, str]]:
    """Each finding with its predio's principal key on the run's day; empty where it names no predio."""
    rows = list(findings)
    keys: dict[UUID | None, str] = dict(
        KeyAlias.objects.known()
        .valid_on(run.day)
        .filter(unit__in={one.unit_id for one in rows if one.unit_id}, is_principal=True)
        .values_list("unit_id", "text")
    )
    return [(one, keys.get(one.unit_id, "")) for one in rows]


def message_of(finding: QualityFinding) -> str:
    """What is wrong and what to do, with the figures of this finding."""
    return quality_rules()[finding.code].told(finding.detail)


def finding_rows(run: QualityRun, wanted: Wanted = EVERY) -> Iterator[FindingRow]:
    """The findings with the predio's key and the message in full; geometry in EPSG:32717 or None."""
    keys = dict(
        KeyAlias.objects.known()
        .valid_on(run.day)
        .filter(unit__in=run.findings.values("unit"), is_principal=True)
        .values_list("unit_id", "text")
    )
    rules = quality_rules()
    for finding in findings_of(run, wanted).iterator():
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
