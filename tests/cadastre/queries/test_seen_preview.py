"""An act's before and after, as far as the matrix of fields lets each reader see it."""

from datetime import date
from fractions import Fraction

import pytest

from cadastre.models import Party
from cadastre.queries.seen_preview import holders_told, seen_preview
from tests import people, register
from tests.shapes import square

ON = date(2026, 6, 1)
ALL = frozenset({"holder", "share", "tenure", "former_holders"})
OFFICIAL = ALL - {"former_holders"}
BURDEN = frozenset({"kind", "amount"})


def state(unit="u", party="p"):
    return {
        "unit": unit,
        "key": "1",
        "rights": [[party, "OWNERSHIP", 1, 1]],
        "encumbrances": [["b", "MORTGAGE", "40000.00"]],
    }


def preview(**state_of):
    return {"before": [state(**state_of)], "after": [], "facts": {"party": "p"}}


def seen(told, right=ALL, burden=BURDEN, *, is_open=True):
    return seen_preview(told, right=right, burden=burden, is_open=is_open, on=ON)


def test_all_of_it_for_those_who_see_all():
    assert seen(preview()) == preview()


@pytest.mark.parametrize(
    ("right", "rights"),
    [
        ({"holder"}, [["p", None, None, None]]),
        ({"tenure", "share"}, [[None, "OWNERSHIP", 1, 1]]),
        (set(), []),
    ],
)
def test_only_the_granted_fields_of_a_right(right, rights):
    assert seen(preview(), frozenset(right))["before"][0]["rights"] == rights


@pytest.mark.parametrize(
    ("burden", "burdens"), [({"kind"}, [["b", "MORTGAGE", None]]), (set(), [])]
)
def test_only_the_granted_fields_of_a_burden(burden, burdens):
    assert seen(preview(), burden=frozenset(burden))["before"][0]["encumbrances"] == burdens


def test_without_holders_no_party_stands_in_the_facts_either():
    told = seen(preview(), frozenset({"tenure"}))
    assert (told["facts"], holders_told(told)) == ({}, 0)


@pytest.mark.django_db
def test_of_a_closed_proposal_only_todays_holders():
    act = register.operation(register.town())
    lot = register.predio(act, square(), "170350010100100100000000")
    right = register.holder(act, lot, "Tomás", people.TOMAS.cedula, share=Fraction(1))
    now = preview(unit=str(lot.pk), party=str(right.party_id))
    sold = Party.objects.create(municipality=act.municipality, kind="NATURAL")
    past = preview(unit=str(lot.pk), party=str(sold.pk))
    assert holders_told(seen(now, OFFICIAL, is_open=False)) == 1
    assert holders_told(seen(past, OFFICIAL, is_open=False)) == 0
    assert holders_told(seen(past, ALL, is_open=False)) == 1
    assert holders_told(seen(past, OFFICIAL, is_open=True)) == 1
