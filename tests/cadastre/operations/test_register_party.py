"""Parties: persons, companies, groups with their members; one document is registered once."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cadastre.models import Party, PartyIdentity, PartyMember
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.perform import ReasonMissing, SharesNotWhole
from cadastre.operations.register_party import (
    NewMember,
    NewParty,
    PartyKnown,
    PartyUnfit,
    register_party,
)
from gis_project.core.errors import NotAllowed, NotFound
from gis_project.territory.models import AuditEvent
from tests import filings, people, register, staff

HALF = Fraction(1, 2)
pytestmark = pytest.mark.django_db


@pytest.fixture
def town():
    return register.town()


def new(town, *, told=None, **fields):
    party = NewParty(**{"kind": "NATURAL", "full_name": "Rosa Quishpe", **fields})
    return register_party(
        municipality=town, party=party, filing=told or filings.complete(town, "register_party")
    )


def person(town, name, document=""):
    outcome = new(town, full_name=name, document=document)
    return Party.objects.get(pk=outcome.facts["party"])


def test_a_person_with_a_sound_cedula(town):
    party = person(town, "  Tomás   Caiza Guamán ", people.TOMAS.cedula)
    identity = PartyIdentity.objects.get(party=party)
    assert (identity.full_name, identity.search_name) == (
        "Tomás Caiza Guamán",
        "TOMAS CAIZA GUAMAN",
    )
    assert (identity.id_kind, identity.id_number) == ("CEDULA", people.TOMAS.cedula)
    assert identity.identity_warnings == []


def test_the_same_document_is_refused_with_who_has_it(town):
    first = person(town, "Tomás", people.TOMAS.cedula)
    spelt = f"{people.TOMAS.cedula[:-1]}-{people.TOMAS.cedula[-1]}"
    with pytest.raises(PartyKnown) as refusal:
        new(town, full_name="Otro", document=spelt)
    assert refusal.value.details == {"party": str(first.pk)}
    celica = register.town("celica", "1104")
    assert new(celica, document=people.TOMAS.cedula)


def test_a_text_that_is_no_document_is_kept_and_refused_twice_as_well(town):
    outcome = new(town, document="12345")
    assert PartyIdentity.objects.get().id_kind == "NONE"
    assert outcome.notes
    with pytest.raises(PartyKnown):
        new(town, document="123-45")


def test_people_without_document_are_as_many_as_they_are(town):
    assert new(town).notes == ("Se registra sin documento: complételo cuando lo conozca.",)
    assert new(town).facts["party"] != new(town).facts["party"]


def test_check_digits_only_warn(town):
    outcome = new(town, kind="LEGAL", full_name="Agrícola Uno S.A.", document="1790000000001")
    identity = PartyIdentity.objects.get(party=outcome.facts["party"])
    assert identity.id_kind == "RUC"
    assert list(outcome.notes) == identity.identity_warnings != []


def test_cedula_and_ruc_of_one_person_are_told(town):
    first = person(town, "Tomás", people.TOMAS.cedula)
    outcome = new(town, full_name="Tomás", document=f"{people.TOMAS.cedula}001")
    assert outcome.facts["same_person_as"] == str(first.pk)


def test_spouses_heirs_and_trusts_have_members(town):
    rosa, luis = person(town, "Rosa Quishpe"), person(town, "Luis Iza")
    halves = [NewMember(party=rosa, share=HALF), NewMember(party=luis, share=HALF)]
    outcome = new(town, kind="SPOUSES", full_name="", members=halves, since=date(2010, 5, 8))
    register.settle()
    group = Party.objects.get(pk=outcome.facts["party"])
    assert group.identity.full_name == "Rosa Quishpe y Luis Iza"
    members = PartyMember.objects.known().filter(group=group)
    assert {(m.member_id, m.share_numerator, m.share_denominator) for m in members} == {
        (rosa.pk, 1, 2),
        (luis.pk, 1, 2),
    }
    assert {m.valid.lower for m in members} == {date(2010, 5, 8)}
    heirs = new(
        town,
        kind="HEIRS",
        full_name="Herederos de Segundo Iza",
        members=[NewMember(party=rosa), NewMember(party=group, share=Fraction(1, 3))],
    )
    assert Party.objects.get(pk=heirs.facts["party"]).members.count() == 2
    assert new(town, kind="COMMUNE", full_name="Comuna Umbría").notes == ()


def test_determined_shares_of_a_group_are_whole(town):
    rosa, luis = person(town, "Rosa"), person(town, "Luis")
    members = [NewMember(party=rosa, share=HALF), NewMember(party=luis, share=Fraction(1, 3))]
    with pytest.raises(SharesNotWhole):
        new(town, kind="TRUST", full_name="Fideicomiso Uno", members=members)


def test_what_contradicts_its_class_is_refused(town):
    rosa = person(town, "Rosa")
    company = Party.objects.create(municipality=town, kind="LEGAL")
    wrong = [
        {"full_name": " "},
        {"kind": "FAMILIA"},
        {"members": [NewMember(party=rosa)]},
        {"kind": "SPOUSES", "members": [NewMember(party=rosa)]},
        {"kind": "SPOUSES", "members": [NewMember(party=rosa), NewMember(party=company)]},
        {"kind": "HEIRS", "members": [NewMember(party=rosa), NewMember(party=rosa)]},
    ]
    for fields in wrong:
        with pytest.raises(PartyUnfit):
            new(town, **fields)
    celica = register.town("celica", "1104")
    with pytest.raises(NotFound):
        new(celica, kind="HEIRS", members=[NewMember(party=rosa)])


def test_who_may_and_why(town):
    filing = filings.complete(town, "register_party")
    with pytest.raises(ReasonMissing):
        new(town, told=replace(filing, reason=""))
    clara = staff.appoint(people.CLARA, "cashier", town)
    with pytest.raises(NotAllowed):
        new(town, told=replace(filing, by=clara), document=people.TOMAS.cedula)


def test_the_audit_tells_nothing_personal(town):
    new(town, full_name="Nombre Secreto", document=people.INES.cedula)
    (event,) = AuditEvent.objects.filter(action="register_party")
    assert "Secreto" not in str(event.body)
    assert people.INES.cedula not in str(event.body)


def test_a_dry_run_through_the_door_leaves_nothing(town):
    told = {"kind": "NATURAL", "full_name": "Inés", "document": people.INES.cedula}
    filing = filings.complete(town, "register_party", dry_run=True)
    carry_out_act("register_party", told, municipality=town, filing=filing)
    assert not Party.objects.exists()
    filing = replace(filing, dry_run=False)
    carry_out_act("register_party", told, municipality=town, filing=filing)
    assert PartyIdentity.objects.get().id_number == people.INES.cedula
