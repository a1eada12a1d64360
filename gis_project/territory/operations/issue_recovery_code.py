"""A code on paper, given at the counter, that once opens an account or takes its lost second factor off."""

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from django.db import transaction

from gis_project.core.errors import InvalidInput, NotAllowed
from gis_project.territory.appointments import has_second_factor
from gis_project.territory.models import Membership, Municipality, RecoveryCode, User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.personal_hash import personal_hash
from gis_project.territory.policy import (
    CONSOLE,
    Actor,
    MfaRequired,
    can,
    check_can,
    person,
)

# No letter that is read as another when written by hand; 12 of 30 signs are 58 bits.
SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
LASTS = timedelta(hours=24)


class Opens(StrEnum):
    """What the code is for; one made for the one does nothing for the other."""

    PASSWORD = "password"
    SECOND_FACTOR = "second_factor"


class NotYoursToRecover(NotAllowed):
    """This account belongs to staff or to another municipality: its administrator recovers it."""

    code = "not_yours_to_recover"


class NoSecondFactor(InvalidInput):
    """The account has no second factor: the person signs in with the password alone."""

    code = "no_second_factor"


@dataclass(frozen=True, slots=True)
class IssuedCode:
    """What is printed: `code` is shown this once and never again."""

    code: str
    expires_at: datetime


@transaction.atomic
def issue_recovery_code(
    *,
    user: User,
    municipality: Municipality,
    by: Actor,
    on: date,
    now: datetime,
    opens: Opens = Opens.PASSWORD,
) -> IssuedCode:
    """The new code, good for 24 hours; older ones of the account stop working.

    Whoever holds the paper holds the account. So a clerk cannot make one for himself, nor for
    staff with a second factor (an administrator can), nor for people of another municipality. One
    that takes off a second factor asks the official for their own, and its holder for the password.
    """
    check_can(by, "issue_recovery", municipality=municipality, on=on)
    _check_within_reach(user, municipality=municipality, by=by, on=on)
    if opens is Opens.SECOND_FACTOR:
        _check_factor_to_take_off(user, by=by)
    code = "-".join("".join(secrets.choice(SIGNS) for _ in range(4)) for _ in range(3))
    user.recovery_codes.filter(closed_at__isnull=True).update(closed_at=now)
    row = RecoveryCode.objects.create(
        user=user,
        issued_by=person(by),
        code_hash=recovery_hash(user, code, opens),
        issued_at=now,
        expires_at=now + LASTS,
    )
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="issue_recovery_code",
        object_type="user",
        object_id=user.pk,
        body={"expires_at": row.expires_at, "opens": opens.value},
    )
    return IssuedCode(code, row.expires_at)


def recovery_hash(user: User, typed: str, opens: Opens) -> str:
    """The keyed hash under which a code is kept, however the person writes it."""
    signs = "".join(sign for sign in typed.upper() if sign in SIGNS)
    return personal_hash(f"{user.pk} {opens} {signs}")


def _check_within_reach(user: User, *, municipality: Municipality, by: Actor, on: date) -> None:
    refusal = NotYoursToRecover("Esa cuenta la recupera el administrador de su municipio.")
    if by == user:
        raise refusal
    held = list(Membership.objects.on(on).filter(user=user).select_related("role", "organisation"))
    here = [m for m in held if _acts_in(m, municipality)]
    if held and not here:
        raise refusal
    if any(m.role.requires_mfa for m in held) and not can(
        by, "manage_users", municipality=municipality, on=on
    ):
        raise refusal


def _check_factor_to_take_off(user: User, *, by: Actor) -> None:
    if by is not CONSOLE and not has_second_factor(person(by)):  # type: ignore[arg-type]  # check_can saw a User
        raise MfaRequired(
            "Para quitar un segundo factor active antes el suyo en «Seguridad».",
            details={"capability": "issue_recovery"},
        )
    if not has_second_factor(user):
        raise NoSecondFactor("La persona no tiene segundo factor: ingresa con su contraseña.")


def _acts_in(membership: Membership, municipality: Municipality) -> bool:
    if membership.organisation is not None:
        return membership.organisation.municipalities.filter(pk=municipality.pk).exists()
    return membership.municipality_id == municipality.pk
