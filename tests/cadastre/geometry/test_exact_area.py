"""The ledger's measure is exact and knows holes and parts."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from shapely import Polygon

from cadastre.geometry.exact_area import area_m2, as_m2, twice_area_mm2
from tests.cadastre.geometry.exact_oracle import exact_m2
from tests.shapes import at, multi, rectangle, square, with_hole
from tests.strategies import parcels


@given(parcels)
def test_equals_the_fractions(parcel: Polygon) -> None:
    assert Fraction(twice_area_mm2(parcel), 2_000_000) == exact_m2(parcel)
    assert Fraction(area_m2(parcel)) == exact_m2(parcel)


@given(parcels)
def test_direction_of_rings_does_not_count(parcel: Polygon) -> None:
    assert twice_area_mm2(parcel.reverse()) == twice_area_mm2(parcel)


@pytest.mark.parametrize(
    ("geom", "expected"),
    [
        (square(), "400.0000000"),
        (with_hole(side_m=20, hole_m=6), "364.0000000"),
        (multi(square(), square(40)), "800.0000000"),
        (rectangle(0, 0, 1.001, 1.001), "1.0020010"),
        (Polygon([at(0, 0), at(2, 0), at(0.001, 1.001)]), "1.0010000"),
    ],
)
def test_worked_examples(geom: Polygon, expected: str) -> None:
    assert area_m2(geom) == Decimal(expected)


def test_half_a_square_millimetre_has_seven_decimals() -> None:
    assert str(as_m2(-1)) == "-5E-7"


def test_a_canton_is_not_rounded() -> None:
    """100 km × 100 km and one millimetre: twice the mm² need more than 64 bits."""
    assert twice_area_mm2(rectangle(0, 0, 100_000.001, 100_000)) == 2 * 100_000_001 * 100_000_000


def test_coordinates_off_the_grid_are_a_programming_error() -> None:
    with pytest.raises(ValueError, match=r"0\.001"):
        twice_area_mm2(rectangle(0.0004, 0, 10, 10))
