"""Private fields reach nobody who may not see them: in no route, format, header or log line."""

import io
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlencode

import pytest

from cadastre.models import PartyIdentity
from gis_project.territory.log_format import json_formatter
from gis_project.territory.models import RateBucket
from tests.gis_project.canary_town import secrets
from tests.gis_project.routes import table

STRANGERS = ["anonymous", "citizen", "neighbour", "administrator"]
ACCEPTED = [
    "text/html",
    "application/json",
    "application/geo+json",
    "text/csv",
    "application/gml+xml",
    "*/*",
]
FORMATS = ["", "f=json", "f=html", "f=geojson", "f=csv", "format=json"]


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


def requests() -> Iterator[tuple[str, str, str]]:
    """Every GET address of both municipalities: path, query, accepted type; each form once."""
    for row in table():
        for place in row.expected:
            path, _, query = row.example(place).partition("?")
            for extra in {*FORMATS, *row.queries}:
                whole = extra if "request=" in extra else "&".join(filter(None, [query, extra]))
                yield path, whole, "*/*"
            for accept in ACCEPTED:
                yield path, query, accept


@pytest.mark.parametrize("audience", STRANGERS)
def test_strangers_meet_no_secret(audience, visitor):
    hidden = secrets()
    assert len(hidden) >= 24
    client = visitor(audience)
    with log_lines() as log:
        for number, (path, query, accept) in enumerate(requests()):
            if audience == "neighbour" and path.startswith(
                ("/celica/", "/account/celica/", "/api/celica/")
            ):
                continue  # his own municipality
            if number % 40 == 0:
                RateBucket.objects.all().delete()  # a refusal would hide what the address tells
            answer = client.get(
                f"{path}?{query}",
                headers={"Accept": accept},
                REMOTE_ADDR=f"198.51.{number // 250}.{number % 250 + 1}",
            )
            body = b"".join(answer) if answer.streaming else answer.content
            told = body.decode(errors="replace") + str(answer.headers)
            asked = query.removeprefix("q=").lower()
            for secret in hidden:
                assert secret.lower() == asked or secret not in told, (path, query, accept)
    told = log.getvalue()
    assert '"route"' in told
    for secret in hidden:
        assert secret not in told


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
