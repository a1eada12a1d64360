"""A client that nobody here wrote, over HTTP."""

import io

import pytest
from owslib.util import ServiceException
from owslib.wms import WebMapService
from PIL import Image

from tests.layers.wms.requests import TOWN
from tests.servers import serving


@pytest.fixture(scope="module")
def address(published_town_name, tmp_path_factory):
    with serving(published_town_name, tmp_path_factory.mktemp("wms") / "server.log") as found:
        yield found


@pytest.mark.parametrize("version", ["1.1.1", "1.3.0"])
def test_owslib_reads_draws_and_asks(address, version):
    service = WebMapService(f"{address}/mejia/wms", version=version)
    assert service.identification.title == "Mapas catastrales de Mejía"
    assert {"EPSG:32717", "EPSG:4326", "EPSG:3857"} <= set(service["parcels"].crsOptions)
    west, south, east, north = service["parcels"].boundingBoxWGS84
    assert -79 < west < east < -78
    assert -1 < south < north < 0
    assert set(service["parcels"].styles) == {"default", "outline", "plain"}

    place = {"layers": ["parcels"], "srs": "EPSG:32717", "bbox": TOWN, "size": (320, 160)}
    answer = service.getmap(styles=["plain"], format="image/png", **place)
    with Image.open(io.BytesIO(answer.read())) as image:
        assert image.convert("RGB").getpixel((80, 100)) == (250, 243, 224)

    degrees = service.getmap(
        layers=["parcels"],
        styles=["plain"],
        srs="EPSG:4326",
        bbox=(west, south, east, north),
        size=(100, 100),
        format="image/png",
    )
    with Image.open(io.BytesIO(degrees.read())) as image:
        assert (250, 243, 224) in {color for _, color in image.convert("RGB").getcolors(10_000)}

    told = service.getfeatureinfo(
        query_layers=["parcels"], info_format="text/plain", xy=(80, 100), **place
    )
    assert "Clave catastral" in told.read().decode()


def test_owslib_understands_a_refusal(address):
    service = WebMapService(f"{address}/mejia/wms", version="1.3.0")
    with pytest.raises(ServiceException, match="owners"):
        service.getmap(
            layers=["owners"],
            srs="EPSG:32717",
            bbox=TOWN,
            size=(10, 10),
            format="image/png",
        )
