from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from layers.catalogue import Field
from layers.features.property_value import BadPropertyValue, parse_value


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        ("string", "Ñ 'x' --", "Ñ 'x' --"),
        ("string", "", ""),
        ("integer", "-12", -12),
        ("number", "577.25", Decimal("577.25")),
        ("date", "2024-01-01", date(2024, 1, 1)),
        ("date-time", "2024-01-01T00:00:00Z", datetime(2024, 1, 1, tzinfo=UTC)),
    ],
)
def test_a_value_is_read_as_its_field_says(kind, text, value):
    assert parse_value(Field("f", kind, "", ""), text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("string", "x" * 301),
        ("integer", "1.5"),
        ("integer", "9" * 19),
        ("integer", "١"),
        ("number", "NaN"),
        ("number", "1e5"),
        ("number", "1_0"),
        ("date", "2024-02-30"),
        ("date-time", "2024-01-01T00:00:00"),
        ("date-time", "ayer"),
    ],
)
def test_what_its_field_cannot_hold_is_refused(kind, text):
    with pytest.raises(BadPropertyValue):
        parse_value(Field("f", kind, "", ""), text)
