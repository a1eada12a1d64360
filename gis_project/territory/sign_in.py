"""Authentication by cédula, telephone or e-mail, whichever the person knows, and a password."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import Q
from django.http import HttpRequest

from gis_project.territory.identifiers import read_identifier
from gis_project.territory.models import User
from gis_project.territory.personal_hash import personal_hash


class AnyIdentifierBackend(ModelBackend):
    """Finds the account by any identifier; an unknown one costs as much time as a wrong password."""

    def authenticate(  # type: ignore[override]
        self,
        request: HttpRequest | None,
        identifier: str | None = None,
        password: str | None = None,
        **_: Any,
    ) -> User | None:
        if identifier is None or not password:
            return None
        accounts = accounts_of(identifier)
        if not accounts:
            User().set_password(password)
            return None
        for user in accounts:
            if user.check_password(password) and self.user_can_authenticate(user):
                return user
        return None


def accounts_of(typed: str) -> list[User]:
    """The accounts that what was typed may mean: none or one, rarely two (a mobile number of
    Guayas that is somebody else's cédula)."""
    known = read_identifier(typed)
    conditions = Q(pk__in=[])
    if known.cedula:
        conditions |= Q(cedula=known.cedula)
    if known.phone:
        conditions |= Q(phone=known.phone)
    if known.email:
        conditions |= Q(email=known.email)
    return list(User.objects.filter(conditions).order_by("pk")[:2])


def account_key(typed: str) -> str:
    """One key for all identifiers of an account, so that each does not bring tries of its own."""
    return ",".join(str(user.pk) for user in accounts_of(typed)) or personal_hash(typed)
