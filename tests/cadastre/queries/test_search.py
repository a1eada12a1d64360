"""What stands first in a list of results: what was asked for, then what is near it."""

from datetime import date

import pytest
from django.db import connection
from shapely import box

from cadastre.queries import search
from cadastre.queries.search import SearchResult, search_properties
from tests import register

TODAY = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


class Ground:
    """A row of predios of 20 m by 30 m, one address after the other."""

    def __init__(self) -> None:
        self.town = register.town()
        self.act = register.operation(self.town)
        self.count = 0

    def predio(self, address: str, key: str = "", **fields):
        self.count += 1
        x = 770_000 + 20 * self.count
        key = key or f"1703500101001{self.count:03d}00000000"
        return register.predio(
            self.act, box(x, 9_943_000, x + 20, 9_943_030), key, address=address, **fields
        )

    def search(self, text: str, **asked) -> SearchResult:
        return search_properties(municipality=self.town, text=text, on=TODAY, **asked)

    def addresses(self, text: str) -> list[str | None]:
        return [found.address for found in self.search(text).properties]


@pytest.fixture
def ground() -> Ground:
    return Ground()


def test_an_address_written_in_full_is_first(ground: Ground) -> None:
    for number in range(100, 140):
        ground.predio(f"Calle El Corazón {number}")
    ground.predio("Calle El Corazón 246")
    assert ground.addresses("calle el corazon 246")[0] == "Calle El Corazón 246"


def test_whole_words_come_before_parts_of_words(ground: Ground) -> None:
    ground.predio("El Corazón 2460")
    ground.predio("Calle El Corazón 246 y Panamericana Sur")
    assert ground.addresses("corazon 246") == [
        "Calle El Corazón 246 y Panamericana Sur",
        "El Corazón 2460",
    ]


def test_every_word_before_misspelt_ones(ground: Ground) -> None:
    ground.predio("Calle Benites 12")
    ground.predio("Calle Benítez 12 y Colón")
    assert ground.addresses("calle benitez 12") == ["Calle Benítez 12 y Colón", "Calle Benites 12"]


def test_misspelt_addresses_only_when_few_hold_every_word(ground: Ground) -> None:
    ground.predio("Calle Benites 1")
    for _ in range(4):
        ground.predio("Calle Benítez")
    assert "Calle Benites 1" in ground.addresses("Calle Benítez")
    ground.predio("Calle Benítez")
    assert ground.addresses("Calle Benítez") == ["Calle Benítez"] * 5


def test_key_then_number_then_address(ground: Ground) -> None:
    ground.predio("Pasaje 20417")
    numbered = ground.predio("Vía a Aloag", number="20417")
    keyed = ground.predio("Vía a Tambillo", key="20417")
    found = ground.search("20417").properties
    assert [unit.unit_id for unit in found[:2]] == [keyed.pk, numbered.pk]
    assert found[-1].address == "Pasaje 20417"


def test_pages_follow_one_order(ground: Ground) -> None:
    for number in range(9):
        ground.predio(f"Calle Colón {number}")
    whole = ground.search("calle colon", limit=9).properties
    halves = ground.search("calle colon", limit=5).properties
    halves += ground.search("calle colon", limit=5, offset=5).properties
    assert halves == whole


def test_a_point_finds_the_ground_under_it(ground: Ground) -> None:
    ground.predio("Calle Colón 1")
    found = ground.search("E 770.030,0 · N 9.943.015,0")
    assert found.is_point
    assert [unit.address for unit in found.properties] == ["Calle Colón 1"]


def test_a_point_on_no_parcel_is_told_as_a_point(ground: Ground) -> None:
    found = ground.search("760000 9943015")
    assert (found.matched, found.is_point) == (0, True)
    assert not ground.search("Calle Colón").is_point


def test_a_point_of_a_town_of_zone_18_is_read_in_its_zone() -> None:
    town = register.town("orellana", "2201", legal_srid=32718)
    act = register.operation(town)
    register.predio(act, box(946_000, 9_948_000, 948_000, 9_950_000), "220150010100100100000000")
    found = search_properties(municipality=town, text="279 000", on=TODAY)
    assert not found.is_point
    found = search_properties(municipality=town, text="279100 E, 9949000 N", on=TODAY)
    assert (found.matched, found.is_point) == (1, True)


def test_the_condition_on_addresses_is_one_that_their_index_answers(db) -> None:
    """Which plan is taken depends on how full the tables are; that condition and index fit does not."""
    assert "cadastre_plain(v.address) LIKE %(longest_part)s" in search._SEARCH
    assert "upper_inf(v.recorded)" in search._SEARCH
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_indexdef('parcel_version_address'::regclass)")
        definition = cursor.fetchone()[0]
    assert (
        "gin (cadastre_plain((address)::text) gin_trgm_ops) WHERE upper_inf(recorded)" in definition
    )
