"""What the door refuses and how it says so. Nothing here may be answered with 200, 404 or 500 unless it says so."""

import numpy as np
import pytest
from lxml import etree

from layers.wms.picture import MAX_AREA_PX
from tests.layers.wms.requests import get_info, get_map, pixels

pytestmark = pytest.mark.usefixtures("published_town")
OGC = "{http://www.opengis.net/ogc}"


def refusal(response, *, status=400):
    """Code and message of the ServiceException of version 1.3.0."""
    assert response.status_code == status, response.content[:300]
    assert response["Cache-Control"] == "no-store"
    root = etree.fromstring(response.content)
    assert (root.tag, root.get("version")) == (f"{OGC}ServiceExceptionReport", "1.3.0")
    (said,) = root
    assert said.tag == f"{OGC}ServiceException"
    return said.get("code"), said.text


REFUSED = [
    ({"BBOX": "nan,0,1,1"}, "InvalidParameterValue"),
    ({"BBOX": "0,0,inf,1"}, "InvalidParameterValue"),
    ({"BBOX": "0,0,1e308,1"}, "InvalidParameterValue"),
    ({"BBOX": "0,0,1_000,1"}, "InvalidParameterValue"),
    ({"BBOX": "0,0,１,1"}, "InvalidParameterValue"),
    ({"BBOX": "0,0,1"}, "InvalidParameterValue"),
    ({"BBOX": "1,0,0,1"}, "InvalidParameterValue"),
    ({"BBOX": "0,0,0,0"}, "InvalidParameterValue"),
    ({"BBOX": "0," * 400 + "0"}, "InvalidParameterValue"),
    ({"BBOX": None}, "MissingParameterValue"),
    ({"WIDTH": 0}, "InvalidParameterValue"),
    ({"WIDTH": -1}, "InvalidParameterValue"),
    ({"WIDTH": "1e3"}, "InvalidParameterValue"),
    ({"WIDTH": 4097, "HEIGHT": 1}, "InvalidParameterValue"),
    ({"WIDTH": 4096, "HEIGHT": 4096}, "InvalidParameterValue"),
    ({"HEIGHT": 10**30}, "InvalidParameterValue"),
    ({"LAYERS": ""}, "MissingParameterValue"),
    ({"LAYERS": "owners"}, "LayerNotDefined"),
    ({"LAYERS": "parcels,"}, "LayerNotDefined"),
    ({"LAYERS": "nowhere:parcels"}, "LayerNotDefined"),
    ({"LAYERS": "parcels'; DROP TABLE x; --"}, "LayerNotDefined"),
    ({"LAYERS": ",".join(["parcels"] * 11)}, "InvalidParameterValue"),
    ({"LAYERS": "parcels\0"}, "InvalidParameterValue"),
    ({"STYLES": "pretty"}, "StyleNotDefined"),
    ({"STYLES": "plain,plain"}, "StyleNotDefined"),
    ({"CRS": "EPSG:2163"}, "InvalidCRS"),
    ({"CRS": "PROJ4:+proj=utm"}, "InvalidCRS"),
    ({"CRS": None, "SRS": "EPSG:32717"}, "MissingParameterValue"),
    ({"FORMAT": "image/svg+xml"}, "InvalidFormat"),
    ({"TRANSPARENT": "perhaps"}, "InvalidParameterValue"),
    ({"BGCOLOR": "url(http://x)"}, "InvalidParameterValue"),
    ({"TIME": "2024-02-30"}, "InvalidDimensionValue"),
    ({"TIME": "2024-01-01/2024-12-31"}, "InvalidDimensionValue"),
    ({"TIME": "2024-01-01' OR 'a'='a"}, "InvalidDimensionValue"),
    ({"DPI": "1e9"}, "InvalidParameterValue"),
    ({"SLD": "http://127.0.0.1/x.sld"}, "OperationNotSupported"),
    ({"SLD_BODY": "<StyledLayerDescriptor/>"}, "OperationNotSupported"),
    ({"VERSION": None}, "MissingParameterValue"),
    ({"VERSION": "1.2.0"}, "InvalidParameterValue"),
    ({"SERVICE": "WFS"}, "InvalidParameterValue"),
    ({"REQUEST": "PutStyles"}, "OperationNotSupported"),
    ({"REQUEST": None}, "MissingParameterValue"),
]


@pytest.mark.parametrize(("changes", "code"), REFUSED, ids=lambda value: str(value)[:60])
def test_getmap_refuses(client, changes, code):
    said, message = refusal(client.get(f"/wms?{get_map(**changes)}"))
    assert said == code
    assert message


def test_the_largest_area_is_within_the_limit_for_a_side():
    assert 2048 * 2048 <= MAX_AREA_PX < 4096 * 4096


@pytest.mark.parametrize("again", ["LAYERS=roads", "layers=parcels", "LaYeRs=", "bbox=0,0,1,1"])
def test_a_repeated_parameter_is_refused_in_any_case_of_letters(client, again):
    code, _ = refusal(client.get(f"/wms?{get_map()}&{again}"))
    assert code == "InvalidParameterValue"


def test_names_of_parameters_come_in_any_case(client):
    query = get_map(LAYERS="nothing").replace("LAYERS=", "lAyErS=").replace("CRS=", "crs=")
    assert refusal(client.get(f"/wms?{query}"))[0] == "LayerNotDefined"


def test_broken_utf_8_is_refused(client):
    assert refusal(client.get(f"/wms?{get_map()}&x=%ff%fe"))[0] == "InvalidParameterValue"


def test_what_the_client_wrote_comes_back_as_text_only(client):
    response = client.get(f"/wms?{get_map(LAYERS='<script>alert(1)</script>&amp;')}")
    assert b"<script>" not in response.content
    assert "<script>" in refusal(response)[1]


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"I": 320}, "InvalidPoint"),
        ({"J": -1}, "InvalidPoint"),
        ({"I": "x"}, "InvalidPoint"),
        ({"I": "9" * 40}, "InvalidPoint"),
        ({"QUERY_LAYERS": "roads"}, "LayerNotQueryable"),
        ({"QUERY_LAYERS": "owners"}, "LayerNotDefined"),
        ({"INFO_FORMAT": "text/javascript"}, "InvalidFormat"),
        ({"FEATURE_COUNT": 0}, "InvalidParameterValue"),
    ],
)
def test_getfeatureinfo_refuses(client, changes, code):
    assert refusal(client.get(f"/wms?{get_info(**changes)}"))[0] == code


def test_version_1_1_1_is_answered_in_its_own_form(client):
    query = get_map(VERSION="1.1.1", CRS=None, SRS="EPSG:1")
    response = client.get(f"/wms?{query}")
    assert response.status_code == 400
    assert response["Content-Type"].startswith("application/vnd.ogc.se_xml")
    root = etree.fromstring(response.content)
    assert (root.tag, root.get("version"), root[0].get("code")) == (
        "ServiceExceptionReport",
        "1.1.1",
        "InvalidSRS",
    )


def test_only_get_is_served(client):
    response = client.post("/wms", b"<GetMap/>", content_type="text/xml")
    assert response["Allow"] == "GET, HEAD, OPTIONS"
    assert refusal(response, status=405)[0] == "OperationNotSupported"


def test_no_service_at_an_unknown_municipality(client):
    assert client.get(f"/nowhere/wms?{get_map()}").status_code == 404


@pytest.mark.usefixtures("maps")
def test_an_exception_may_be_a_picture(client):
    blank = pixels(client.get(f"/wms?{get_map(LAYERS='x', EXCEPTIONS='BLANK')}"))
    written = pixels(client.get(f"/wms?{get_map(LAYERS='x', EXCEPTIONS='INIMAGE')}"))
    assert blank.shape == written.shape == (160, 320, 4)
    assert (blank == 255).all()
    assert np.count_nonzero((written != 255).any(axis=2)) > 200
    clear = get_map(LAYERS="x", EXCEPTIONS="BLANK", TRANSPARENT="TRUE")
    assert (pixels(client.get(f"/wms?{clear}"))[:, :, 3] == 0).all()


def test_without_a_size_the_exception_is_xml_after_all(client):
    response = client.get(f"/wms?{get_map(WIDTH=None, EXCEPTIONS='INIMAGE')}")
    assert refusal(response)[0] == "MissingParameterValue"
