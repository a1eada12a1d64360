"""Segment names: their order over the change of the second group, and what is missing."""

import pytest

from gis_project.territory.backup.wal_segments import missing_between, name_of, number_of

SIZE = 16 * 1024 * 1024


@pytest.mark.parametrize("number", [0, 1, 255, 256, 257, 70_000])
def test_a_number_is_the_name_read_back(number):
    assert number_of(name_of("00000001", number, segment_bytes=SIZE), segment_bytes=SIZE) == number


def test_after_ff_comes_the_next_group():
    first, last = "0000000100000000000000FE", "000000010000000100000001"
    kept = {first, "0000000100000000000000FF", last}
    assert missing_between(first, last, kept, segment_bytes=SIZE) == ["000000010000000100000000"]


def test_a_later_timeline_goes_on_with_the_same_numbers():
    first, last = "000000010000000000000004", "000000020000000000000006"
    kept = {first, "000000020000000000000005", last, "00000002.history"}
    assert missing_between(first, last, kept, segment_bytes=SIZE) == []
