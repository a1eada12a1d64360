"""An appointment: one person's role in a municipality or an organisation, for a time."""

from datetime import date

from django.db import transaction

from gis_project.core.errors import Conflict, InvalidInput, NotFound
from gis_project.territory.models import Membership, Municipality, Organisation, Role, User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import Actor, check_can


class UnknownRole(NotFound):
    """No role has this code: see the list of roles."""

    code = "unknown_role"


class RoleAlreadyHeld(Conflict):
    """The person holds this role there in part of that time: end the other appointment first."""

    code = "role_already_held"


class OwnAppointment(InvalidInput):
    """Nobody appoints himself: another administrator does it."""

    code = "own_appointment"


@transaction.atomic
def grant_role(
    *,
    user: User,
    role: str,
    by: Actor,
    on: date,
    municipality: Municipality,
    organisation: Organisation | None = None,
    start: date | None = None,
    end: date | None = None,
) -> Membership:
    """The saved appointment, from `start` (default `on`) up to `end`, exclusive.

    With `organisation` the appointment is in it; `municipality` is then where the administrator
    who makes it is competent, and must be one where the organisation acts.
    """
    check_can(by, "manage_users", municipality=municipality, on=on)
    if by == user:
        raise OwnAppointment("Nadie se nombra a sí mismo: pídalo a otro administrador.")
    found = Role.objects.filter(code=role).first()
    if found is None:
        raise UnknownRole(f"No existe el rol «{role}».", details={"role": role})
    if organisation and not organisation.municipalities.filter(pk=municipality.pk).exists():
        raise NotFound("La organización no actúa en este municipio.")
    place = {"organisation": organisation} if organisation else {"municipality": municipality}
    valid = (start or on, end)
    if Membership.objects.filter(user=user, role=found, valid__overlap=valid, **place).exists():
        raise RoleAlreadyHeld("La persona ya tiene ese nombramiento.", details={"role": role})
    membership = Membership.objects.create(user=user, role=found, valid=valid, **place)
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="grant_role",
        object_type="membership",
        object_id=membership.pk,
        body={
            "user": user.pk,
            "role": role,
            "organisation": organisation.pk if organisation else None,
            "from": valid[0],
            "to": end,
        },
    )
    return membership
