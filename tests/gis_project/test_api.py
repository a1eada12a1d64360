"""What holds for every operation of the business API, also for those yet to come."""

from collections.abc import Iterator

import pytest
from ninja.operation import Operation

from gis_project.api import api

# Written without a session on purpose: machines that sign their requests. Nobody yet.
# A collecting bank signs its message: who writes is asked of the signature.
WITHOUT_SESSION = {"POST /{municipality}/bank/{desk}/payments"}


def operations() -> Iterator[tuple[str, Operation]]:
    for bound in api._get_bound_routers():
        for path, view in bound.path_operations.items():
            for operation in view.operations:
                yield f"{'/'.join(operation.methods)} {bound.prefix}{path}", operation


def test_the_api_has_operations():
    assert list(operations())


def test_every_write_asks_who_writes():
    open_writes = {
        name
        for name, operation in operations()
        if set(operation.methods) - {"GET", "HEAD"} and not operation.auth_callbacks
    }
    assert open_writes == WITHOUT_SESSION


def test_every_body_refuses_unknown_members():
    for name, operation in operations():
        for model in operation.models:
            if model.__ninja_param_source__ in {"body", "form"}:
                for field in model.model_fields.values():
                    config = getattr(field.annotation, "model_config", {})
                    assert config.get("extra") == "forbid", name


@pytest.mark.django_db
def test_an_unknown_query_name_is_refused_and_the_known_ones_are_told(client):
    answer = client.get("/api/mejia/parcels/1?colour=red")
    assert answer.status_code == 400
    told = answer.json()
    assert told["code"] == "unknown_parameter"
    assert "on" in told["details"]["known"]


@pytest.mark.django_db
def test_a_value_that_does_not_parse_is_400_and_is_not_repeated(client):
    answer = client.get("/api/mejia/parcels/1?on=CANARIO-7")
    assert answer.status_code == 400
    assert answer["Content-Type"].startswith("application/problem+json")
    assert "CANARIO-7" not in answer.content.decode()


@pytest.mark.django_db
def test_the_documents_are_served_under_the_policy(client):
    assert client.get("/api/openapi.json").json()["openapi"].startswith("3.")
    page = client.get("/api/docs").content.decode()
    assert "/api/{municipality}/parcels/{key}" in page
    assert "<script src" not in page.replace('<script type="module" src="/static/', "")
