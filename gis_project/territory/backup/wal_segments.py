"""The names of WAL segments and their order: timeline, then number in two groups of eight digits."""

from collections.abc import Collection


def number_of(name: str, *, segment_bytes: int) -> int:
    """The segment's place in the history, whatever its timeline."""
    return int(name[8:16], 16) * _per_group(segment_bytes) + int(name[16:24], 16)


def numbers_kept(names: Collection[str], *, segment_bytes: int) -> set[int]:
    return {number_of(n, segment_bytes=segment_bytes) for n in names if len(n) == 24}


def missing_between(
    first: str, last: str, kept: Collection[str], *, segment_bytes: int
) -> list[str]:
    """The segments from `first` to `last` that are not kept, by the name they had on first's timeline."""
    have = numbers_kept(kept, segment_bytes=segment_bytes)
    start = number_of(first, segment_bytes=segment_bytes)
    end = number_of(last, segment_bytes=segment_bytes)
    return [
        name_of(first[:8], number, segment_bytes=segment_bytes)
        for number in range(start, end + 1)
        if number not in have
    ]


def name_of(timeline: str, number: int, *, segment_bytes: int) -> str:
    high, low = divmod(number, _per_group(segment_bytes))
    return f"{timeline}{high:08X}{low:08X}"


def _per_group(segment_bytes: int) -> int:
    return (1 << 32) // segment_bytes
