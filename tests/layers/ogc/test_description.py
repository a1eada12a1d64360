"""The OpenAPI description tells the truth about the doors."""

import pytest

from layers.catalogue import LAYERS
from layers.ogc.items_request import known_parameters

pytestmark = pytest.mark.usefixtures("published_town")


@pytest.fixture
def document(client):
    response = client.get("/ogc/api")
    assert response["Content-Type"] == "application/vnd.oai.openapi+json;version=3.0"
    return response.json()


def resolved(document, entry):
    if "$ref" not in entry:
        return entry
    found = document
    for step in entry["$ref"].removeprefix("#/").split("/"):
        found = found[step]
    return found


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_it_lists_each_parameter_that_items_take(document, layer):
    operation = document["paths"][f"/collections/{layer.name}/items"]["get"]
    listed = {resolved(document, entry)["name"] for entry in operation["parameters"]}
    assert listed == known_parameters(layer)


def test_every_reference_leads_somewhere(document):
    def walk(node):
        if isinstance(node, dict):
            if "$ref" in node:
                assert resolved(document, node)
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(document)


def test_every_described_path_without_variables_answers(client, document):
    for path in document["paths"]:
        if "{" not in path:
            assert client.get(f"/ogc{path}").status_code == 200, path


def test_operation_names_are_unique(document):
    names = [methods["get"]["operationId"] for methods in document["paths"].values()]
    assert len(names) == len(set(names))


def test_no_field_has_the_name_of_a_parameter_of_the_standard():
    for layer in LAYERS:
        for field in layer.field_names:
            assert field not in {
                "f",
                "limit",
                "bbox",
                "bbox-crs",
                "crs",
                "datetime",
                "cursor",
                "filter",
                "sortby",
            }
