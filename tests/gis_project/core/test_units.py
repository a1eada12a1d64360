from decimal import Decimal

import pytest

from gis_project.core.units import (
    InvalidArea,
    format_ha,
    format_m,
    format_m2,
    ha_to_m2,
    m2_to_ha,
    measured_area_m2,
)


def test_a_measured_area_becomes_a_decimal_half_up() -> None:
    assert measured_area_m2(1234.56785) == Decimal("1234.5679")
    assert measured_area_m2(0.1 + 0.2) == Decimal("0.3000")


@pytest.mark.parametrize("area", [float("nan"), float("inf"), -0.01])
def test_no_number_and_negative_areas_are_refused(area: float) -> None:
    with pytest.raises(InvalidArea):
        measured_area_m2(area)


def test_hectares() -> None:
    assert m2_to_ha(Decimal("402654061.9")) == Decimal("40265.40619")
    assert ha_to_m2(Decimal("1.5")) == Decimal(15000)


def test_spanish_forms() -> None:
    assert format_m2(Decimal("1234.505")) == "1.234,51 m²"
    assert format_m2(2990.02) == "2.990,02 m²"
    assert [format_m2(Decimal(area)) for area in ("0.0004", "0")] == ["0,0004 m²", "0,00 m²"]
    assert format_m(1234.5) == "1.234,50 m"
    assert format_ha(Decimal("1234567.8")) == "123,4568 ha"
