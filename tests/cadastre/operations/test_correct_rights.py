"""A holder, share or right that the register wrote wrong is put right; what began by title is left alone."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from django.db.backends.postgresql.psycopg_any import DateRange

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import Party, Restriction, Right
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.correct_attributes import NothingToCorrect
from cadastre.operations.correct_rights import RightsOfOtherDays, RightsUnfit, correct_rights
from cadastre.operations.deed.obstacles import BurdenForbids
from cadastre.operations.deed.perform import SecondPersonNeeded, SharesNotWhole
from cadastre.operations.transfer_rights import Taker
from cadastre.queries.unit_states import unit_states
from gis_project.core.errors import NotFound
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import assert_lawful, key
from tests.shapes import square

pytestmark = pytest.mark.django_db
HALF, THIRD, WHOLE = Fraction(1, 2), Fraction(1, 3), Fraction(1)
BEFORE = date(2026, 1, 1)


@pytest.fixture
def scene():
    """Rosa and Luis stand there by halves; it was Rosa two thirds, Inés one third."""
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), key(1))
    rosa = register.holder(act, lot, "Rosa", share=HALF).party
    register.holder(act, lot, "Luis", share=HALF)
    ines = Party.objects.create(municipality=town, kind="NATURAL")
    return town, lot, rosa, ines


def correct(town, lot, *holders, always=False, **fields):
    filing = replace(filings.complete(town, "correct_rights"), **fields)
    return correct_rights(unit=lot, holders=holders, was_always_so=always, filing=filing)


def held(lot, on=filings.INSCRIBED_ON):
    (state,) = unit_states([lot.pk], on=on)
    return {(party, kind): (n, d) for party, kind, n, d in state.rights}


def thirds(rosa, ines):
    return Taker(party=rosa, share=2 * THIRD), Taker(party=ines, share=THIRD)


def test_from_the_resolution_on(scene):
    town, lot, rosa, ines = scene
    outcome = correct(town, lot, *thirds(rosa, ines))
    after = {(str(rosa.pk), "OWNERSHIP"): (2, 3), (str(ines.pk), "OWNERSHIP"): (1, 3)}
    assert held(lot) == after
    assert held(lot, BEFORE) != after
    assert outcome.facts["rights"] == {"leave": 2, "enter": 2}
    assert "es una transferencia" in outcome.notes[-1]
    assert_lawful(outcome)


def test_it_was_never_otherwise_and_what_was_known_stays_known(scene):
    town, lot, rosa, ines = scene
    before = Right.objects.get(unit=lot, party=rosa).opened_by.recorded_at
    outcome = correct(town, lot, *thirds(rosa, ines), always=True)
    assert held(lot, BEFORE) == held(lot)
    known = Right.objects.as_known(before).filter(unit=lot)
    assert {(one.share_numerator, one.share_denominator) for one in known} == {(1, 2)}
    assert "01/01/2020" in outcome.notes[0]
    assert_lawful(outcome)


def test_who_is_told_as_he_stands_is_left_alone(scene):
    town, lot, rosa, _ = scene
    luis = Right.objects.get(unit=lot, share_numerator=1, party__identity__full_name="Luis")
    usufruct = Taker(party=rosa, share=WHOLE, kind=Right.Kind.USUFRUCT)
    told = [Taker(party=rosa, share=HALF), Taker(party=luis.party, share=HALF)]
    outcome = correct(town, lot, *told, usufruct)
    assert outcome.facts["rights"] == {"leave": 0, "enter": 1}
    luis.refresh_from_db()
    assert luis.closed_by_id is None
    with pytest.raises(NothingToCorrect):
        correct(town, lot, *told, usufruct)


def test_the_same_person_twice_is_joined(scene):
    town, _, _, _ = scene
    act = register.operation(town)
    lot = register.predio(act, square(60), key(2))
    rosa = register.holder(act, lot, "Rosa", share=HALF).party
    register.holder(act, lot, "Rosa", share=HALF, party=rosa)
    outcome = correct(town, lot, Taker(party=rosa, share=WHOLE), always=True)
    assert held(lot) == {(str(rosa.pk), "OWNERSHIP"): (1, 1)}
    assert len(outcome.notes) == 1


def test_what_is_no_tenure_is_refused(scene):
    town, lot, rosa, ines = scene
    with pytest.raises(SharesNotWhole):
        correct(town, lot, Taker(party=rosa, share=HALF), Taker(party=ines, share=THIRD))
    with pytest.raises(RightsUnfit, match="por determinar"):
        correct(town, lot)
    with pytest.raises(RightsUnfit, match="dos veces"):
        correct(town, lot, Taker(party=rosa, share=HALF), Taker(party=rosa, share=HALF))
    stranger = Party.objects.create(municipality=register.town("celica", "1104"), kind="NATURAL")
    with pytest.raises(NotFound):
        correct(town, lot, Taker(party=stranger, share=WHOLE))


def test_rights_of_other_days_are_corrected_from_the_document_on(scene):
    town, lot, rosa, ines = scene
    later = DateRange(date(2022, 1, 1), None)
    register.holder(lot.opened_by, lot, "Possessor", share=WHOLE, kind="POSSESSION", valid=later)
    with pytest.raises(RightsOfOtherDays):
        correct(town, lot, *thirds(rosa, ines), always=True)
    correct(town, lot, *thirds(rosa, ines))
    assert len(held(lot)) == 2


def test_papers_and_second_person(scene):
    town, lot, rosa, ines = scene
    only = [filings.source(town, "RESOLUTION")]
    with pytest.raises(SourcesMissing, match="informe"):
        correct(town, lot, *thirds(rosa, ines), sources=only)
    rosa_user = staff.appoint(people.ROSA, "cadastre_technician", town)
    with pytest.raises(SecondPersonNeeded):
        correct(town, lot, *thirds(rosa, ines), by=rosa_user)


def test_through_the_door(scene):
    town, lot, rosa, ines = scene
    told = {
        "unit": key(1),
        "was_always_so": False,
        "holders": [
            {"party": str(rosa.pk), "share": "1"},
            {"party": str(ines.pk), "share": None, "kind": "USUFRUCT"},
        ],
    }
    carry_out_act(
        "correct_rights", told, municipality=town, filing=filings.complete(town, "correct_rights")
    )
    assert held(lot) == {
        (str(rosa.pk), "OWNERSHIP"): (1, 1),
        (str(ines.pk), "USUFRUCT"): (None, None),
    }


def test_what_may_not_be_alienated_is_not_corrected_away(scene):
    town, lot, rosa, ines = scene
    Restriction.objects.create(
        municipality=town,
        unit=lot,
        kind="SEIZURE",
        valid=register.EVER_SINCE,
        recorded=(lot.opened_by.recorded_at, None),
        opened_by=lot.opened_by,
    )
    with pytest.raises(BurdenForbids):
        correct(town, lot, *thirds(rosa, ines), always=True)
