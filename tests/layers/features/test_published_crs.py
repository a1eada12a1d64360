import pytest

from layers.features.published_crs import CRS84, PUBLISHED_CRS, CrsNotPublished, published_crs


@pytest.mark.parametrize("crs", PUBLISHED_CRS, ids=lambda crs: crs.uri.rsplit("/", 1)[-1])
def test_each_address_names_its_system(crs):
    assert published_crs(crs.uri) is crs


def test_the_authority_of_4326_says_latitude_first_and_crs84_does_not():
    assert published_crs("EPSG:4326").is_lat_lon
    assert not CRS84.is_lat_lon


@pytest.mark.parametrize(
    "name", ["", "EPSG:2154", "http://evil.example/crs", "4326", "EPSG:32717;DROP"]
)
def test_other_systems_are_refused(name):
    with pytest.raises(CrsNotPublished):
        published_crs(name)
