"""A procedure comes in at the counter: numbered, with its applicant, its predios and its papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import connection, transaction
from django.db.models import Max
from django.utils import timezone

from cadastre.models import (
    AdministrativeSource,
    Party,
    Procedure,
    ProcedureApplicant,
    ProcedureUnit,
    PropertyUnit,
)
from cadastre.operations.advance_procedure import write_event
from cadastre.operations.tick_requirement import tick_sources
from cadastre.procedures.procedure_type import ProcedureType, procedure_type
from gis_project.core.business_days import add_business_days
from gis_project.core.errors import InvalidInput
from gis_project.core.verification_code import new_code
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, can, check_can, person
from gis_project.territory.queries.days_off import days_off, hold_days_off

_LOCK_SPACE = 9


class ProcedureIncomplete(InvalidInput):
    """A procedure needs its applicant, and most a predio: write what the message names."""

    code = "procedure_incomplete"


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Who asks: a party of the register, or a name typed at the counter with how to reach the person."""

    party: Party | None = None
    full_name: str = ""
    id_number: str = ""
    email: str = ""
    phone: str = ""


def receive_procedure(
    kind: str,
    *,
    municipality: Municipality,
    by: Actor,
    applicant: Applicant,
    units: Sequence[PropertyUnit] = (),
    sources: Sequence[AdministrativeSource] = (),
    note: str = "",
) -> Procedure:
    """The received procedure in its first state. UnknownType, NotAllowed, ProcedureIncomplete.

    A failure uses no number up.
    """
    found = procedure_type(kind)
    today = today_in(municipality)
    check_may_receive(found, municipality=municipality, by=by, on=today)
    if found.needs_unit and not units:
        raise ProcedureIncomplete(f"«{found.title}» necesita el predio: escriba su clave o número.")
    if applicant.party is None and not applicant.full_name.strip():
        raise ProcedureIncomplete("Escriba los nombres y apellidos del solicitante.")
    with transaction.atomic():
        hold_days_off(municipality)
        off = days_off(municipality)
        procedure = Procedure.objects.create(
            municipality=municipality,
            kind=kind,
            year=today.year,
            serial=_next_serial(municipality, today.year),
            code=new_code(),
            state=found.first.code,
            state_since=today,
            received_at=timezone.now(),
            received_by=person(by),
            due_on=add_business_days(today, found.first_days, also=off),
            promised_on=add_business_days(today, found.days, also=off),
        )
        ProcedureApplicant.objects.create(
            procedure=procedure,
            party=applicant.party,
            full_name=" ".join(applicant.full_name.split()),
            id_number=applicant.id_number.strip(),
            email=applicant.email.strip(),
            phone=applicant.phone.strip(),
        )
        ProcedureUnit.objects.bulk_create(
            ProcedureUnit(procedure=procedure, unit=unit) for unit in dict.fromkeys(units)
        )
        write_event(procedure, "receive", origin="", by=by, note=note)
        tick_sources(procedure, sources, by=by)
    return procedure


def check_may_receive(
    found: ProcedureType, *, municipality: Municipality, by: Actor, on: date
) -> None:
    """Whoever receives procedures; what the office begins by itself, also whoever takes its first step."""
    own = found.steps_from(found.first.code)[0].capability
    if own == "decide_procedures" and can(by, own, municipality=municipality, on=on):
        return
    check_can(by, "receive_procedures", municipality=municipality, on=on)


def _next_serial(municipality: Municipality, year: int) -> int:
    """The number that follows; the lock until the end of the transaction keeps it from others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))",
            [_LOCK_SPACE, f"{municipality.pk} {year}"],
        )
    last = Procedure.objects.filter(municipality=municipality, year=year).aggregate(
        last=Max("serial")
    )["last"]
    return (last or 0) + 1
