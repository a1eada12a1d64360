"""The acts on data and rights through the API: rehearsed, proposed and approved where the law asks, then done."""

import json
from fractions import Fraction
from itertools import count

import pytest
from django.test import Client

from cadastre.models import BuildingVersion, PropertyUnit, Restriction
from tests import people, register, staff
from tests.shapes import square

pytestmark = pytest.mark.django_db
INSCRIPTION = {
    "kind": "INSCRIPTION",
    "issuer": "Registro de la Propiedad",
    "repertory": "901",
    "issued_on": "2026-03-02",
}
REPORT = {"kind": "TECHNICAL_REPORT", "number": "5", "issued_on": "2026-03-02"}
STATEMENT = {"kind": "CONDOMINIUM_STATEMENT", "number": "2", "issued_on": "2026-02-20"}


@pytest.fixture
def town():
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), "170350010100100100000000", number="7")
    register.holder(act, lot, "Tomás", people.TOMAS.cedula, share=Fraction(1))
    return town


def signed_in(person, role, town):
    browser = Client()
    browser.force_login(staff.appoint(person, role, town))
    return browser


@pytest.fixture
def rosa(town):
    return signed_in(people.ROSA, "cadastre_technician", town)


@pytest.fixture
def vera(town):
    return signed_in(people.VERA, "cadastre_chief", town)


def post(client, path, body):
    return client.post(f"/api/mejia/{path}", json.dumps(body), content_type="application/json")


_NUMBERS = count(88)


def ask(client, verb, inputs, *sources):
    sources = [{"number": str(next(_NUMBERS))} | source for source in sources]
    body = {"reason": "prueba", "inputs": inputs, "sources": list(sources)}
    rehearsed = post(client, f"operations/{verb}?dry_run=true", body)
    assert rehearsed.status_code == 200, rehearsed.json()
    waits = ["source_not_confirmed"] if any(one["kind"] == "INSCRIPTION" for one in sources) else []
    assert [one["code"] for one in rehearsed.json()["outcome"]["obstacles"]] == waits
    return post(client, f"operations/{verb}", body)


def approved(rosa, vera, verb, inputs, *sources):
    answer = ask(rosa, verb, inputs, *sources)
    path = f"proposals/{answer.json()['proposal']}"
    shown = post(vera, f"{path}/approve", {"note": "conforme"})
    assert shown.status_code == 200
    for document in shown.json()["documents"]:
        if document["is_confirmed"] is False:
            assert post(vera, f"documents/{document['id']}/confirm", {}).status_code == 200
    done = post(rosa, f"{path}/effective", {})
    assert done.status_code == 201, done.json()
    return done.json()["outcome"]


def test_acts_that_one_person_makes(rosa, vera):
    party = ask(rosa, "register_party", {"kind": "LEGAL", "full_name": "Banco Uno"})
    bank = party.json()["outcome"]["facts"]["party"]
    mortgage = {"unit": "7", "kind": "MORTGAGE", "beneficiary": bank, "amount": "9000.00"}
    assert "proposal" in ask(rosa, "register_encumbrance", mortgage, INSCRIPTION).json()
    assert approved(rosa, vera, "register_encumbrance", mortgage, INSCRIPTION)["facts"]
    land = {"unit": "7", "was_always_so": False, "answers": {"topography": "FLAT"}}
    assert "operation" in ask(rosa, "correct_attributes", land, REPORT).json()
    visit = {"unit": "7", "answers": {"inhabitants": 4}}
    assert ask(rosa, "update_households", visit, REPORT).status_code == 201
    again = post(
        rosa,
        "operations/register_party",
        {"reason": "x", "inputs": {"kind": "LEGAL", "full_name": " "}},
    )
    assert (again.status_code, again.json()["code"]) == (422, "party_unfit")


def test_a_correction_of_kind_or_past_becomes_a_proposal(rosa, vera):
    for land in (
        {"unit": "7", "was_always_so": False, "attributes": {"kind": "RURAL"}},
        {"unit": "7", "was_always_so": True, "answers": {"topography": "FLAT"}},
    ):
        assert approved(rosa, vera, "correct_attributes", land, REPORT)["facts"]["changes"]


def test_acts_that_a_second_person_approves(rosa, vera):
    floors = [{"number": 1, "area_m2": "60.00"}]
    house = {"unit": "7", "structure": "CONCRETE", "built_in": 2020, "floors": floors}
    building = ask(rosa, "add_building", house, REPORT).json()["outcome"]["facts"]["building"]
    claim = {"unit": "7", "kind": "CLAIM"}
    facts = approved(rosa, vera, "register_encumbrance", claim, INSCRIPTION)["facts"]
    lifting = {"unit": "7", "encumbrance": facts["encumbrance"], "everywhere": True}
    approved(rosa, vera, "lift_encumbrance", lifting, INSCRIPTION)
    assert not Restriction.objects.known().filter(valid__upper_inf=True).exists()
    approved(rosa, vera, "demolish_building", {"unit": "7", "building": building}, REPORT)
    assert not BuildingVersion.objects.known().filter(valid__upper_inf=True).exists()
    approved(rosa, vera, "change_key", {"unit": "7", "key": "17-03-50-01-01-001-045"}, REPORT)
    halves = [{"aliquot": "0.5", "tower": 1, "floor": n, "unit": 1} for n in (1, 2)]
    table = {"unit": "7", "units": halves}
    outcome = approved(rosa, vera, "constitute_condominium", table, STATEMENT, INSCRIPTION)
    assert [state["key"][13:] for state in outcome["after"]] == [
        "04500000000",
        "04500101001",
        "04500102001",
    ]
    assert PropertyUnit.objects.filter(kind="CONDOMINIUM").count() == 2
