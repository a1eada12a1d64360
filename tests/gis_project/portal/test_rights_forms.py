"""The pages on who holds a predio: what a right becomes, a tenure put right, a usufruct that ends."""

from datetime import date
from fractions import Fraction
from uuid import uuid4

import pytest
from django.test import Client

from cadastre.models import PartyIdentity, Proposal
from cadastre.queries.holders import Holding
from gis_project.portal.transfer_form import TransferForm
from gis_project.territory.models import Role
from tests import people, register, staff
from tests.cadastre.operations.ground_scenes import key
from tests.shapes import square

pytestmark = pytest.mark.django_db
ASKED = {"reason": "Trámite 14", "revision": "0", "takers": "1"}
INES = {"document_0": people.INES.cedula, "name_0": people.INES.full_name}


@pytest.fixture
def scene():
    """The lot is Tomás's; his parents have the usufruct by halves. Rosa serves at the counter."""
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), key(1))
    register.holder(act, lot, "Tomás", people.TOMAS.cedula, share=Fraction(1))
    for name in ("Ana", "Luis"):
        register.holder(act, lot, name, share=Fraction(1, 2), kind="USUFRUCT")
    client = Client()
    client.force_login(staff.appoint(people.ROSA, "cadastre_technician", town))
    return client


def asked(client, verb, typed, do="rehearse"):
    answer = client.post(f"/mejia/p/{key(1)}/acts/{verb}", ASKED | typed | {"do": do})
    return answer.content.decode()


def test_a_right_becomes_what_the_cause_lets_it_become(scene):
    typed = INES | {"cause": "INHERITANCE", "kind": "OWNERSHIP", "gives_0": "on", "gives_2": "on"}
    typed |= {"gives_1": "on"}
    page = asked(scene, "transfer_rights", typed | {"becomes": "PUBLIC", "taken_share_0": "1"})
    assert "pasa a: Dominio, Derechos y acciones, Herederos" in page
    asked(scene, "transfer_rights", typed | {"becomes": "HEIRS"}, "propose")
    assert [one["kind"] for one in Proposal.objects.get().inputs["takers"]] == ["HEIRS"]


def test_possession_is_registered_beside_the_owner(scene):
    typed = INES | {"cause": "POSSESSION", "kind": "POSSESSION", "taken_share_0": "1"}
    page = asked(scene, "transfer_rights", typed | {"gives_0": "on"})
    assert "Antes y después" in page
    assert "empieza" in page
    assert "termina" not in page


def test_a_tenure_is_put_right(scene):
    page = scene.get(f"/mejia/p/{key(1)}/acts/correct_rights").content.decode()
    assert 'name="stays_2" id="id_stays_2" checked' in page
    typed = INES | {"when": "always", "taken_kind_0": "OWNERSHIP", "taken_share_0": "1/3"}
    names = ["Ana", "Luis", "Tomás"]
    for number, name in enumerate(names):
        kind = "OWNERSHIP" if name == "Tomás" else "USUFRUCT"
        share = "2/3" if name == "Tomás" else "1/2"
        typed |= {f"stays_{number}": "on", f"kind_{number}": kind, f"share_{number}": share}
    assert "01/01/2020" in asked(scene, "correct_rights", typed)
    asked(scene, "correct_rights", typed, "propose")
    told = Proposal.objects.get().inputs
    assert told["was_always_so"] is True
    assert [one["share"] for one in told["holders"]] == ["1/2", "1/2", "2/3", "1/3"]


def test_the_usufruct_of_one_ends_and_the_other_goes_on(scene):
    typed = {"cause": "DEATH", "right": "0"}
    assert "Otros siguen" in asked(scene, "end_right", typed)
    page = asked(scene, "end_right", typed | {"share_1": "1"})
    assert "Antes y después" in page
    assert "termina" in page


def test_a_holder_is_corrected_where_he_stands(scene):
    page = scene.get(f"/mejia/p/{key(1)}/acts/correct_party").content.decode()
    assert "Luis" in page
    tomas = PartyIdentity.objects.get(full_name="Tomás").party_id
    verb = f"correct_party?by={tomas}"
    assert "Escriba lo que se corrige" in asked(scene, verb, {})
    asked(scene, verb, {"full_name": "Tomás Caiza", "birth_date": "1961-04-02"}, "propose")
    told = Proposal.objects.get().inputs
    assert told["party"] == str(tomas)
    assert told["changes"] == {"full_name": "Tomás Caiza", "birth_date": "1961-04-02"}


def test_an_heir_marked_as_giving_is_not_left_out_of_a_sale_of_dominio(scene):
    holder = Holding(
        party_id=uuid4(),
        full_name="Hijos de Segundo",
        id_kind="NONE",
        id_number="",
        unit_id=uuid4(),
        key=None,
        number=None,
        tenure="HEIRS",
        share=None,
    )
    typed = ASKED | INES | {"cause": "SALE", "kind": "OWNERSHIP", "gives_0": "on"}
    form = TransferForm(typed, holders=[holder], takers=1, on=date(2026, 6, 1))
    assert "Tiene otro derecho" in form.errors["gives_0"][0]


@pytest.mark.parametrize("verb", ["transfer_rights", "correct_rights"])
def test_who_does_not_see_the_holders_moves_no_tenure(scene, verb):
    Role.objects.filter(code="cadastre_technician").update(capabilities=["edit_parcels"])
    answer = scene.get(f"/mejia/p/{key(1)}/acts/{verb}")
    assert answer.status_code == 403
    assert "no ve a los titulares" in answer.content.decode()
