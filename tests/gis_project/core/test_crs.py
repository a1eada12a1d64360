"""What is accepted, in which order axes come, and how far a plan's metre is from the ground's."""

import pytest

from gis_project.core.crs import (
    CONSENT_SRIDS,
    IMPORT_SRIDS,
    CrsName,
    CrsNeedsConsent,
    CrsNotAccepted,
    UnknownCrs,
    check_legal_srid,
    combined_scale,
    import_transformer,
    is_lat_lon,
    parse_crs,
    transformation_accuracy_m,
    transformer,
)

MACHACHI_LON_LAT = (-78.5669, -0.5101)
MACHACHI_UTM = (770_814.397, 9_943_567.393)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("EPSG:4326", CrsName(4326, is_lat_lon=True)),
        ("CRS:84", CrsName(4326, is_lat_lon=False)),
        ("http://www.opengis.net/def/crs/OGC/1.3/CRS84", CrsName(4326, is_lat_lon=False)),
        ("http://www.opengis.net/def/crs/EPSG/0/32717", CrsName(32717, is_lat_lon=False)),
        ("[EPSG:32717]", CrsName(32717, is_lat_lon=False)),
        ("urn:ogc:def:crs:EPSG::4674", CrsName(4674, is_lat_lon=True)),
        ("urn:ogc:def:crs:OGC:1.3:CRS84", CrsName(4326, is_lat_lon=False)),
        ("epsg:4170", CrsName(4170, is_lat_lon=True)),
        ("EPSG:3857", CrsName(3857, is_lat_lon=False)),
    ],
)
def test_names_of_systems(text: str, name: CrsName) -> None:
    assert parse_crs(text) == name


@pytest.mark.parametrize("text", ["", "32717", "EPSG:", "EPSG:32717;DROP", "WGS84", "EPSG:1e4"])
def test_other_names_are_refused(text: str) -> None:
    with pytest.raises(UnknownCrs):
        parse_crs(text)


def test_axis_order_agrees_with_the_authority() -> None:
    from pyproj import CRS

    for srid in (*IMPORT_SRIDS, *CONSENT_SRIDS, 4248, 3857):
        first_axis = CRS.from_epsg(srid).axis_info[0].direction
        assert is_lat_lon(srid) == (first_axis == "north"), srid


@pytest.mark.parametrize("srid", [32717, 31992, 31977])
def test_machachi_has_the_same_coordinates_in_the_three_systems(srid: int) -> None:
    x, y = transformer(4326, srid).transform(*MACHACHI_LON_LAT)

    assert (x, y) == pytest.approx(MACHACHI_UTM, abs=0.001)


def test_north_of_the_equator_the_false_northing_goes_on() -> None:
    _, y = transformer(4326, 32717).transform(-78.0, 0.0403)

    assert y == pytest.approx(10_004_459.94, abs=1)


@pytest.mark.parametrize("srid", IMPORT_SRIDS)
def test_every_accepted_system_has_a_way_in(srid: int) -> None:
    there = transformer(32717, srid).transform(*MACHACHI_UTM)

    assert import_transformer(srid).transform(*there) == pytest.approx(MACHACHI_UTM, abs=0.001)


@pytest.mark.parametrize("srid", CONSENT_SRIDS)
def test_psad56_needs_consent_and_then_takes_the_national_shift(srid: int) -> None:
    with pytest.raises(CrsNeedsConsent) as refusal:
        import_transformer(srid)

    assert refusal.value.details == {"srid": srid, "accuracy_m": 5}
    assert transformation_accuracy_m(srid) == 5
    assert "PSAD56" in import_transformer(srid, has_consent=True).description


def test_psad56_is_some_250_m_west_and_370_m_south() -> None:
    x, y = import_transformer(24877, has_consent=True).transform(*MACHACHI_UTM)

    assert (x - MACHACHI_UTM[0], y - MACHACHI_UTM[1]) == pytest.approx((-250, -366), abs=5)


@pytest.mark.parametrize("srid", [3857, 2154, 32617, 0])
def test_other_systems_are_refused(srid: int) -> None:
    with pytest.raises(CrsNotAccepted):
        import_transformer(srid, has_consent=True)
    with pytest.raises(CrsNotAccepted):
        check_legal_srid(srid)


def test_scale_in_machachi() -> None:
    sea_level = combined_scale(*MACHACHI_UTM, srid=32717)
    up_there = combined_scale(*MACHACHI_UTM, srid=32717, height_m=2_900)

    assert sea_level.areal == pytest.approx(1.001016, abs=1e-6)
    assert sea_level.grid**2 == pytest.approx(sea_level.areal, abs=1e-7)
    assert sea_level.combined == sea_level.grid
    assert up_there.combined == pytest.approx(1.0000528, abs=1e-6)
