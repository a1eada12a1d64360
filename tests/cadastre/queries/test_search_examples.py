"""The examples of the help find what they name."""

from datetime import date

import pytest
from shapely import box

from cadastre.queries.search import search_properties
from cadastre.queries.search_examples import SearchExamples, search_examples
from tests import register

TODAY = date(2026, 3, 1)
pytestmark = pytest.mark.django_db


def test_a_town_without_predios_has_no_examples() -> None:
    assert search_examples(register.town(), on=TODAY) == SearchExamples()


@pytest.mark.parametrize(("legal_srid", "zone_east"), [(32717, 946_010), (32718, 277_000)])
def test_every_example_finds_its_predio(legal_srid: int, zone_east: int) -> None:
    town = register.town("orellana", "2201", legal_srid=legal_srid)
    act = register.operation(town)
    register.predio(act, box(950_000, 9_948_000, 950_020, 9_948_030), "220150010100100100000000")
    ground = box(946_000, 9_948_000, 946_020, 9_948_030)
    address = "Calle Napo 12-40"
    unit = register.predio(act, ground, "220150010100100200000000", number="77", address=address)
    examples = search_examples(town, on=TODAY)
    assert (examples.number, examples.street) == ("77", "Calle Napo")
    assert float(examples.metres.split()[0]) == pytest.approx(zone_east, abs=1_500)
    for text in (examples.key, examples.number, examples.street, examples.metres, examples.degrees):
        found = search_properties(municipality=town, text=text, on=TODAY)
        assert found.properties[0].unit_id == unit.pk


def test_a_predio_without_number_and_address_still_gives_its_key() -> None:
    town = register.town()
    act = register.operation(town)
    register.predio(act, box(770_000, 9_943_000, 770_020, 9_943_030), "170350010100100100000000")
    examples = search_examples(town, on=TODAY)
    assert (examples.key, examples.number, examples.street) == ("170350010100100100000000", "", "")
