"""A person or a group is registered at the counter: doubts are told once, members enter with their group."""

import pytest
from django.test import Client

from cadastre.models import Party, PartyIdentity, PartyMember
from tests import people, register, staff

pytestmark = pytest.mark.django_db
PAGE = "/mejia/workbench/parties/new"
WRONG_DIGIT = people.INES.cedula[:9] + str((int(people.INES.cedula[9]) + 1) % 10)
ASKED = {"purpose": "turno 4", "members": "2", "do": "register", "seen_doubts": ""}
HEIRS = ASKED | {
    "kind": "HEIRS",
    "full_name": "Herederos de Segundo Caiza",
    "member_document_0": people.TOMAS.cedula,
    "member_share_0": "1/2",
    "member_document_1": people.INES.cedula,
    "member_name_1": people.INES.full_name,
    "member_share_1": "1/2",
    "since": "2026-01-20",
}


@pytest.fixture
def rosa() -> Client:
    town = register.town()
    tomas = Party.objects.create(municipality=town, kind="NATURAL")
    PartyIdentity.objects.create(
        party=tomas,
        municipality=town,
        full_name=people.TOMAS.full_name,
        search_name="X",
        id_kind="CEDULA",
        id_number=people.TOMAS.cedula,
    )
    client = Client()
    client.force_login(staff.appoint(people.ROSA, "cadastre_technician", town))
    return client


def page_of(client: Client, typed: dict[str, str]) -> str:
    return client.post(PAGE, typed, follow=True).content.decode()


def test_heirs_enter_with_who_was_known_and_who_was_not(rosa):
    assert "quedó registrada" in page_of(rosa, HEIRS)
    group = Party.objects.get(kind="HEIRS")
    members = PartyMember.objects.filter(group=group).order_by("pk")
    assert [str(one.member.identity.id_number) for one in members] == [
        people.TOMAS.cedula,
        people.INES.cedula,
    ]
    assert {(one.share_numerator, one.share_denominator) for one in members} == {(1, 2)}
    assert {one.valid.lower.isoformat() for one in members} == {"2026-01-20"}


def test_a_refused_group_leaves_nobody_and_keeps_what_was_typed(rosa):
    page = page_of(rosa, HEIRS | {"member_share_0": "1/3"})
    assert "data-error-summary" in page
    assert f'value="{people.INES.full_name}"' in page
    assert not PartyIdentity.objects.filter(id_number=people.INES.cedula).exists()
    page = page_of(rosa, HEIRS | {"member_name_1": ""})
    assert "no consta en el catastro" in page
    page = page_of(rosa, HEIRS | {"do": "more"})
    assert 'name="member_document_2"' in page
    assert f'value="{people.TOMAS.cedula}"' in page


def test_a_check_digit_warns_once_and_never_refuses(rosa):
    typed = ASKED | {"document": WRONG_DIGIT, "kind": "NATURAL", "full_name": "Alba Cóndor"}
    page = page_of(rosa, typed)
    assert "pulse «Registrar» otra vez" in page
    assert f'value="{WRONG_DIGIT}"' in page
    assert not PartyIdentity.objects.filter(id_number=WRONG_DIGIT).exists()
    assert "quedó registrada" in page_of(rosa, typed | {"seen_doubts": WRONG_DIGIT})
    assert PartyIdentity.objects.get(id_number=WRONG_DIGIT).identity_warnings
    assert "ya registrado" in page_of(rosa, typed | {"seen_doubts": WRONG_DIGIT})
