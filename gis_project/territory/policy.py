"""Who may do what, where and when: the one place that answers it.

A person holds capabilities through memberships: a role, in a municipality or an organisation, for
a time. What no membership gives is refused; an unknown capability is a programming error.
"""

from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from gis_project.core.errors import NotAllowed, NotFound
from gis_project.territory.appointments import appointments, has_second_factor, place
from gis_project.territory.models import Membership, Municipality, Organisation, User
from gis_project.territory.models.municipality import MunicipalityQuerySet
from gis_project.territory.roles import capabilities
from gis_project.territory.scope import enter


class _Console:
    """Whoever sits at the machine's own console; commands act as this, audited without a person."""

    def __repr__(self) -> str:
        return "CONSOLE"


CONSOLE = _Console()


@dataclass(frozen=True, slots=True)
class NamedAtConsole:
    """Somebody at the machine's own console who names the person that answers for the deed.

    The person's memberships decide as always; password and second factor guard the web and are not asked.
    """

    user: User


Actor: TypeAlias = User | AnonymousUser | _Console | NamedAtConsole | None


class MfaRequired(NotAllowed):
    """The role asks for a second factor that is not set up yet: add it under «Seguridad»."""

    code = "mfa_required"


class PasswordChangeRequired(NotAllowed):
    """The password is a temporary one: change it first."""

    code = "password_change_required"


def can(
    actor: Actor,
    capability: str,
    *,
    municipality: Municipality | None = None,
    organisation: Organisation | None = None,
    on: date,
) -> bool:
    """Whether `actor` holds `capability` there on that civil date; without a place: anywhere."""
    return (
        _refusal(actor, capability, municipality=municipality, organisation=organisation, on=on)
        is None
    )


def check_can(
    actor: Actor,
    capability: str,
    *,
    municipality: Municipality | None = None,
    organisation: Organisation | None = None,
    on: date,
) -> None:
    """Raise NotAllowed (MfaRequired, PasswordChangeRequired) unless `can` would be true."""
    refusal = _refusal(
        actor, capability, municipality=municipality, organisation=organisation, on=on
    )
    if refusal is not None:
        raise refusal


def visible_municipalities(actor: Actor, *, on: date) -> MunicipalityQuerySet:
    """The municipalities whose officials' pages `actor` may enter; querysets are scoped by it."""
    if actor is CONSOLE:
        return Municipality.objects.all()
    user = person(actor)
    if user is None or not user.is_active:
        return Municipality.objects.none()
    mine = Membership.objects.on(on).filter(user=user)
    return Municipality.objects.filter(
        Q(pk__in=mine.values("municipality"))
        | Q(pk__in=mine.values("organisation__municipalities"))
    )


def municipality_for(actor: Actor, slug_or_code: str, *, on: date) -> Municipality:
    """The municipality of that slug or code, entered; NotFound if it is none or not one of the actor's."""
    found = visible_municipalities(actor, on=on).named(slug_or_code).first()
    if found is None:
        raise NotFound("No hay tal municipio entre los suyos.", details={"slug": slug_or_code})
    enter(found)
    return found


def person(actor: Actor) -> User | None:
    """The user to write beside a deed; None for the console."""
    if isinstance(actor, NamedAtConsole):
        return actor.user
    return actor if isinstance(actor, User) else None


def offices(user: User, capability: str, *, municipality: Municipality, on: date) -> list[str]:
    """The names of the roles by which the person holds the capability there on that day."""
    held = Membership.objects.on(on).filter(place(municipality, None), user=user)
    names = held.filter(role__capabilities__contains=[capability]).values_list("role__name")
    return sorted({str(name) for (name,) in names})


def _refusal(
    actor: Actor,
    capability: str,
    *,
    municipality: Municipality | None,
    organisation: Organisation | None,
    on: date,
) -> NotAllowed | None:
    if capability not in capabilities():
        raise LookupError(f"roles.toml has no capability {capability!r}")
    if actor is CONSOLE:
        return None
    details = {"capability": capability}
    not_allowed = NotAllowed(
        f"Su nombramiento no permite {capabilities()[capability]} aquí.", details=details
    )
    user = person(actor)
    if user is None or not user.is_active:
        return not_allowed
    held = appointments(user, municipality=municipality, organisation=organisation, on=on)
    asks_for_mfa = [one.requires_mfa for one in held if capability in one.capabilities]
    if not asks_for_mfa:
        return not_allowed
    if isinstance(actor, NamedAtConsole):
        return None
    if user.must_change_password:
        return PasswordChangeRequired("Cambie primero su contraseña temporal.", details=details)
    if all(asks_for_mfa) and not has_second_factor(user):
        return MfaRequired(
            "Su nombramiento exige un segundo factor: actívelo en «Seguridad».", details=details
        )
    return None
