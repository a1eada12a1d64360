import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.features.cursor import BadCursor, Key, read_cursor, write_cursor


@given(st.uuids(), st.integers(-(2**63), 2**63 - 1))
def test_a_cursor_reads_back(identity, version):
    assert read_cursor(write_cursor(Key(identity, version))) == Key(identity, version)


@given(st.text(max_size=40))
def test_any_other_text_is_a_cursor_or_refused(text):
    try:
        read_cursor(text)
    except BadCursor:
        return


def test_keys_stand_in_the_order_of_the_database():
    low, high = uuid.UUID(int=1), uuid.UUID(int=1 << 127)
    assert sorted([Key(high, 1), Key(low, 2), Key(low, 1)]) == [
        Key(low, 1),
        Key(low, 2),
        Key(high, 1),
    ]


def test_padding_is_no_cursor():
    with pytest.raises(BadCursor):
        read_cursor("A" * 31 + "=")
