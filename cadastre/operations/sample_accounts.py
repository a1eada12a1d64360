"""One demonstration account per role, with a random password that is told once."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from fixtures.samples.identities import cedula
from gis_project.territory.models import Membership, Municipality, User
from gis_project.territory.operations.create_user import create_user
from gis_project.territory.operations.grant_role import grant_role
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
    for number, role in enumerate(shipped_roles()):
        if role.code.startswith(_OF_ORGANISATIONS):
            continue
        identification = cedula("17", _FIRST_SERIAL + number)
        user = User.objects.filter(cedula=identification).first()
        password = ""
        if user is None:
            password = secrets.token_urlsafe(9)
            user = create_user(
                full_name=f"{role.name} (demostración)",
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
