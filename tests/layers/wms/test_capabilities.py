"""GetCapabilities: complete, in the order that the standards' schemas demand, and true."""

import pytest
from lxml import etree

from layers.catalogue import LAYERS

pytestmark = pytest.mark.usefixtures("published_town")
WMS = "{http://www.opengis.net/wms}"
XLINK = "{http://www.w3.org/1999/xlink}"

# Children of each element as the schema of 1.3.0 and the DTD of 1.1.1 order them.
SERVICE = (
    *("Name", "Title", "Abstract", "KeywordList", "OnlineResource", "ContactInformation"),
    *("Fees", "AccessConstraints", "LayerLimit", "MaxWidth", "MaxHeight"),
)
LAYER = {
    "1.3.0": (
        *("Name", "Title", "Abstract", "KeywordList", "CRS", "EX_GeographicBoundingBox"),
        *("BoundingBox", "Dimension", "Attribution", "Style", "MinScaleDenominator"),
        *("MaxScaleDenominator", "Layer"),
    ),
    "1.1.1": (
        *("Name", "Title", "Abstract", "KeywordList", "SRS", "LatLonBoundingBox"),
        *("BoundingBox", "Dimension", "Extent", "Attribution", "Style", "ScaleHint", "Layer"),
    ),
}
OTHERS = {
    "Capability": ("Request", "Exception", "Layer"),
    "Request": ("GetCapabilities", "GetMap", "GetFeatureInfo"),
    "Style": ("Name", "Title", "Abstract", "LegendURL"),
    "LegendURL": ("Format", "OnlineResource"),
    "ContactInformation": ("ContactPersonPrimary", "ContactPosition"),
    "ContactPersonPrimary": ("ContactPerson", "ContactOrganization"),
}


def capabilities(client, door="/wms", **parameters):
    response = client.get(door, {"SERVICE": "WMS", "REQUEST": "GetCapabilities", **parameters})
    assert response.status_code == 200, response.content
    root = etree.fromstring(response.content)
    for element in root.iter():
        element.tag = element.tag.removeprefix(WMS)
    return response, root


def layers_named(root):
    return {
        layer.findtext("Name"): layer
        for layer in root.iter("Layer")
        if layer.find("Name") is not None
    }


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        (None, "1.3.0"),
        ("", "1.3.0"),
        ("1.3.0", "1.3.0"),
        ("1.1.1", "1.1.1"),
        ("1.0.0", "1.1.1"),
        ("1.2.9", "1.1.1"),
        ("2.0.0", "1.3.0"),
        ("latest", "1.3.0"),
    ],
)
def test_versions_are_negotiated(client, asked, answered):
    parameters = {} if asked is None else {"VERSION": asked}
    response, root = capabilities(client, **parameters)
    assert root.get("version") == answered
    types = {"1.3.0": "text/xml", "1.1.1": "application/vnd.ogc.wms_xml"}
    assert response["Content-Type"] == f"{types[answered]}; charset=utf-8"


@pytest.mark.parametrize("version", ["1.1.1", "1.3.0"])
@pytest.mark.parametrize("door", ["/wms", "/mejia/wms"])
def test_elements_stand_in_the_order_of_the_schema(client, version, door):
    _, root = capabilities(client, door, VERSION=version)
    order = {"Service": SERVICE, "Layer": LAYER[version], **OTHERS}
    for element in root.iter():
        if element.tag in order:
            places = [order[element.tag].index(child.tag) for child in element]
            assert places == sorted(places), element.tag


def test_version_1_1_1_names_its_dtd(client):
    response, _ = capabilities(client, VERSION="1.1.1")
    head = response.content.split(b"<Service>")[0]
    assert b"<!DOCTYPE WMT_MS_Capabilities SYSTEM" in head


def test_a_municipality_offers_each_layer_once(client):
    _, root = capabilities(client, "/mejia/wms")
    assert list(layers_named(root)) == [layer.name for layer in LAYERS]
    assert (
        root.findtext("Service/ContactInformation//ContactOrganization") == "GAD Municipal de Mejía"
    )


def test_the_common_door_is_a_tree_of_municipalities(client):
    _, root = capabilities(client)
    titles = [group.findtext("Title") for group in root.findall("Capability/Layer/Layer")]
    assert titles == ["Todos los municipios", "Celica", "Mejía"]
    names = layers_named(root)
    assert len(names) == 3 * len(LAYERS)
    assert {"parcels", "mejia:parcels", "celica:roads"} <= set(names)


def test_boxes_hold_the_parcels_in_the_order_of_each_version(client):
    for version, name in (("1.3.0", "CRS"), ("1.1.1", "SRS")):
        _, root = capabilities(client, "/mejia/wms", VERSION=version)
        boxes = {
            box.get(name): [float(box.get(side)) for side in ("minx", "miny", "maxx", "maxy")]
            for box in root.find("Capability/Layer/Layer").iter("BoundingBox")
        }
        min_x, min_y, max_x, max_y = boxes["EPSG:32717"]
        assert min_x <= 774000 < 774100 <= max_x
        assert min_y <= 9943000 < 9943040 <= max_y
        first = boxes["EPSG:4326"][0]
        assert (-1 < first < 0) if version == "1.3.0" else (-79 < first < -78)


def test_layers_with_validity_say_so(client):
    _, root = capabilities(client, "/mejia/wms")
    layers = layers_named(root)
    assert layers["parcels"].find("Dimension").get("name") == "time"
    assert layers["parishes"].find("Dimension") is None


def test_styles_scales_and_legends(client):
    _, root = capabilities(client, "/mejia/wms")
    parcels = layers_named(root)["parcels"]
    assert [style.findtext("Name") for style in parcels.findall("Style")] == [
        "default",
        "outline",
        "plain",
    ]
    assert float(parcels.findtext("MaxScaleDenominator")) == 600_000
    address = parcels.find("Style/LegendURL/OnlineResource").get(f"{XLINK}href")
    assert address.startswith("http://testserver/mejia/wms?")
    assert "REQUEST=GetLegendGraphic" in address


def test_titles_in_english(client):
    response = client.get(
        "/mejia/wms?SERVICE=WMS&REQUEST=GetCapabilities", headers={"Accept-Language": "en"}
    )
    assert b"<Title>Parcels</Title>" in response.content


def test_a_bare_address_leads_here(client):
    response = client.get("/mejia/wms")
    assert response.status_code == 302
    assert response["Location"] == "/mejia/wms?SERVICE=WMS&REQUEST=GetCapabilities"
