"""A key that somebody gives to a new predio is national, of its place, and was never another's."""

import pytest

from cadastre.operations.change_key import change_key
from cadastre.operations.deed.given_keys import KeyUnfit
from cadastre.operations.deed.perform import KeyTaken
from cadastre.operations.merge_parcels import merge_parcels
from cadastre.operations.split_parcel import ByStrips, split_parcel
from tests import filings, people, register
from tests.cadastre.operations.ground_scenes import key
from tests.shapes import square

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene():
    town = register.town()
    act = register.operation(town)
    place = register.parish(town)
    lots = [register.predio(act, square(20 * n, 0), key(1 + n), parish=place) for n in range(2)]
    rosa = register.holder(act, lots[0], "Rosa", people.ROSA.cedula, share=1).party
    register.holder(act, lots[1], "", share=1, party=rosa)
    return town, *lots


def halve(town, lot, *keys):
    return split_parcel(
        unit=lot,
        cut=ByStrips(2, 90, "left"),
        filing=filings.complete(town, "split_parcel"),
        keys=keys,
    )


def test_whole_national_keys_of_the_place_are_borne(scene):
    town, lot, _ = scene
    outcome = halve(town, lot, "17-03-50-01-01-001-050", key(51))
    assert [state.key for state in outcome.after[1:]] == [key(50), key(51)]


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ("1-2-3", "clave nacional"),
        ("P-1703-9", "clave nacional"),
        ("170350010100105000101001", "clave nacional"),
        ("170350010100100000000000", "clave nacional"),
        ("110450010100105000000000", "otro cantón"),
        ("170351010100105000000000", "otra parroquia"),
        (key(51), "misma clave"),
    ],
)
def test_keys_that_a_lot_cannot_bear(scene, given, words):
    town, lot, _ = scene
    with pytest.raises(KeyUnfit, match=words):
        halve(town, lot, given, key(51))


def test_a_key_that_somebody_bears_or_bore_is_not_given_again(scene):
    town, lot, other = scene
    change_key(unit=other, key=key(77), filing=filings.complete(town, "change_key"))
    for borne in (key(1), key(2), key(77)):
        with pytest.raises(KeyTaken, match="no se da dos veces"):
            halve(town, lot, borne, key(51))
    with pytest.raises(KeyTaken):
        change_key(unit=lot, key=key(2), filing=filings.complete(town, "change_key"))


def test_united_lots_may_keep_the_key_of_one_of_them(scene):
    town, lot, other = scene
    filing = filings.complete(town, "merge_parcels")
    merged = merge_parcels(units=[lot, other], key=key(2), filing=filing)
    assert merged.after[-1].key == key(2)
