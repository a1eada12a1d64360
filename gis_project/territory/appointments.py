"""The appointments by which a person acts somewhere, asked of the database once in a request.

A page asks for a dozen capabilities of the same person: what the first question found answers the others until
the request ends. Outside a request (commands, jobs) every question goes to the database, so that a long
job sees an appointment that ended meanwhile.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from allauth.mfa.models import Authenticator
from django.db.models import Q

from gis_project.territory.models import Membership, Municipality, Organisation, User

_FOUND: ContextVar[dict[object, object] | None] = ContextVar("appointments", default=None)
_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Appointment:
    """What one membership lets a person do, and whether its role asks for a second factor."""

    capabilities: frozenset[str]
    requires_mfa: bool


@contextmanager
def asked_once() -> Iterator[None]:
    """The block is one request: what it asked of a person's appointments is not asked again."""
    token = _FOUND.set({})
    try:
        yield
    finally:
        _FOUND.reset(token)


def appointments(
    user: User,
    *,
    municipality: Municipality | None = None,
    organisation: Organisation | None = None,
    on: date,
) -> tuple[Appointment, ...]:
    """The person's appointments in force there on that civil date; without a place: anywhere."""
    key = (user.pk, municipality and municipality.pk, organisation and organisation.pk, on)
    return _remembered(key, lambda: _read(user, place(municipality, organisation), on))


def has_second_factor(user: User) -> bool:
    """Whether sign-in asks this person for more than the password (recovery codes alone do not)."""
    found = _FOUND.get()
    if found is not None and found.get(("factor", user.pk)):
        return True
    has_one = bool(Authenticator.objects.filter(user=user, type__in=_FACTORS).exists())
    if found is not None and has_one:  # a factor that is missing may be set up in this request
        found["factor", user.pk] = True
    return has_one


def place(municipality: Municipality | None, organisation: Organisation | None) -> Q:
    """The filter of memberships that act there: in the municipality, or through an organisation of it."""
    if organisation is not None:
        return Q(organisation=organisation)
    if municipality is not None:
        return Q(municipality=municipality) | Q(organisation__municipalities=municipality)
    return Q()


def _remembered(key: object, read: Callable[[], T]) -> T:
    found = _FOUND.get()
    if found is None:
        return read()
    if key not in found:
        found[key] = read()
    return found[key]  # type: ignore[return-value]  # one key, one kind of value


def _read(user: User, there: Q, on: date) -> tuple[Appointment, ...]:
    held = Membership.objects.on(on).filter(there, user=user)
    rows = held.values_list("role__capabilities", "role__requires_mfa")
    return tuple(Appointment(frozenset(names), asks) for names, asks in rows)
