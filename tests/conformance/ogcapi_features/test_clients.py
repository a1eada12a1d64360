"""Clients that nobody here wrote, against a server process: GDAL, OWSLib."""

from collections.abc import Iterator

import pyogrio
import pytest
import shapely
from owslib.ogcapi.features import Features

from tests.servers import serving


@pytest.fixture(scope="session")
def server(published_town_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with serving(
        published_town_name, tmp_path_factory.mktemp("features") / "server.log"
    ) as address:
        yield address


def test_gdal_counts_and_reads_the_same_parcels(server):
    source = f"OAPIF:{server}/ogc"
    assert pyogrio.read_info(source, layer="parcels")["features"] == 13
    _, _, geometries, _ = pyogrio.raw.read(source, layer="parcels")
    assert len(geometries) == 13


def test_gdal_reads_all_pages(server):
    _, _, geometries, _ = pyogrio.raw.read(f"OAPIF:{server}/ogc", layer="parcels", PAGE_SIZE="2")
    assert len(geometries) == 13


@pytest.mark.parametrize(
    ("crs", "west", "south"),
    [("EPSG:32717", 774_000, 9_943_000), ("OGC:CRS84", -78.54, -0.515)],
)
def test_gdal_puts_the_axes_right(server, crs, west, south):
    source = f"OAPIF:{server}/mejia/ogc"
    _, _, geometries, _ = pyogrio.raw.read(source, layer="parcels", CRS=crs)
    left, bottom, _, _ = shapely.total_bounds(shapely.from_wkb(geometries))
    assert left == pytest.approx(west, abs=0.01)
    assert bottom == pytest.approx(south, abs=0.01)


def test_gdal_asks_for_a_box(server):
    found = pyogrio.read_info(f"OAPIF:{server}/mejia/ogc", layer="parcels")
    assert found["crs"] == "EPSG:32717"
    _, _, geometries, _ = pyogrio.raw.read(
        f"OAPIF:{server}/mejia/ogc", layer="parcels", bbox=(774_001, 9_943_001, 774_019, 9_943_019)
    )
    assert len(geometries) == 1


def test_owslib_walks_the_service(server):
    service = Features(f"{server}/ogc/")
    assert "parcels" in service.feature_collections()
    assert service.conformance()["conformsTo"]
    page = service.collection_items("parcels", limit=5)
    assert (page["numberMatched"], page["numberReturned"]) == (13, 5)
    assert service.collection_item("parcels", page["features"][0]["id"])["type"] == "Feature"
    assert "key" in service.collection_queryables("parcels")["properties"]
    assert service.api()["openapi"] == "3.0.3"
