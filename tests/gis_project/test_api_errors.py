"""One table from domain error to answer."""

import importlib
import pkgutil
from pathlib import Path

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

import cadastre
import gis_project
import layers
import water_basins
from gis_project import api_errors
from gis_project.core import errors
from gis_project.core.errors import DomainError
from gis_project.territory.policy import MfaRequired
from gis_project.territory.rate_limit import TooManyRequests

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "errors.md"
INTRODUCTION = """# Errors

Every refusal has a stable `code`. API answers carry it in an `application/problem+json` body with
`status`, `detail` (Spanish, what to do), `details` (the facts, never personal data) and `instance`
(the request's id, to be told to support). Validation of a request's form adds no code of its own:
400 `bad_request` for syntax, limits and unknown names, 422 `invalid_input` for what a rule refuses.
Besides these, `not_signed_in` is 401, `csrf_failed` 403 and `internal` 500.

| code | status | what happened and what to do |
|---|---|---|"""

# Needs an app that only an installation with a directory has.
SKIPPED = ("directory_adapter",)


def all_errors() -> set[type[DomainError]]:
    for package in (gis_project, cadastre, water_basins, layers):
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            if not module.name.endswith(SKIPPED) and ".migrations" not in module.name:
                importlib.import_module(module.name)
    found: set[type[DomainError]] = set()
    waiting = [DomainError]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            if kind not in found and not kind.__module__.startswith("tests"):
                found.add(kind)
                waiting.append(kind)
    return found


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (errors.BadRequest, 400),
        (errors.NotAllowed, 403),
        (errors.NotFound, 404),
        (errors.Conflict, 409),
        (errors.InvalidInput, 422),
        (errors.DomainError, 500),
        (TooManyRequests, 429),
        (MfaRequired, 403),
    ],
)
def test_status_table(kind, status):
    assert api_errors.status_of(kind) == status


def test_codes_are_unique():
    kinds = sorted(all_errors(), key=lambda kind: kind.__qualname__)
    codes = [kind.code for kind in kinds if "code" in vars(kind)]
    assert sorted(set(codes)) == sorted(codes)


def test_every_error_has_a_code_of_its_own_and_says_what_to_do():
    for kind in all_errors():
        assert "code" in vars(kind), kind
        assert kind.__doc__, kind


def test_the_reference_lists_every_code(request):
    """`pytest tests/gis_project/test_api_errors.py --accept` writes the page anew."""
    rows = [
        f"| `{kind.code}` | {api_errors.status_of(kind)} | {' '.join(kind.__doc__.split())} |"
        for kind in sorted(all_errors(), key=lambda kind: kind.code)
    ]
    text = "\n".join([INTRODUCTION, *rows, ""])
    if request.config.getoption("--accept"):
        REFERENCE.parent.mkdir(parents=True, exist_ok=True)
        REFERENCE.write_text(text, encoding="utf-8")
    assert REFERENCE.read_text(encoding="utf-8") == text


def test_a_machine_gets_problem_json(rf: RequestFactory):
    request = rf.get("/api/x")
    answer = api_errors.answer(request, TooManyRequests("Espere.", details={"retry_after_s": 7}))
    assert answer.status_code == 429
    assert answer["Retry-After"] == "7"
    assert answer["Content-Type"] == "application/problem+json; charset=utf-8"


@pytest.mark.parametrize(
    ("path", "accept", "machine"),
    [
        ("/api/x", "text/html", True),
        ("/mejia/ogc/collections", "text/html", True),
        ("/mejia/", "text/html,application/xhtml+xml", False),
        ("/mejia/", "application/json", True),
        ("/mejia/", "*/*", False),
        ("/", "", False),
    ],
)
def test_who_asks(rf: RequestFactory, path, accept, machine):
    assert api_errors.wants_problem(rf.get(path, headers={"Accept": accept})) is machine


@pytest.mark.django_db
def test_an_unknown_address_of_the_api_is_a_problem_too(client):
    answer = client.get("/api/no-such-thing")
    assert answer.status_code == 404
    assert answer["Content-Type"].startswith("application/problem+json")


def test_an_anonymous_person_is_led_to_the_sign_in(rf: RequestFactory):
    from django.contrib.auth.models import AnonymousUser

    request = rf.get("/mejia/workbench/?a=1")
    request.user = AnonymousUser()
    answer: HttpResponse = api_errors.answer(request, errors.NotAllowed("x"))
    assert answer.status_code == 302
    assert answer["Location"] == "/account/login/?next=/mejia/workbench/%3Fa%3D1"
