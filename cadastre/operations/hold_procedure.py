"""An official takes an open procedure in hand, so that colleagues see who works on it."""

from django.db import transaction

from cadastre.models import Procedure, ProcedureEvent
from cadastre.operations.advance_procedure import write_event
from cadastre.operations.tick_requirement import check_open
from cadastre.procedures.procedure_type import procedure_type
from cadastre.queries.procedure_holders import HOLD
from gis_project.core.errors import NotAllowed
from gis_project.territory.clock import today_in
from gis_project.territory.policy import Actor, can


def hold_procedure(procedure: Procedure, *, by: Actor) -> ProcedureEvent:
    """The event; until the next step the procedure is in that person's hands.

    NotAllowed for whoever may take none of the steps from here; ProcedureClosed.
    """
    town = procedure.municipality
    on = today_in(town)
    with transaction.atomic():
        locked = Procedure.objects.select_for_update(no_key=True).get(pk=procedure.pk)
        check_open(locked)
        steps = procedure_type(locked.kind).steps_from(locked.state)
        if not any(can(by, step.capability, municipality=town, on=on) for step in steps):
            raise NotAllowed("El trámite espera un paso de otra oficina: no puede tomarlo a cargo.")
        return write_event(locked, HOLD, origin=locked.state, by=by)
