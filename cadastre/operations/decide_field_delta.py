"""A conflict between the field and the register, decided by a person: what of the field is proposed after all."""

from collections.abc import Collection
from typing import Any

from django.db import transaction

from cadastre.fieldwork.verdicts import Verdict, told_inputs
from cadastre.models import FieldDecision, FieldDelta, Proposal
from cadastre.operations.field.arrival import propose
from cadastre.operations.field.lock import lock_field_package
from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.clock import today_in
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

GROUND = "ground"


class FieldConflictDecided(Conflict):
    """The change is in no conflict, or somebody decided it: reload the return."""

    code = "field_conflict_decided"


class FieldChoiceUnfit(InvalidInput):
    """One chooses among the data in conflict of this change: use their names, or none to keep the register."""

    code = "field_choice_unfit"


def decide_field_delta(
    delta: FieldDelta, *, take: Collection[str], by: Actor, note: str = ""
) -> FieldDecision:
    """The decision; ``take`` names the data (or ``ground``) that follow the field, none keeps the register.

    What was in no conflict in the same change is proposed with it. Raises NotAllowed, FieldConflictDecided,
    FieldChoiceUnfit, and what the act refuses.
    """
    town = delta.package.municipality
    check_can(by, "manage_field_packages", municipality=town, on=today_in(town))
    with transaction.atomic():
        lock_field_package(delta.package)
        is_open = not FieldDecision.objects.filter(delta=delta).exists()
        if delta.outcome != FieldDelta.Outcome.CONFLICT or not is_open:
            raise FieldConflictDecided("Este cambio ya se decidió, o no está en conflicto.")
        proposal = _proposal(delta, set(take), by)
        decision = FieldDecision.objects.create(
            delta=delta,
            taken=sorted(take),
            proposal=proposal,
            note=note.strip(),
            by=person(by),
        )
        record_audit_event(
            municipality=town,
            actor=by,
            action="decide_field_delta",
            object_type="cadastre.FieldPackage",
            object_id=delta.package_id,
            body={
                "delta": delta.pk,
                "taken": sorted(take),
                "proposal": proposal.pk if proposal else None,
            },
        )
    return decision


def open_choices(delta: FieldDelta) -> list[str]:
    """What a person may take from the field in this conflict; empty when the predio is gone."""
    if delta.subject == FieldDelta.Subject.GROUND:
        return [GROUND] if delta.ground.get("verb") else []
    if delta.code == "predio_gone":
        return []
    return [one["name"] for one in delta.columns if one["verdict"] == Verdict.CONFLICT]


def _proposal(delta: FieldDelta, take: set[str], by: Actor) -> Proposal | None:
    if take - set(open_choices(delta)):
        raise FieldChoiceUnfit("Elija entre los datos en conflicto de este cambio, o ninguno.")
    if delta.subject == FieldDelta.Subject.GROUND:
        verb, told = delta.ground["verb"], delta.ground["told"]
        return propose(delta.package, verb, told, by=by) if take else None
    columns: dict[str, Any] = {
        one["name"]: one["brought"]
        for one in delta.columns
        if one["name"] in take or (one["verdict"] == Verdict.TAKEN)
    }
    if not columns:
        return None
    told = {"unit": str(delta.unit_id), **told_inputs(columns)}
    return propose(delta.package, "correct_attributes", told, by=by)
