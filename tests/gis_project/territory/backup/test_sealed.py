"""What is sealed opens only whole, in order, under its name and with its passphrase."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from gis_project.territory.backup.sealed import (
    CHUNK_BYTES,
    TAG_BYTES,
    DamagedBackup,
    Key,
    Stretch,
    WrongPassphrase,
    seal,
    unseal,
)

STRETCH = Stretch(salt=b"0123456789abcdef", n=16)
KEY = Key(b"una frase bastante larga", STRETCH)


def sealed(content: bytes, name: str = "base") -> bytes:
    return b"".join(seal([content], key=KEY, name=name))


def opened(stream: bytes, name: str = "base", passphrase: bytes = KEY.passphrase) -> bytes:
    return b"".join(unseal(io.BytesIO(stream), passphrase=passphrase, name=name))


@settings(max_examples=60, deadline=None)
@given(st.lists(st.binary(max_size=200), max_size=8))
def test_it_opens_to_what_was_put_in_however_it_was_cut(chunks):
    stream = b"".join(seal(chunks, key=KEY, name="base"))
    assert opened(stream) == b"".join(chunks)


@pytest.mark.parametrize(
    "size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 3 * CHUNK_BYTES]
)
def test_sizes_around_a_chunk(size):
    assert opened(sealed(b"x" * size)) == b"x" * size


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_flipped_bit_is_noticed(data):
    stream = bytearray(sealed(b"terreno" * 20))
    place = data.draw(st.integers(0, len(stream) - 1))
    stream[place] ^= 1 << data.draw(st.integers(0, 7))
    with pytest.raises((DamagedBackup, WrongPassphrase, ValueError, KeyError, TypeError)):
        opened(bytes(stream))


def test_a_stream_cut_at_a_chunk_is_noticed():
    stream = sealed(b"x" * (2 * CHUNK_BYTES))
    with pytest.raises(DamagedBackup, match="recortado"):
        opened(stream[: -(CHUNK_BYTES + TAG_BYTES)])


def test_two_chunks_exchanged_are_noticed():
    stream = sealed(b"a" * CHUNK_BYTES + b"b" * CHUNK_BYTES + b"c")
    tail = 1 + TAG_BYTES
    one = CHUNK_BYTES + TAG_BYTES
    head = stream[: len(stream) - tail - 2 * one]
    first, second = stream[len(head) : len(head) + one], stream[len(head) + one : -tail]
    with pytest.raises(DamagedBackup):
        opened(head + second + first + stream[-tail:])


def test_a_file_under_another_name_does_not_open():
    with pytest.raises(DamagedBackup):
        opened(sealed(b"x", name="wal/1"), name="wal/2")


def test_another_passphrase_is_told_apart_from_damage():
    with pytest.raises(WrongPassphrase, match="no abre"):
        opened(sealed(b"x"), passphrase=b"otra frase bastante larga")


def test_a_forged_header_cannot_ask_for_all_memory():
    with pytest.raises(DamagedBackup):
        Stretch.from_json({"salt": "AAAA", "n": 1 << 40, "r": 8, "p": 1})


def test_the_passphrase_is_not_shown():
    assert "frase" not in repr(KEY)
