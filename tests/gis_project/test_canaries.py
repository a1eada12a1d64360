"""Private fields reach nobody who may not see them: in no route, format, header or log line."""

import io
import logging
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest
from django.test import Client

from cadastre.models import PartyIdentity
from gis_project.territory.log_format import json_formatter
from gis_project.territory.models import RateBucket
from gis_project.territory.roles import shipped_roles
from tests.gis_project.canary_town import secrets
from tests.gis_project.officials import audiences_at_home, hidden_from, official
from tests.gis_project.routes import table

pytestmark = pytest.mark.long

SIGNED_IN = ["citizen", "neighbour", "administrator"]
ACCEPTED = [
    "text/html",
    "application/json",
    "application/geo+json",
    "text/csv",
    "application/gml+xml",
    "*/*",
]
FORMATS = ["", "f=json", "f=html", "f=geojson", "f=csv", "format=json"]
# One shipped role for every different set of audiences that roles make: the matrix of fields treats
# two roles of the same set alike. What each lacks, it must not meet in any form, at home.
ROLES = {
    (audiences_at_home(role), "view_tax" in role.capabilities): role for role in shipped_roles()
}


@contextmanager
def log_lines() -> Iterator[io.StringIO]:
    """All that the process writes to its log meanwhile, as it is written in production."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(json_formatter())
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    try:
        yield stream
    finally:
        root.removeHandler(handler)
        root.setLevel(before)


def requests(places: Collection[str]) -> Iterator[tuple[str, str, str]]:
    """Every GET address of those places: path, query, accepted type; each form once, the plain one first."""
    for row in table():
        for place in row.expected.keys() & places:
            path, _, query = row.example(place).partition("?")
            yield path, query, "*/*"
            for extra in sorted({*FORMATS, *row.queries} - {""}):
                whole = extra if "request=" in extra else "&".join(filter(None, [query, extra]))
                yield path, whole, "*/*"
            for accept in ACCEPTED:
                yield path, query, accept


def in_turn(asked: Iterable[tuple[str, str, str]], turn: int) -> Iterator[tuple[str, str, str]]:
    """Each address plainly, and one in four of its further forms: another one for each turn.

    What a person may see is decided before it takes a form: no form is left to nobody, and every person
    in every form is behind `slow`.
    """
    before = ""
    for number, (path, query, accept) in enumerate(asked):
        if path != before or (number + turn) % 4 == 0:
            yield path, query, accept
        before = path


def leaks(client: Client, hidden: list[str], asked: Iterable[tuple[str, str, str]]) -> list[str]:
    """What the answers and the log told of `hidden`; a search for the secret itself may repeat it."""
    found = []
    with log_lines() as log:
        for number, (path, query, accept) in enumerate(asked):
            if number % 40 == 0:
                RateBucket.objects.all().delete()  # a refusal would hide what the address tells
            answer = client.get(
                f"{path}?{query}",
                headers={"Accept": accept},
                REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}",
            )
            body = b"".join(answer) if answer.streaming else answer.content
            told = body.decode(errors="replace") + str(answer.headers)
            typed = query.removeprefix("q=").lower()
            found += [
                f"{secret} in {path}?{query} as {accept}"
                for secret in hidden
                if secret in told and secret.lower() != typed
            ]
    written = log.getvalue()
    assert '"route"' in written
    return found + [f"{secret} in the log" for secret in hidden if secret in written]


def asked_by(audience: str) -> Iterator[tuple[str, str, str]]:
    """What a stranger asks for: everything that is not of an own office."""
    own = ("/celica/", "/account/celica/", "/api/celica/") if audience == "neighbour" else ()
    every = requests({"any", "mejia", "celica"})
    return (one for one in every if not own or not one[0].startswith(own))


def test_strangers_meet_no_secret(visitor):
    hidden = secrets()
    assert len(hidden) >= 24
    assert leaks(visitor("anonymous"), hidden, asked_by("anonymous")) == []


@pytest.mark.parametrize("audience", SIGNED_IN)
def test_strangers_who_signed_in_meet_no_secret(audience, visitor):
    asked = in_turn(asked_by(audience), SIGNED_IN.index(audience))
    assert leaks(visitor(audience), secrets(), asked) == []


@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_officials_meet_no_secret_beyond_their_office(role, walked_town):
    client = official(role, "mejia", 4_000_001)
    asked = in_turn(requests({"mejia"}), list(ROLES.values()).index(role))
    assert leaks(client, hidden_from(role), asked) == []


@pytest.mark.slow
@pytest.mark.parametrize("audience", SIGNED_IN)
def test_strangers_in_every_form(audience, visitor):
    assert leaks(visitor(audience), secrets(), asked_by(audience)) == []


@pytest.mark.slow
@pytest.mark.parametrize("role", ROLES.values(), ids=lambda role: role.code)
def test_officials_in_every_form(role, walked_town):
    client = official(role, "mejia", 4_000_001)
    assert leaks(client, hidden_from(role), requests({"mejia"})) == []


def test_what_people_search_for_is_in_no_log(visitor):
    client = visitor("technician")
    words = [identity.id_number for identity in PartyIdentity.objects.all()]
    words += ["quishpe toapanta", "CANARIO1NOMBRE"]
    with log_lines() as log:
        for word in words:
            client.get(f"/mejia/?{urlencode({'q': word})}")
            client.get(f"/mejia/p/{word}")
            client.post("/mejia/workbench/", {"text": word, "purpose": "Trámite 12"})
    for word in words:
        assert word not in log.getvalue()


def test_the_auditor_sees_names_and_no_whole_cedula(visitor):
    page = visitor("auditor").get("/mejia/p/170350010200300100000000").content.decode()
    names = [row.full_name for row in PartyIdentity.objects.all() if row.full_name in page]
    assert names
    for identity in PartyIdentity.objects.all():
        assert identity.id_number not in page
        assert identity.phone not in page
        assert identity.postal_address not in page
