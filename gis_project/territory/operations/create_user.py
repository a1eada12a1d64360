"""A new person who can sign in; made by whoever administers users, never by signing up."""

from datetime import date

from django.db import transaction

from gis_project.core.errors import Conflict, InvalidInput
from gis_project.territory.identifiers import clean_cedula, clean_phone
from gis_project.territory.models import Municipality, User
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.personal_hash import personal_hash
from gis_project.territory.policy import Actor, check_can


class IdentifierTaken(Conflict):
    """Another account has this cédula, telephone or e-mail: look for it before making a new one."""

    code = "identifier_taken"


class IdentifierMissing(InvalidInput):
    """An account needs a cédula, a telephone or an e-mail."""

    code = "identifier_missing"


@transaction.atomic
def create_user(
    *,
    full_name: str,
    municipality: Municipality,
    by: Actor,
    on: date,
    cedula: str = "",
    phone: str = "",
    email: str = "",
    password: str | None = None,
    must_change_password: bool = True,
) -> User:
    """The saved user. Without `password` the account opens with a recovery code (issue_recovery)."""
    check_can(by, "manage_users", municipality=municipality, on=on)
    if not (cedula or phone or email):
        raise IdentifierMissing("Indique cédula, teléfono o correo de la persona.")
    identifiers = {
        "cedula": clean_cedula(cedula) if cedula else None,
        "phone": clean_phone(phone) if phone else None,
        "email": email.strip().lower() or None,
    }
    for field, value in identifiers.items():
        if value and User.objects.filter(**{field: value}).exists():
            raise IdentifierTaken("Ya hay una cuenta con ese dato.", details={"field": field})
    user = User.objects.create_user(
        full_name=full_name.strip(),
        password=password,
        must_change_password=password is not None and must_change_password,
        **identifiers,
    )
    record_audit_event(
        municipality=municipality,
        actor=by,
        action="create_user",
        object_type="user",
        object_id=user.pk,
        body={
            f"{field}_hash": personal_hash(value) for field, value in identifiers.items() if value
        },
    )
    return user
