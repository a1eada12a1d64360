"""What each kind of document must say before an act rests on it (no database)."""

from datetime import date

import pytest

from cadastre.acts.act_law import act_law
from cadastre.acts.documents import (
    MEMBERS_ES,
    BroughtSource,
    document_law,
    may_share_a_deed,
)
from cadastre.acts.required_sources import (
    SourceIncomplete,
    SourceNotConfirmed,
    believed,
    check_believed,
)
from cadastre.models import AdministrativeSource

ON = date(2026, 3, 2)
SALE = act_law("transfer_rights", cause="SALE", on=ON)
INSCRIPTION = BroughtSource(
    kind="INSCRIPTION",
    number="88",
    issued_on=ON,
    issuer="Registro de la Propiedad",
    repertory="901",
    is_confirmed=True,
)
KINDS = [kind.value for kind in AdministrativeSource.Kind]


def without(**changes):
    told = {name: getattr(INSCRIPTION, name) for name in INSCRIPTION.__slots__}
    return BroughtSource(**(told | changes))


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_is_told(kind):
    asked = document_law(kind, on=ON)
    assert asked.name
    assert set(asked.says) <= set(MEMBERS_ES)


def test_a_whole_inscription_is_believed():
    assert believed(SALE, [INSCRIPTION], on=ON) == (INSCRIPTION,)
    check_believed(SALE, [INSCRIPTION], on=ON)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"issuer": " "}, "quién lo otorga"),
        ({"repertory": ""}, "el repertorio"),
        ({"number": ""}, "el número"),
        ({"issued_on": None}, "la fecha"),
    ],
)
def test_an_inscription_says_registry_repertory_number_and_date(changes, words):
    with pytest.raises(SourceIncomplete, match=words):
        check_believed(SALE, [without(**changes)], on=ON)


def test_an_inscription_is_confirmed_by_a_second_person():
    typed = without(is_confirmed=False)
    with pytest.raises(SourceNotConfirmed, match="88"):
        check_believed(SALE, [typed], on=ON)
    assert believed(SALE, [typed], on=ON) == ()
    assert believed(SALE, [typed], on=ON, is_rehearsal=True) == (typed,)


def test_a_wrong_one_beside_a_right_one_neither_counts_nor_stops():
    wrong = without(number="", issued_on=date(2026, 5, 1))
    check_believed(SALE, [wrong, INSCRIPTION], on=ON)
    assert believed(SALE, [wrong, INSCRIPTION], on=ON) == (INSCRIPTION,)


def test_a_court_order_and_an_owners_act_are_seen_not_told():
    order = BroughtSource("COURT_ORDER", "17", ON, issuer="Unidad Judicial Civil")
    with pytest.raises(SourceIncomplete, match="archivo"):
        check_believed(SALE, [order], on=ON)
    seen = BroughtSource("COURT_ORDER", "17", ON, issuer="Unidad Judicial Civil", has_file=True)
    check_believed(SALE, [seen], on=ON)


def test_a_resolution_is_seen_where_the_act_is_valid_from_it():
    told = BroughtSource("RESOLUTION", "17", ON, issuer="Concejo")
    with pytest.raises(SourceIncomplete, match="archivo"):
        check_believed(act_law("retire_parcel", on=ON), [told], on=ON)
    check_believed(act_law("split_parcel", on=ON), [told, INSCRIPTION], on=ON)


def test_what_the_act_does_not_rest_on_stops_nothing():
    check_believed(SALE, [BroughtSource("REQUEST")], on=ON)


def test_one_deed_may_divide_and_sell_but_not_sell_and_retire():
    assert may_share_a_deed("transfer_rights", "split_parcel", on=ON)
    assert not may_share_a_deed("transfer_rights", "retire_parcel", on=ON)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("merge_parcels", "split_parcel"),
        ("rectify_area", "split_parcel"),
        ("rectify_area", "merge_parcels"),
        ("register_encumbrance", "split_parcel"),
        ("register_encumbrance", "merge_parcels"),
        ("constitute_condominium", "merge_parcels"),
    ],
)
def test_one_deed_may_unify_rectify_divide_and_burden(one, other):
    assert may_share_a_deed(one, other, on=ON)
    assert may_share_a_deed(other, one, on=ON)
