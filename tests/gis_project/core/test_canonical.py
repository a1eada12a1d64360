"""Equal content has equal bytes, whatever order, zone or container it was told in."""

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gis_project.core.canonical import NotCanonical, canonical_json, sha256_hex

scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53) + 1, 2**53 - 1)
    | st.text(st.characters(exclude_categories=["Cs"]))
)
values = st.recursive(
    scalars,
    lambda inner: (
        st.lists(inner) | st.dictionaries(st.text(st.characters(exclude_categories=["Cs"])), inner)
    ),
)


def test_every_type_that_we_write() -> None:
    told = {
        "b": [Decimal("1.50"), Decimal("-0.00"), Decimal("1E+2")],
        "a": date(2026, 1, 15),
        "é": datetime(2026, 1, 15, 20, 30, tzinfo=ZoneInfo("America/Guayaquil")),
        "id": UUID(int=7),
        "n": None,
        "t": (True, 2),
    }

    assert canonical_json(told).decode() == (
        '{"a":"2026-01-15","b":["1.50","0.00","100"],"id":"00000000-0000-0000-0000-000000000007",'
        '"n":null,"t":[true,2],"é":"2026-01-16T01:30:00.000000Z"}'
    )


def test_members_are_sorted_by_utf_16_as_the_rfc_wants() -> None:
    # U+1F600 is D83D DE00 in UTF-16 and so comes before U+FB33, though its code point is higher.
    told = {"\ufb33": 1, "\U0001f600": 2}

    assert canonical_json(told).decode() == '{"\U0001f600":2,"\ufb33":1}'


@given(values)
def test_it_is_json_of_the_same_value(value: object) -> None:
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text(max_size=3), st.integers(0, 9)))
def test_order_does_not_matter(told: dict[str, int]) -> None:
    backwards = dict(reversed(told.items()))

    assert sha256_hex(told) == sha256_hex(backwards)


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        Decimal("NaN"),
        2**53,
        {1: "a"},
        {"a", "b"},
        b"bytes",
        object(),
        "\ud800",
        datetime(2026, 1, 1),  # noqa: DTZ001
    ],
)
def test_what_has_no_single_form_is_refused(value: object) -> None:
    with pytest.raises(NotCanonical):
        canonical_json({"value": value})


def test_the_same_instant_in_two_zones_is_the_same() -> None:
    there = datetime(2026, 1, 1, 5, tzinfo=UTC)

    assert canonical_json(there) == canonical_json(there.astimezone(ZoneInfo("Pacific/Galapagos")))
