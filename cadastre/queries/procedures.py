"""Procedures of a municipality: one by number or code, the trays, and who asked."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from django.db.models import F, Q, QuerySet

from cadastre.models import PartyIdentity, Procedure, Proposal
from cadastre.procedures.procedure_type import procedure_type, procedure_types
from gis_project.core.errors import NotAllowed, NotFound
from gis_project.territory.models import Municipality
from gis_project.territory.policy import Actor, can, person

_NUMBER = re.compile(r"^(\d{4})-(\d{1,6})$")


class ProcedureNotFound(NotFound):
    """There is no such procedure in this municipality: check the number, or the code on the receipt."""

    code = "procedure_not_found"


@dataclass(frozen=True, slots=True)
class ApplicantTold:
    """Who asked, as an official with the right to it reads it."""

    full_name: str
    id_number: str
    email: str
    phone: str


def find_procedure(municipality: Municipality, number: str) -> Procedure:
    """The procedure of a number like ``2026-000123``; ProcedureNotFound."""
    parts = _NUMBER.match(number.strip())
    found = (
        Procedure.objects.filter(
            municipality=municipality, year=int(parts[1]), serial=int(parts[2])
        )
        .select_related("municipality", "applicant", "proposal")
        .first()
        if parts
        else None
    )
    if found is None:
        raise ProcedureNotFound("No hay un trámite con ese número en este municipio.")
    return found


def find_by_code(municipality: Municipality, code: str) -> Procedure:
    """The procedure of a tracking code (its stored form); ProcedureNotFound."""
    found = Procedure.objects.filter(municipality=municipality, code=code).first()
    if found is None:
        raise ProcedureNotFound("Ese código no corresponde a ningún trámite de este municipio.")
    return found


def check_may_see(procedure: Procedure, *, by: Actor, on: date) -> None:
    """Officials who see the register, and whoever received it (a notary sees his own); else NotAllowed."""
    who = person(by)
    town = procedure.municipality
    if can(by, "view_register", municipality=town, on=on):
        return
    is_mine = who is not None and procedure.received_by_id == who.pk
    if not (is_mine and can(by, "receive_procedures", municipality=town, on=on)):
        raise NotAllowed("Su nombramiento no permite ver este trámite.")


def procedures_seen_by(
    actor: Actor, *, municipality: Municipality, on: date
) -> QuerySet[Procedure]:
    """All of the municipality, or those that the actor received; the most pressing first."""
    every = Procedure.objects.filter(municipality=municipality)
    if not can(actor, "view_register", municipality=municipality, on=on):
        every = every.filter(received_by=person(actor))
    return every.order_by(F("due_on").asc(nulls_last=True), "received_at", "pk")


def waiting_for(capabilities: Collection[str]) -> Q:
    """Those whose next step one of the capabilities takes: the tray of a role."""
    wanted = Q(pk__in=[])
    for found in procedure_types().values():
        states = [
            state.code
            for state in found.states
            if any(step.capability in capabilities for step in found.steps_from(state.code))
        ]
        if states:
            wanted |= Q(kind=found.code, state__in=states)
    return wanted & Q(closed_at__isnull=True)


def applicant_of(procedure: Procedure) -> ApplicantTold:
    """Name, document and addresses, from the register when the applicant stands in it."""
    typed = procedure.applicant
    known = (
        PartyIdentity.objects.filter(party_id=typed.party_id).first() if typed.party_id else None
    )
    return ApplicantTold(
        full_name=typed.full_name or (known.full_name if known else ""),
        id_number=typed.id_number or (known.id_number if known else ""),
        email=typed.email or (known.email if known else ""),
        phone=typed.phone or (known.phone if known else ""),
    )


def address_of(procedure: Procedure) -> str:
    """The applicant's e-mail address; empty when none is known."""
    return applicant_of(procedure).email


def proposals_for(procedure: Procedure) -> QuerySet[Proposal]:
    """Proposals that this procedure could take as its own: of its act, on its predios, of no other procedure."""
    found = Proposal.objects.filter(
        municipality=procedure.municipality_id,
        verb=procedure_type(procedure.kind).verb,
        state__in=[Proposal.State.SUBMITTED, Proposal.State.APPROVED],
        procedure__isnull=True,
    )
    units = procedure.units.values("unit")
    if units.exists():
        found = found.filter(units__unit__in=units).distinct()
    return found.order_by("prepared_at", "pk")
