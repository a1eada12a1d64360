"""docs/reference/layers.md lists every layer with its fields and zoom."""

import pytest

from layers.catalogue import LAYERS
from tests.databases import ROOT

PAGE = (ROOT / "docs" / "reference" / "layers.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("layer", LAYERS, ids=lambda layer: layer.name)
def test_the_page_tells_of_the_layer_as_the_catalogue_does(layer):
    fields = ", ".join(layer.field_names)
    assert f"| `{layer.name}` | {layer.geometry_type} | {fields} | {layer.min_zoom} |" in PAGE
