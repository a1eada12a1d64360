"""What a procedure still lacks: each requirement, whether it is met, and from what."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from cadastre.acts.act_law import acts
from cadastre.models import AdministrativeSource, Procedure, ProcedureRequirement, PropertyUnit
from cadastre.procedures.procedure_type import Requirement, procedure_type
from cadastre.queries.open_debts import open_debts
from gis_project.territory.models import Paper

# How a requirement is met where the law of the act excuses from it.
EXCUSED = "EXCUSED"
_PAPER_OF = {
    "appraisal": "APPRAISAL",
    "no_debt": "NO_DEBT",
    "planning_report": "PLANNING_REPORT",
    "boundaries": "BOUNDARIES",
    "plan": "PLAN",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RequirementState:
    """One requirement of a procedure. ``is_kept``: somebody or a step wrote it down; else the data say it now."""

    requirement: Requirement
    is_met: bool
    is_kept: bool
    how: str
    source: AdministrativeSource | None
    at: datetime | None
    by_id: UUID | None


def requirement_states(procedure: Procedure, *, on: date) -> tuple[RequirementState, ...]:
    """Every requirement of its type, in the type's order. While it is open, debts are asked anew each time,
    unless a certificate was brought: the act itself weighs that one. A document that excuses the act from debts
    by its law, such as the judgment of a prescription, excuses from the requirement."""
    last = {
        row.requirement: row
        for row in procedure.requirements.select_related("source").order_by("pk")
    }
    units = list(PropertyUnit.objects.filter(procedures__procedure=procedure))
    is_excused = _is_excused(procedure, on)
    return tuple(
        _state(one, last.get(one.code), procedure, units, on, is_excused=is_excused)
        for one in procedure_type(procedure.kind).requirements
    )


def sources_of(procedure: Procedure) -> list[AdministrativeSource]:
    """The documents that meet its requirements now: of each, those brought since it was last undone."""
    standing: dict[str, list[AdministrativeSource]] = {}
    for row in procedure.requirements.select_related("source").order_by("pk"):
        if row.how == "UNDONE":
            standing.pop(row.requirement, None)
        elif row.source is not None:
            standing.setdefault(row.requirement, []).append(row.source)
    return [source for brought in standing.values() for source in brought]


def _state(
    asked: Requirement,
    row: ProcedureRequirement | None,
    procedure: Procedure,
    units: list[PropertyUnit],
    on: date,
    *,
    is_excused: bool,
) -> RequirementState:
    is_open = procedure.closed_at is None
    asks_debts = asked.ticks_from == "open_debts"
    is_asked_anew = asks_debts and is_open
    if row is not None and row.how != "UNDONE" and (row.how == "SOURCE" or not is_asked_anew):
        return RequirementState(
            requirement=asked,
            is_met=True,
            is_kept=True,
            how=row.how,
            source=row.source,
            at=row.recorded_at,
            by_id=row.by_id,
        )
    met = is_open and met_by_data(asked, units, on)
    how = ("OPEN_DEBTS" if asks_debts else "HOLDS") if met else ""
    if asks_debts and is_excused and not met:
        met, how = True, EXCUSED
    return RequirementState(
        requirement=asked,
        is_met=met,
        is_kept=False,
        how=how,
        source=None,
        at=None,
        by_id=None,
    )


def _is_excused(procedure: Procedure, on: date) -> bool:
    """Whether a document that stands excuses the act of this type from debts, by the act's law."""
    verb = procedure_type(procedure.kind).verb
    if not verb:
        return False
    excusing = set(acts()[verb].on(on).fields["debt_excused_by"])
    return bool(excusing) and any(source.kind in excusing for source in sources_of(procedure))


def met_by_data(asked: Requirement, units: list[PropertyUnit], on: date) -> bool:
    """Whether the data held today meet a requirement for all the predios; never a document or a look."""
    if not units or asked.ticks_from not in ("holds", "open_debts"):
        return False
    if asked.ticks_from == "open_debts":
        return not any(open_debts(unit, on) for unit in units)
    if asked.holds == "in_register":
        return all(unit.state != PropertyUnit.State.RETIRED for unit in units)
    if asked.holds == "registered":
        return all(unit.state == PropertyUnit.State.ACTIVE for unit in units)
    in_force = Paper.objects.filter(
        kind=_PAPER_OF[asked.holds],
        subject_type=Paper.Subject.UNIT,
        subject_id__in=[str(unit.pk) for unit in units],
        valid_until__gte=on,
        voiding__isnull=True,
    )
    return in_force.values("subject_id").distinct().count() == len(units)
