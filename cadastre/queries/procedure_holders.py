"""In whose hands a procedure is: the person who last moved or took it, while the next step is that person's.

Where nobody has it in hand, it lies with the offices whose roles take its next step.
"""

from collections.abc import Collection, Iterable
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from cadastre.models import Procedure, ProcedureEvent
from cadastre.procedures.procedure_type import procedure_type, procedure_types
from cadastre.queries.procedures import waiting_for
from gis_project.territory.models import Membership, Municipality, User
from gis_project.territory.policy import Actor, can
from gis_project.territory.roles import shipped_roles

HOLD = "hold"
# Events that leave the procedure where it lies.
_AT_REST = ("tick", "notify", "comment")


def step_capabilities(actor: Actor, *, municipality: Municipality, on: date) -> frozenset[str]:
    """The capabilities of the actor there by which some step of some procedure is taken."""
    asked = {step.capability for found in procedure_types().values() for step in found.transitions}
    return frozenset(one for one in asked if can(actor, one, municipality=municipality, on=on))


def in_hands_of(user: User, *, held: Collection[str]) -> Q:
    """The filter of the open procedures in a person's hands; ``held`` are the person's step capabilities.

    For a queryset with ``with_last_mover``.
    """
    return Q(last_mover=user.pk) & waiting_for(held)


def with_last_mover(found: QuerySet[Procedure]) -> Any:  # what is annotated is not of the model
    """The queryset with ``last_mover``, the id of who last moved or took each procedure."""
    moves = ProcedureEvent.objects.filter(procedure=OuterRef("pk")).exclude(step__in=_AT_REST)
    return found.annotate(last_mover=Subquery(moves.order_by("-pk").values("by")[:1]))


def holders_of_procedures(
    procedures: Iterable[Procedure], *, municipality: Municipality, on: date
) -> dict[UUID, User]:
    """Procedure → the person in whose hands it is on that day; those in nobody's hands are absent."""
    asked = {one.pk: one for one in procedures if one.closed_at is None}
    moved = with_last_mover(Procedure.objects.filter(pk__in=asked)).values_list("pk", "last_mover")
    movers = {pk: user for pk, user in moved if user is not None}
    users = User.objects.filter(pk__in=set(movers.values()), is_active=True).in_bulk()
    held = _capabilities(users, municipality, on)
    found = {}
    for pk, user in movers.items():
        steps = procedure_type(asked[pk].kind).steps_from(asked[pk].state)
        if user in users and any(step.capability in held.get(user, ()) for step in steps):
            found[pk] = users[user]
    return found


def offices_of(procedure: Procedure) -> tuple[str, ...]:
    """The names of the shipped roles that take its next steps, as the manual names them."""
    steps = procedure_type(procedure.kind).steps_from(procedure.state)
    wanted = {step.capability for step in steps}
    return tuple(role.name for role in shipped_roles() if wanted & set(role.capabilities))


def _capabilities(
    users: Iterable[UUID], municipality: Municipality, on: date
) -> dict[UUID, set[str]]:
    held: dict[UUID, set[str]] = {}
    places = Q(municipality=municipality) | Q(organisation__municipalities=municipality)
    rows = Membership.objects.on(on).filter(places, user__in=list(users))
    for user, capabilities in rows.values_list("user", "role__capabilities"):
        held.setdefault(user, set()).update(capabilities)
    return held
