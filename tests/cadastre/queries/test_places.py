"""Coordinates in every form that our pages print or people type."""

import pytest
from pyproj import Transformer

from cadastre.queries.places import place_of

MACHACHI = (770_836.9, 9_943_829.9)
COCA_18S = (279_000.0, 9_948_600.0)


@pytest.mark.parametrize(
    "text",
    [
        "770836.9 9943829.9",
        "770836,9 9943829,9",
        "770836.9,9943829.9",
        "770836,9,9943829,9",
        "770836.9; 9943829.9",
        "770.836,9 9.943.829,9",
        "770,836.9 9,943,829.9",
        "770,836.9, 9,943,829.9",
        "770\u00a0836,9 9\u00a0943\u00a0829,9",
        "770836.9 E, 9943829.9 N",
        "770836.9E 9943829.9N",
        "770836.9 mE 9943829.9 mN",
        "770836.9 m 9943829.9 m",
        "9943829.9 N, 770836.9 E",
        "E 770836.9 · N 9943829.9",
        "E: 770836.9 N: 9943829.9",
        "x=770836.9 y=9943829.9",
        "UTM 17 Sur: 770836,9 9943829,9",
        "E 770.836,9 · N 9.943.829,9 · lat −0,50773° lon −78,56670°",
        "UTM 17 Sur · E 770.836,9 · N 9.943.829,9 · lat −0,50773° lon −78,56670°",
        "UTM 17 South · E 770,836.9 · N 9,943,829.9 · lat −0.50773° lon −78.56670°",
    ],
)
def test_metres_of_zone_17(text: str) -> None:
    place = place_of(text)
    assert place is not None
    assert (place.easting, place.northing) == MACHACHI


@pytest.mark.parametrize("text", ["770.836 9.943.829", "770,836 9,943,829", "770836 E, 9943829 N"])
def test_whole_metres_with_and_without_groups(text: str) -> None:
    place = place_of(text)
    assert place is not None
    assert (place.easting, place.northing) == (770_836, 9_943_829)


@pytest.mark.parametrize(
    "text",
    [
        "-0.510, -78.567",
        "-0,510 -78,567",
        "-78.567 -0.510",
        "-0.510°, -78.567°",
        "lat −0,51000° lon −78,56700°",
        "0°30'36\"S 78°34'1.2\"W",
    ],
)
def test_degrees_in_any_order(text: str) -> None:
    place = place_of(text, legal_srid=32718)
    expected = Transformer.from_crs(4326, 32717, always_xy=True).transform(-78.567, -0.51)
    assert place is not None
    assert (place.easting, place.northing) == pytest.approx(expected, abs=0.001)


@pytest.mark.parametrize("legal_srid", [32718, 31993, 31978])
def test_metres_are_read_in_the_legal_crs(legal_srid: int) -> None:
    easting, northing = COCA_18S
    to_storage = Transformer.from_crs(legal_srid, 32717, always_xy=True)
    place = place_of(f"{easting:.1f} {northing:.1f}", legal_srid=legal_srid)
    assert place is not None
    assert (place.easting, place.northing) == pytest.approx(
        to_storage.transform(*COCA_18S), abs=0.001
    )
    assert 940_000 < place.easting < 955_000


def test_a_named_zone_beats_the_legal_crs() -> None:
    in_18 = place_of("279000 9948600", legal_srid=32718)
    assert place_of("UTM 18 Sur: 279000 9948600", legal_srid=32717) == in_18
    named = place_of("UTM 17 Sur · E 770.836,9 · N 9.943.829,9", legal_srid=32718)
    assert named is not None
    assert (named.easting, named.northing) == MACHACHI


@pytest.mark.parametrize(
    "text",
    [
        "",
        "770836",
        "Calle El Corazón 246",
        "17 03 50 01 02 003 014",
        "17.03.50.01.02.003.014",
        "170350010200301400000000",
        "10 20",
        "E 246 N 12",
        "279000 9948600",
        "12.5 -78.5",
    ],
)
def test_what_names_no_point_of_the_mainland(text: str) -> None:
    assert place_of(text) is None


def test_numbers_of_zone_17_leave_the_country_in_zone_18() -> None:
    assert place_of("770836 9943829", legal_srid=32718) is None
