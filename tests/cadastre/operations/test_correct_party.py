"""A misspelt name, a document that came later, members of a group: put right, and the audit tells no name."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import Observation, Party, PartyIdentity, PartyMember, PropertyUnit
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.correct_attributes import NothingToCorrect
from cadastre.operations.correct_party import correct_party
from cadastre.operations.deed.perform import SecondPersonNeeded, SharesNotWhole
from cadastre.operations.register_party import NewMember, PartyKnown, PartyUnfit
from gis_project.territory.models import AuditEvent
from gis_project.territory.personal_hash import personal_hash
from tests import filings, people, register, staff
from tests.cadastre.operations.ground_scenes import assert_lawful, key, observe
from tests.shapes import square

pytestmark = pytest.mark.django_db
HALF, WHOLE = Fraction(1, 2), Fraction(1)


@pytest.fixture
def scene():
    """Tomás came misspelt and without document, and his lot is observed for it."""
    town = register.town()
    act = register.operation(town, "import_register")
    lot = register.predio(act, square(), key(1), is_observed=True)
    tomas = register.holder(act, lot, "Tomas Caisa", share=WHOLE).party
    observe(act, "holder_document", unit=lot)
    PropertyUnit.objects.filter(pk=lot.pk).update(state="OBSERVED")
    return town, act, tomas


def correct(town, party, filing=None, since=None, **changes):
    filing = filing or filings.complete(town, "correct_party")
    return correct_party(party=party, changes=changes, since=since, filing=filing)


def group(town, kind, name):
    party = Party.objects.create(municipality=town, kind=kind)
    PartyIdentity.objects.create(
        party=party, municipality=town, full_name=name, search_name=name.upper(), id_kind="NONE"
    )
    return party


def test_name_and_document_are_put_right_and_the_predio_is_observed_no_more(scene):
    town, _, tomas = scene
    outcome = correct(
        town, tomas, full_name=" Tomás  Caiza ", document=people.TOMAS.cedula, phone="0991"
    )
    identity = PartyIdentity.objects.get(party=tomas)
    assert (identity.full_name, identity.search_name) == ("Tomás Caiza", "TOMAS CAIZA")
    assert (identity.id_kind, identity.id_number) == ("CEDULA", people.TOMAS.cedula)
    assert outcome.facts["corrected"] == ["full_name", "document", "phone"]
    assert Observation.objects.get().resolved_by_id == outcome.operation_id
    assert (outcome.after[0].state, outcome.after[0].is_observed) == ("ACTIVE", False)
    assert_lawful(outcome)


def test_the_audit_keeps_hashes_of_what_was_and_is(scene):
    town, _, tomas = scene
    correct(town, tomas, full_name="Tomás Caiza", birth_date=date(1961, 4, 2))
    event = AuditEvent.objects.get(object_type="cadastre.Party")
    assert personal_hash("Tomas Caisa") in str(event.body)
    assert personal_hash("Tomás Caiza") in str(event.body)
    assert not any(name in str(event.body) for name in ("Caisa", "Caiza", "1961"))


def test_a_couple_bears_the_corrected_name(scene):
    town, _, tomas = scene
    couple = group(town, "SPOUSES", "Tomas Caisa y Ana Iza")
    outcome = correct(
        town,
        couple,
        since=date(1990, 5, 8),
        members=[
            NewMember(party=tomas, share=HALF),
            NewMember(party=group(town, "NATURAL", "Ana Iza"), share=HALF),
        ],
    )
    assert outcome.facts["corrected"] == ["members"]
    assert {one.valid.lower for one in PartyMember.objects.known()} == {date(1990, 5, 8)}
    correct(town, tomas, full_name="Tomás Caiza")
    assert PartyIdentity.objects.get(party=couple).full_name == "Tomás Caiza y Ana Iza"


def test_members_are_new_versions_and_whole(scene):
    town, _, tomas = scene
    heirs = group(town, "HEIRS", "Herederos")
    ana = group(town, "NATURAL", "Ana")
    correct(town, heirs, members=[NewMember(party=tomas, share=WHOLE)])
    halves = [NewMember(party=tomas, share=HALF), NewMember(party=ana, share=HALF)]
    correct(town, heirs, members=halves)
    now = PartyMember.objects.known().filter(group=heirs, valid__upper_inf=True)
    assert {(one.member_id, one.share_denominator) for one in now} == {(tomas.pk, 2), (ana.pk, 2)}
    with pytest.raises(SharesNotWhole):
        correct(town, heirs, members=[NewMember(party=tomas, share=HALF)])
    with pytest.raises(NothingToCorrect):
        correct(town, heirs, members=halves)
    with pytest.raises(PartyUnfit):
        correct(town, heirs, kind="NATURAL")


def test_what_is_refused(scene):
    town, act, tomas = scene
    other = register.predio(act, square(60), key(2))
    register.holder(act, other, "Inés", people.INES.cedula, share=WHOLE)
    with pytest.raises(PartyKnown, match="misma persona"):
        correct(town, tomas, document=people.INES.cedula)
    with pytest.raises(NothingToCorrect):
        correct(town, tomas, full_name="Tomas Caisa")
    with pytest.raises(PartyUnfit):
        correct(town, tomas, full_name="  ")
    with pytest.raises(PartyUnfit):
        correct(town, tomas, share="1")
    with pytest.raises(PartyUnfit):
        correct(town, tomas, members=[NewMember(party=tomas)])
    bare = replace(filings.complete(town, "correct_party"), sources=[])
    with pytest.raises(SourcesMissing):
        correct(town, tomas, filing=bare, phone="1")


def test_a_name_needs_a_second_person_and_a_phone_does_not(scene):
    town, _, tomas = scene
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    alone = filings.complete(town, "correct_party", by=rosa)
    with pytest.raises(SecondPersonNeeded):
        correct(town, tomas, filing=alone, full_name="Tomás Caiza")
    correct(town, tomas, filing=alone, phone="0991")


def test_through_the_door(scene):
    town, _, tomas = scene
    told = {"party": str(tomas.pk), "changes": {"email": "tomas@example.ec", "birth_date": None}}
    filing = filings.complete(town, "correct_party")
    outcome = carry_out_act("correct_party", told, municipality=town, filing=filing)
    assert outcome.facts["corrected"] == ["email"]
    told = {"unit": key(1), "party": str(tomas.pk), "changes": {"document": people.TOMAS.cedula}}
    outcome = carry_out_act("correct_party", told, municipality=town, filing=filing)
    assert outcome.after[0].state == "ACTIVE"
