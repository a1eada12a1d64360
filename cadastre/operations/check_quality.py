"""Applies quality rules to a municipality or part of it, each in a short transaction of its own.

A rule that fails is recorded and told, and the others go on. A run that was cut off is taken up where it
was: rules with a result are not repeated. Findings are rows, and nothing of the register changes.
"""

import itertools
import logging
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextvars import copy_context
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from django.db import Error as DatabaseError
from django.db import connection, transaction
from django.utils import timezone

from cadastre.models import QualityRuleResult, QualityRun
from cadastre.quality.rule import QualityRule, quality_rules, rules_named
from cadastre.queries.quality_findings import Scope, of_keys, of_units, whole_town
from gis_project.core.errors import Conflict
from gis_project.territory.clock import today_in
from gis_project.territory.jobs import enqueue
from gis_project.territory.models import Job, Municipality
from gis_project.territory.policy import Actor, check_can, person

logger = logging.getLogger(__name__)
TASK = "cadastre.tasks.check_quality"
_KEEP = (Path(__file__).parent / "sql" / "keep_findings.sql").read_text(encoding="utf-8")

Advance = Callable[[int, int, str], None]


class RuleUnknownNow(Conflict):
    """The run asks for a rule that this version has no longer: begin a new run."""

    code = "rule_unknown_now"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What to look at: the whole municipality unless `units` or `keys` (from, to) are given; all rules unless named."""

    units: Sequence[UUID] = ()
    keys: tuple[str, str] | None = None
    rules: Sequence[str] = ()
    day: date | None = None


def begin_quality_run(
    municipality: Municipality, asked: Asked, *, by: Actor, job: Job | None = None
) -> QualityRun:
    """The run with the rules that are active on its day, none applied yet. NotAllowed, UnknownRule."""
    check_can(by, "view_register", municipality=municipality, on=today_in(municipality))
    day = asked.day or today_in(municipality)
    scope: dict[str, Any] = {}
    if asked.units:
        scope["units"] = [str(unit) for unit in asked.units]
    elif asked.keys:
        scope["keys"] = list(asked.keys)
    return QualityRun.objects.create(
        municipality=municipality,
        job=job,
        requested_by=person(by),
        day=day,
        scope=scope,
        rules=[rule.code for rule in rules_named(asked.rules) if rule.is_active(day)],
    )


def ask_for_quality_run(municipality: Municipality, asked: Asked, *, by: Actor) -> QualityRun:
    """The run, and the job in the queue that will carry it out."""
    with transaction.atomic():
        run = begin_quality_run(municipality, asked, by=by)
        run.job = enqueue(
            TASK,
            municipality=municipality,
            actor=by,
            lock=f"quality {municipality.pk}",
            run=run.pk,
        )
        run.save(update_fields=["job"])
    return run


def carry_on(run: QualityRun, *, hands: int = 1, advance: Advance | None = None) -> QualityRun:
    """The run with every rule applied that had no result yet; INCOMPLETE when one of them failed.

    With several ``hands`` as many rules go on at once, each with a connection of its own: not for callers
    within a transaction, which those would not see.
    """
    scope = scope_of(run)
    rules = _rules_of(run)
    done = set(run.results.filter(state="DONE").values_list("code", flat=True))
    todo = [rule for rule in rules if rule.code not in done]
    tell = _counting(advance, len(rules) - len(todo), len(rules))
    if hands == 1:
        passed = [tell(rule, _apply(run, rule, scope)) for rule in todo]
    else:
        with ThreadPoolExecutor(hands) as pool:
            waiting = {
                pool.submit(copy_context().run, _apply_apart, run, rule, scope): rule
                for rule in todo
            }
            passed = [tell(waiting[one], one.result()) for one in as_completed(waiting)]
    run.state = QualityRun.State.DONE if all(passed) else QualityRun.State.INCOMPLETE
    run.finished_at = timezone.now()
    run.save(update_fields=["state", "finished_at"])
    return run


def _counting(
    advance: Advance | None, done: int, total: int
) -> Callable[[QualityRule, bool], bool]:
    count = itertools.count(done + 1)

    def tell(rule: QualityRule, passed: bool) -> bool:
        if advance is not None:
            advance(next(count), total, rule.title)
        return passed

    return tell


def scope_of(run: QualityRun) -> Scope:
    """The predios that the run looks at, as they are now."""
    if "units" in run.scope:
        units = [UUID(unit) for unit in run.scope["units"]]
        return of_units(run.municipality, units, on=run.day)
    if "keys" in run.scope:
        first, last = run.scope["keys"]
        return of_keys(run.municipality, first, last, on=run.day)
    return whole_town(run.municipality, on=run.day)


def _rules_of(run: QualityRun) -> list[QualityRule]:
    known = quality_rules()
    gone = [code for code in run.rules if code not in known]
    if gone:
        raise RuleUnknownNow(
            f"La regla «{gone[0]}» ya no existe en esta versión: comience una revisión nueva.",
            details={"rules": gone},
        )
    return [known[code] for code in run.rules]


def _apply_apart(run: QualityRun, rule: QualityRule, scope: Scope) -> bool:
    try:
        return _apply(run, rule, scope)
    finally:
        connection.close()


def _apply(run: QualityRun, rule: QualityRule, scope: Scope) -> bool:
    """Whether the rule could be applied; what it found, or why it failed, stands in its result."""
    began = time.monotonic()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            # One statement over a whole town: compiling it costs more than it saves.
            cursor.execute("SET LOCAL jit = off")
            cursor.execute(
                _KEEP.replace("{rule}", rule.statement),
                scope.arguments(rule)
                | {"run": run.pk, "code": rule.code, "severity": rule.worst.value},
            )
            _result(run, rule, "DONE", began, findings=cursor.rowcount)
    except DatabaseError as error:
        logger.exception("quality rule %s failed in run %s", rule.code, run.pk)
        _result(
            run,
            rule,
            "FAILED",
            began,
            message=f"La regla no se pudo aplicar y las demás siguieron; avise a soporte: {error}",
        )
        return False
    return True


def _result(
    run: QualityRun,
    rule: QualityRule,
    state: str,
    began: float,
    *,
    findings: int = 0,
    message: str = "",
) -> None:
    QualityRuleResult.objects.create(
        run=run,
        code=rule.code,
        state=state,
        findings=findings,
        took_ms=round((time.monotonic() - began) * 1000),
        message=message,
    )
