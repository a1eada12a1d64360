"""Opening an account with the code on paper: a new password, and the code is spent."""

from datetime import datetime

from django.db import transaction

from gis_project.core.errors import InvalidInput
from gis_project.territory.models import RecoveryCode, User
from gis_project.territory.operations.issue_recovery_code import recovery_hash
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.sign_in import accounts_of


class RecoveryRefused(InvalidInput):
    """Unknown person, wrong, used or expired code: the answer is the same. Ask for a new code."""

    code = "recovery_refused"


@transaction.atomic
def use_recovery_code(*, identifier: str, code: str, password: str, now: datetime) -> User:
    """The person, with the new password saved. A second factor stays required at sign-in."""
    for user in accounts_of(identifier):
        row = (
            RecoveryCode.objects.select_for_update()
            .filter(user=user, code_hash=recovery_hash(user, code))
            .filter(closed_at__isnull=True, expires_at__gt=now)
            .first()
        )
        if row is None or not user.is_active:
            continue
        row.closed_at = now
        row.save(update_fields=["closed_at"])
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        record_audit_event(
            municipality=None,
            actor=user,
            action="use_recovery_code",
            object_type="user",
            object_id=user.pk,
            body={"recovery_code": row.pk},
        )
        return user
    raise RecoveryRefused("Los datos o el código no son correctos, o el código ya venció.")
