"""The description of the API is true: its examples fit, and no generated request gives a 5xx."""

import json
from collections.abc import Iterator
from urllib.parse import quote

import jsonschema_rs
import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import Client, override_settings
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from gis_project.wsgi import application
from tests.browser.town import KEY

pytestmark = pytest.mark.long

OPERATIONS = ("parcel", "quote", "title_explanation")
CHECKS = (
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
)
NASTY = (
    "' OR 1=1 --",
    "x'); SELECT pg_sleep(5); --",
    "\x00",
    "\ud7ff",
    "%00",
    "%s%s%d",
    "{0}",
    "../../etc/passwd",
    "0001-01-01T00:00:00Z",
    "9" * 5000,
    "(" * 2000,
    "١٧٠٣",
    "1e400",
    "ａ",
)


@pytest.fixture
def described(walked_town) -> dict:
    return json.loads(Client().get("/api/openapi.json").content)


@pytest.fixture
def one_transaction(walked_town) -> Iterator[None]:
    """The WSGI application leaves the test's own connection open, as Django's test client does."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


def operations(described: dict):
    return {
        operation["operationId"]: operation
        for methods in described["paths"].values()
        for operation in methods.values()
    }


@pytest.mark.parametrize("name", OPERATIONS)
def test_examples_fit_their_schemas(described, name):
    answers = operations(described)[name]["responses"]
    of_known = {"403", "422"} if name == "parcel" else set()
    assert set(answers) == {"200", "400", "404", "429"} | of_known
    for answer in answers.values():
        (content,) = answer["content"].values()
        schema = content["schema"] | {"components": described["components"]}
        jsonschema_rs.validate(schema, content["example"])


@pytest.mark.parametrize("name", OPERATIONS)
def test_operations_and_parameters_are_described_in_spanish(described, name):
    operation = operations(described)[name]
    assert operation["summary"]
    assert operation["description"]
    assert all(parameter["description"] for parameter in operation["parameters"])


@pytest.mark.parametrize("mode", GenerationMode)
@pytest.mark.parametrize("name", OPERATIONS)
def test_generated_requests_meet_no_fault_and_the_description_holds(name, mode, one_transaction):
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", application)
    (operation,) = schema.include(operation_id=name).get_all_operations()
    asked = []

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.ok().as_strategy(generation_mode=mode))
    def ask(case):
        asked.append(case)
        if len(asked) % 2:  # else nearly all would end at the municipality
            case.path_parameters["municipality"] = "mejia"
        place = f"198.51.{len(asked) % 200}.7"
        case.call_and_validate(headers={"X-Forwarded-For": place}, checks=CHECKS)

    with override_settings(BEHIND_PROXY=True):
        ask()
    assert asked


@pytest.mark.parametrize("text", NASTY)
def test_nasty_words_anywhere_are_refused_or_not_found(text, walked_town):
    client = Client(REMOTE_ADDR="198.51.100.20")
    for address in (
        f"/api/{quote(text)}/parcels/{KEY}",
        f"/api/mejia/parcels/{quote(text)}",
        f"/api/mejia/parcels/{KEY}?on={quote(text)}",
        f"/api/mejia/quotes?key={quote(text)}",
        f"/api/mejia/quotes?title={quote(text)}",
        f"/api/mejia/quotes?number={quote(text)}",
        f"/api/mejia/titles/{quote(text)}/explanation",
    ):
        assert client.get(address).status_code in {400, 404}, address
