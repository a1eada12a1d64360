"""Opening an account with the code on paper: a new password, or the lost second factor off; once."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db import transaction

from gis_project.core.errors import InvalidInput
from gis_project.territory.models import RecoveryCode, User
from gis_project.territory.operations.issue_recovery_code import Opens, recovery_hash
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.sign_in import accounts_of


class RecoveryRefused(InvalidInput):
    """Unknown person, wrong, used or expired code: the answer is the same. Ask for a new code."""

    code = "recovery_refused"


@transaction.atomic
def use_recovery_code(*, identifier: str, code: str, password: str, now: datetime) -> User:
    """The person, with the new password saved. A second factor stays required at sign-in."""
    for user in accounts_of(identifier):
        row = _open_code(user, code, Opens.PASSWORD, now=now)
        if row is None:
            continue
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        _spend(row, action="use_recovery_code", now=now, body={})
        return user
    raise _refusal()


@transaction.atomic
def drop_second_factor(*, identifier: str, code: str, password: str, now: datetime) -> User:
    """The person, without any authenticator; offices that need one ask for a new one at once.

    The paper alone takes nothing off: `password` is the present one, and a wrong one spends no code.
    """
    for user in accounts_of(identifier):
        row = _open_code(user, code, Opens.SECOND_FACTOR, now=now)
        if row is None or not user.check_password(password):
            continue
        dropped, _ = Authenticator.objects.filter(user=user).delete()
        _spend(row, action="drop_second_factor", now=now, body={"authenticators": dropped})
        return user
    raise _refusal()


def _open_code(user: User, typed: str, opens: Opens, *, now: datetime) -> RecoveryCode | None:
    if not user.is_active:
        return None
    return (
        RecoveryCode.objects.select_for_update()
        .filter(user=user, code_hash=recovery_hash(user, typed, opens))
        .filter(closed_at__isnull=True, expires_at__gt=now)
        .first()
    )


def _spend(row: RecoveryCode, *, action: str, now: datetime, body: dict[str, int]) -> None:
    row.closed_at = now
    row.save(update_fields=["closed_at"])
    record_audit_event(
        municipality=None,
        actor=row.user,
        action=action,
        object_type="user",
        object_id=row.user.pk,
        body={"recovery_code": row.pk, **body},
    )


def _refusal() -> RecoveryRefused:
    return RecoveryRefused("Los datos o el código no son correctos, o el código ya venció.")
