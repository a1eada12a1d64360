"""Every route × shipped role × own or other municipality: what the role's capabilities say, no more."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.http import HttpResponseBase

from gis_project.territory.models import Membership, RateBucket, Role
from gis_project.territory.roles import ShippedRole, capabilities, shipped_roles
from tests.gis_project.canary_town import secrets
from tests.gis_project.officials import audiences_at_home, hidden_from, officer, official
from tests.gis_project.routes import Row, table
from tests.staff import SINCE

pytestmark = pytest.mark.long

ROWS = table()
A_YEAR = timedelta(days=365)
ROLES = {role.code: role for role in shipped_roles()}
# One role of each kind: kinds differ in what opens an address, in what is shown, or in the second factor.
OPENING = frozenset().union(*(row.capability for row in ROWS))
KINDS = {
    (audiences_at_home(role), OPENING & set(role.capabilities), role.requires_mfa): code
    for code, role in ROLES.items()
}
WITHOUT_CAPABILITY = ("public", "signed-in", "second-factor")
# The audiences of the table that hold a role: which one, and where.
AUDIENCE_OFFICES = {
    "technician": ("cadastre_technician", "mejia"),
    "neighbour": ("cadastre_technician", "celica"),
    "administrator": ("municipal_administrator", "mejia"),
    "auditor": ("auditor", "mejia"),
}


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
    # Once a kind: the further forms, and the other municipality. Which of two like roles asks cannot matter there.
    is_first = code in KINDS.values()
    for row, place, is_own in visits():
        if not (is_own or is_first):
            continue
        RateBucket.objects.all().delete()  # a refusal would hide what the address tells
        client = theirs if place == "mejia" and not is_own else mine
        hidden = hidden_at_home if place == "mejia" and is_own else hidden_elsewhere
        for number, address in enumerate(forms(row, place) if is_first else [row.example(place)]):
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


# Whom an organisation makes an official is decided before the route is: a few kinds, and all behind slow.
@pytest.mark.parametrize(
    "code",
    [
        pytest.param(code, marks=[pytest.mark.slow] if number % 4 else [])
        for number, code in enumerate(KINDS.values())
    ],
)
def test_a_role_through_an_organisation_gets_the_same_where_it_acts(code, walked_town):
    """A board's officer has no office in the municipality: the organisation acts there, or does not."""
    role = ROLES[code]
    hidden_at_home, hidden_elsewhere = hidden_from(role), secrets()
    client = officer(role, ["mejia"], 4_000_003)
    wrong: dict[tuple[str, str], tuple[int, int]] = {}
    leaks: list[tuple[str, str]] = []
    for row in ROWS:
        for place in row.expected:
            RateBucket.objects.all().delete()
            answer = client.get(row.example(place))
            expected = expected_status(row, role, place=place, is_own=place != "celica")
            if answer.status_code != expected:
                wrong[row.route, place] = (answer.status_code, expected)
            told = told_by(answer)
            hidden = hidden_at_home if place == "mejia" else hidden_elsewhere
            leaks += [(row.route, secret) for secret in hidden if secret in told]
    assert wrong == {}
    assert leaks == []


def test_an_organisation_across_cantons_is_at_home_in_both(walked_town):
    role = ROLES["cadastre_technician"]
    client = officer(role, ["mejia", "celica"], 4_000_004)
    for row in ROWS:
        if row.capability & set(role.capabilities):
            assert {client.get(row.example(place)).status_code for place in row.expected} == {200}


def test_an_appointment_through_an_organisation_that_ended_opens_nothing(walked_town):
    role = ROLES["cadastre_technician"]
    client = officer(role, ["mejia"], 4_000_005)
    assert client.get("/mejia/workbench/").status_code == 200
    Membership.objects.filter(organisation__isnull=False).update(valid=(SINCE, SINCE + A_YEAR))
    assert client.get("/mejia/workbench/").status_code == 404
