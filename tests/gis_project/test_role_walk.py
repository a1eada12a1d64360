"""Every route × shipped role × own or other municipality: what the role's capabilities say, no more."""

from collections.abc import Iterator

import pytest
from django.http import HttpResponseBase
from django.test import Client

from gis_project.territory.models import Municipality, RateBucket, Role, User
from gis_project.territory.roles import ShippedRole, capabilities, shipped_roles
from tests.gis_project.canary_town import names, personal_data, portfolios, secrets
from tests.gis_project.routes import Row, table
from tests.people import Person, cedula
from tests.staff import appoint

ROWS = table()
ROLES = {role.code: role for role in shipped_roles()}
WITHOUT_CAPABILITY = ("public", "signed-in", "second-factor")
# The audiences of the table that hold a role: which one, and where.
AUDIENCE_OFFICES = {
    "technician": ("cadastre_technician", "mejia"),
    "neighbour": ("cadastre_technician", "celica"),
    "administrator": ("municipal_administrator", "mejia"),
    "auditor": ("auditor", "mejia"),
}
SEE_NAMES = {"view_register", "view_personal_data", "view_owner_history", "view_tax", "view_audit"}


def statuses(row: Row) -> dict[str, set[int]]:
    """By what the table's audiences get: `opens` to holders, `refuses` colleagues, `strangers`."""
    found: dict[str, set[int]] = {"opens": set(), "refuses": set(), "strangers": set()}
    for place, expected in row.expected.items():
        found["strangers"].add(expected["citizen"])
        for audience, (role, office) in AUDIENCE_OFFICES.items():
            holds = row.capability & set(ROLES[role].capabilities)
            here = "opens" if holds else "refuses"
            found[here if office == place else "strangers"].add(expected[audience])
    return found


def expected_status(row: Row, role: ShippedRole, *, place: str, is_own: bool) -> int:
    if row.capability <= set(WITHOUT_CAPABILITY):
        return row.expected[place]["administrator" if role.requires_mfa else "technician"]
    holds = bool(row.capability & set(role.capabilities))
    (status,) = statuses(row)[("opens" if holds else "refuses") if is_own else "strangers"]
    return status


def hidden_from(role: ShippedRole) -> list[str]:
    """The secrets that the role does not see even at home."""
    held = set(role.capabilities)
    hidden = ["CANARIOOBSERVACION"]
    hidden += [] if held & SEE_NAMES else names()
    hidden += [] if "view_personal_data" in held else personal_data()
    hidden += [] if "view_tax" in held else portfolios()
    return hidden


def official(role: ShippedRole, town: str, serial: int) -> Client:
    """A client signed in as someone who holds nothing but that role in that municipality."""
    person = Person(
        full_name=f"Persona {role.name}",
        cedula=cedula(serial),
        phone=f"+593970{serial:06d}",
        email=f"persona{serial}@ejemplo.test",
    )
    client = Client(REMOTE_ADDR="198.51.100.20", raise_request_exception=False)
    user: User = appoint(person, role.code, Municipality.objects.get(slug=town))
    client.force_login(user)
    return client


def visits() -> Iterator[tuple[Row, str, bool]]:
    """Each route's row, the place to ask for, and whether by an official of that place."""
    for row in ROWS:
        for place in row.expected:
            yield row, place, place != "celica"
            if place == "mejia":
                yield row, place, False


def forms(row: Row, place: str) -> Iterator[str]:
    """The example address, then its further forms."""
    address = row.example(place)
    path, _, query = address.partition("?")
    yield address
    for extra in row.queries:
        yield f"{path}?{extra}" if "request=" in extra else f"{path}?{query}&{extra}"


def told_by(answer: HttpResponseBase) -> str:
    body = b"".join(answer) if answer.streaming else answer.content
    return body.decode(errors="replace") + str(answer.headers)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.route)
def test_every_row_says_what_opens_it(row):
    for expected in row.expected.values():
        if row.capability == {"public"}:
            assert len(set(expected.values())) == 1
        elif row.capability == {"signed-in"}:
            assert len({status for who, status in expected.items() if who != "anonymous"}) == 1
        elif row.capability == {"second-factor"}:
            without = expected.keys() - {"anonymous", "administrator"}
            assert len({expected[who] for who in without}) == 1
        else:
            assert row.capability
            assert row.capability <= capabilities().keys()
            assert all(len(found) == 1 for found in statuses(row).values())


@pytest.mark.parametrize("code", ROLES)
def test_a_role_gets_what_its_capabilities_say(code, walked_town):
    role = ROLES[code]
    assert Role.objects.get(code=code).capabilities == list(role.capabilities)
    hidden_at_home, hidden_elsewhere = hidden_from(role), secrets()
    mine, theirs = official(role, "mejia", 4_000_001), official(role, "celica", 4_000_002)
    wrong: dict[tuple[str, str, bool], tuple[int, int]] = {}
    leaks: list[tuple[str, bool, str]] = []
    for row, place, is_own in visits():
        RateBucket.objects.all().delete()  # a refusal would hide what the address tells
        client = theirs if place == "mejia" and not is_own else mine
        hidden = hidden_at_home if place == "mejia" and is_own else hidden_elsewhere
        for number, address in enumerate(forms(row, place)):
            answer = client.get(address)
            expected = expected_status(row, role, place=place, is_own=is_own)
            if number == 0 and answer.status_code != expected:
                wrong[row.route, place, is_own] = (answer.status_code, expected)
            told = told_by(answer)
            leaks += [
                (address, is_own, secret)
                for secret in hidden
                if secret in told and not address.endswith(f"q={secret}")
            ]
    assert wrong == {}
    assert leaks == []
