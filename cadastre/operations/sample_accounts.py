"""One demonstration account per role, with a random password that is told once."""

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db import transaction

from fixtures.samples.identities import cedula
from gis_project.territory.models import Membership, Municipality, User
from gis_project.territory.operations.create_user import create_user
from gis_project.territory.operations.grant_role import grant_role
from gis_project.territory.operations.record_audit_event import record_audit_event
from gis_project.territory.policy import CONSOLE
from gis_project.territory.roles import ShippedRole, shipped_roles

_FIRST_SERIAL = 999_100
_OF_ORGANISATIONS = ("water_board_", "irrigation_board_")


@dataclass(frozen=True, slots=True)
class DemoAccount:
    """How to sign in as one role; `password` is empty when the account existed before."""

    role: ShippedRole
    cedula: str
    password: str


@transaction.atomic
def ensure_demo_accounts(*, municipalities: Sequence[Municipality], on: date) -> list[DemoAccount]:
    """An account for each role of an office, appointed in every given municipality.

    Roles of boards are left out: they belong to an organisation.
    """
    accounts = []
    for role, identification in _demo_roles():
        user = User.objects.filter(cedula=identification).first()
        password = ""
        if user is None:
            password = _new_password()
            user = create_user(
                full_name=_full_name(role),
                municipality=municipalities[0],
                by=CONSOLE,
                on=on,
                cedula=identification,
                password=password,
                must_change_password=False,
            )
        for municipality in municipalities:
            held = Membership.objects.filter(
                user=user, role__code=role.code, municipality=municipality
            )
            if not held.exists():
                grant_role(user=user, role=role.code, by=CONSOLE, on=on, municipality=municipality)
        accounts.append(DemoAccount(role, identification, password))
    return accounts


@transaction.atomic
def reissue_demo_passwords() -> list[DemoAccount]:
    """A new password for each demonstration account there is; the old ones, and a second factor, go.

    Only accounts that `ensure_demo_accounts` made: the invented number and the name that says so.
    """
    accounts = []
    for role, identification in _demo_roles():
        user = User.objects.filter(cedula=identification, full_name=_full_name(role)).first()
        if user is None:
            continue
        password = _new_password()
        user.set_password(password)
        user.must_change_password = False
        user.save(update_fields=["password", "must_change_password"])
        Authenticator.objects.filter(user=user).delete()
        record_audit_event(
            municipality=None,
            actor=CONSOLE,
            action="reissue_demo_password",
            object_type="user",
            object_id=user.pk,
            body={},
        )
        accounts.append(DemoAccount(role, identification, password))
    return accounts


def _demo_roles() -> Iterator[tuple[ShippedRole, str]]:
    for number, role in enumerate(shipped_roles()):
        if not role.code.startswith(_OF_ORGANISATIONS):
            yield role, cedula("17", _FIRST_SERIAL + number)


def _full_name(role: ShippedRole) -> str:
    return f"{role.name} (demostración)"


def _new_password() -> str:
    return secrets.token_urlsafe(9)
