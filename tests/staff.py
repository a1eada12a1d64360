"""Appointing the cast: who signs in as what, where, ready to act."""

from datetime import date

from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from gis_project.territory.models import Membership, Municipality, Organisation, Role, User
from tests.people import PASSWORD, Person

SINCE = date(2020, 1, 1)


def account(person: Person) -> User:
    """The person's account, made at the first call; signs in with PASSWORD."""
    found = User.objects.filter(cedula=person.cedula).first()
    return found or User.objects.create_user(
        password=PASSWORD,
        full_name=person.full_name,
        cedula=person.cedula,
        phone=person.phone,
        email=person.email,
    )


def appoint(
    person: Person,
    role: str,
    municipality: Municipality | None = None,
    organisation: Organisation | None = None,
) -> User:
    """The person holding `role` there since 2020, with a second factor where the role asks for it."""
    user = account(person)
    held = Role.objects.get(code=role)
    Membership.objects.create(
        user=user,
        role=held,
        municipality=municipality,
        organisation=organisation,
        valid=(SINCE, None),
    )
    if held.requires_mfa:
        give_second_factor(user)
    return user


def give_second_factor(user: User) -> None:
    TOTP.activate(user, generate_totp_secret())
