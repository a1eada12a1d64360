"""The steps of an emission after Rentas generated it: Financiero approves, Tesorería receives; each another person."""

from django.db import transaction

from cadastre.models import RollStep, TaxRoll
from cadastre.operations.collection.charge_roll import charge_roll
from cadastre.operations.collection.take_provisional import settle_received
from cadastre.operations.decide_proposal import SamePerson
from cadastre.operations.roll_totals import check_totals
from cadastre.queries.roll_state import GENERATED, STATE_NAMES, roll_state
from gis_project.core.errors import Conflict
from gis_project.territory.clock import today_in
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can, person

_CAPABILITY = {
    RollStep.Step.APPROVED: "approve_tax_roll",
    RollStep.Step.RECEIVED: "receive_titles",
}
_BEFORE = {
    RollStep.Step.APPROVED: GENERATED,
    RollStep.Step.RECEIVED: RollStep.Step.APPROVED.value,
}


class RollNotThere(Conflict):
    """The emission is not where this step begins: look at its state."""

    code = "roll_not_there"


def approve_tax_roll(roll: TaxRoll, *, by: Actor, note: str = "") -> RollStep:
    """Dirección Financiera approves; the database adds the titles up once more before.

    Raises RollNotThere, SamePerson, ControlTotalsDiffer, NotAllowed.
    """
    return _step(roll, RollStep.Step.APPROVED, by=by, note=note)


def receive_tax_roll(roll: TaxRoll, *, by: Actor, note: str = "") -> RollStep:
    """Tesorería receives the titles: from now on they are owed, less what was paid provisionally.

    Raises as approve_tax_roll.
    """
    return _step(roll, RollStep.Step.RECEIVED, by=by, note=note)


def _step(roll: TaxRoll, step: RollStep.Step, *, by: Actor, note: str) -> RollStep:
    town = roll.municipality
    check_can(by, _CAPABILITY[step], municipality=town, on=today_in(town))
    with transaction.atomic():
        locked = TaxRoll.objects.select_related("operation").get(pk=roll.pk)
        state = roll_state(locked)
        if state != _BEFORE[step]:
            raise RollNotThere(f"La emisión está {STATE_NAMES[state]}: este paso no va ahora.")
        _check_other_person(locked, by)
        check_totals(locked)
        taken = RollStep.objects.create(
            roll=locked, step=step, made_by=person(by), note=note.strip()[:300]
        )
        if step is RollStep.Step.RECEIVED:
            charge_roll(locked, by=by)
            settle_received(town, year=locked.year, by=by)  # or the window would collect them again
        record_audit_event(
            municipality=town,
            actor=by,
            action="approve_tax_roll" if step is RollStep.Step.APPROVED else "receive_tax_roll",
            object_type="tax_roll",
            object_id=locked.pk,
            body={
                "step": step.value,
                "titles": locked.titles_count,
                "total": locked.total,
                "ordinance_hash": locked.ordinance_hash,
                "register_hash": locked.register_hash,
                "law_hash": locked.law_hash,
            },
        )
    return taken


def _check_other_person(roll: TaxRoll, by: Actor) -> None:
    who = person(by)
    if who is None:
        return
    earlier = {roll.operation.made_by_id, *roll.steps.values_list("made_by_id", flat=True)}
    if who.pk in earlier:
        raise SamePerson(
            "Quien dio un paso anterior de esta emisión no da el siguiente: pídalo a otra persona."
        )
