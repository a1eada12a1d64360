"""Look-ups of persons: with a purpose, recorded, kept sealed with their date; nobody is refused without them."""

import json

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from cadastre.models import Party, PartyIdentity, PartyLookUp, PersonKey
from cadastre.operations.look_up_party import (
    NothingToLookUp,
    ProcedureNotOpen,
    connected_registries,
    look_up_party,
)
from cadastre.operations.person_keys import drop_person_keys
from cadastre.operations.receive_procedure import Applicant, receive_procedure
from gis_project.core.errors import NotAllowed
from gis_project.territory.models import AccessRecord
from gis_project.territory.operations.log_access import PurposeMissing
from gis_project.territory.policy import CONSOLE
from tests import people, register, staff
from tests.cadastre.lookups.registry_server import person, registry
from tests.people import TOMAS
from tests.shapes import square

pytestmark = pytest.mark.django_db
RUC = "1790011674001"
CAIZA = {"cedula": TOMAS.cedula, "nombre": "CAIZA GUAMAN TOMAS", "fechaNacimiento": "03/02/1970"}


@pytest.fixture
def town():
    return register.town()


@pytest.fixture
def civil(settings):
    with registry() as server:
        settings.LOOKUP_HOSTS = ["127.0.0.1"]
        settings.LOOKUP_PERSONS_URL = server.url
        server.body = person(**CAIZA)
        yield server


def asked(town, document=TOMAS.cedula, **told):
    told = {"by": CONSOLE, "purpose": "turno 12"} | told
    return look_up_party(document=document, municipality=town, **told)


def test_without_a_registry_nobody_was_asked_and_the_draft_is_there(town):
    found = asked(town)
    assert (found.outcome, found.answer, found.told_on) == ("NOT_ASKED", None, None)
    assert found.draft == {"kind": "NATURAL", "document": TOMAS.cedula}
    assert "No consultado" in found.notes[-1]


def test_what_the_registry_says_fills_a_draft_and_names_its_day(town, civil):
    found = asked(town)
    assert found.draft["full_name"] == "CAIZA GUAMAN TOMAS"
    assert found.draft["birth_date"] == "1970-02-03"
    assert f"Según Registro Civil (DINARP) al {found.told_on.isoformat()}" in found.notes[-1]
    assert not Party.objects.exists()


def test_each_look_is_recorded_without_the_person(town, civil):
    rosa = staff.appoint(people.ROSA, "cadastre_technician", town)
    asked(town, by=rosa)
    row = PartyLookUp.objects.get()
    assert (row.asked_by, row.purpose, row.outcome) == (rosa, "turno 12", "FOUND")
    look = AccessRecord.objects.get(action="look_up_party")
    assert (look.actor, look.purpose, look.found) == (rosa, "turno 12", 1)
    kept = f"{row.subject_hash}{bytes(row.sealed)!r}{look.query_hash}{look.subject_hash}"
    assert "CAIZA" not in kept
    assert TOMAS.cedula not in kept


def test_an_answer_serves_again_until_it_is_old_or_asked_again(town, civil, settings):
    first = asked(town)
    civil.body = person(**{**CAIZA, "nombre": "OTRO NOMBRE"})
    assert asked(town).answer == first.answer
    assert (len(civil.asked), PartyLookUp.objects.filter(reused__isnull=False).count()) == (1, 1)
    assert asked(town, ask_again=True).answer.full_name == "OTRO NOMBRE"
    settings.LOOKUP_DAYS = 0
    asked(town)
    assert len(civil.asked) == 3


def test_without_the_key_an_old_answer_is_closed_for_ever(town, civil):
    asked(town)
    assert drop_person_keys(town, [TOMAS.cedula]) == 1
    assert not PersonKey.objects.exists()
    asked(town)
    assert len(civil.asked) == 2


@pytest.mark.parametrize(
    ("body", "outcome"),
    [
        (b"<html>", "GARBLED"),
        (person(**{**CAIZA, "cedula": "1700000001"}), "OTHER_PERSON"),
        (person(), "NOT_FOUND"),
    ],
)
def test_what_goes_wrong_is_told_and_stops_nobody(town, civil, body, outcome):
    civil.body = body
    found = asked(town)
    assert (found.outcome, found.answer) == (outcome, None)
    assert found.draft["document"] == TOMAS.cedula
    assert PartyLookUp.objects.get().outcome == outcome


def test_a_registry_that_is_down_is_asked_again_next_time(town, civil):
    civil.status = 503
    assert asked(town).outcome == "UNREACHABLE"
    civil.status = 200
    assert asked(town).outcome == "FOUND"


def test_a_bad_check_digit_warns_and_is_asked_all_the_same(town, civil):
    wrong = TOMAS.cedula[:-1] + str((int(TOMAS.cedula[-1]) + 1) % 10)
    civil.body = person(**{**CAIZA, "cedula": wrong})
    found = asked(town, wrong)
    assert found.outcome == "FOUND"
    assert "dígito verificador" in found.notes[0]


def test_a_ruc_goes_to_the_sri(town, settings, civil):
    settings.LOOKUP_TAXES_URL = f"{civil.url}?ruc="
    civil.body = json.dumps({"numeroRuc": RUC, "razonSocial": "HORMIGONES DEL SUR"}).encode()
    found = asked(town, RUC)
    assert (found.source, found.draft["kind"]) == ("SRI", "LEGAL")
    assert found.draft["full_name"] == "HORMIGONES DEL SUR"


def test_a_death_is_told(town, civil):
    civil.body = person(**CAIZA, fechaDefuncion="2024-05-06")
    assert "fallecida desde el 2024-05-06" in asked(town).notes[-1]


def test_the_open_procedure_stands_for_the_purpose(town):
    lot = register.predio(register.operation(town), square(), "170350010100100100000000")
    procedure = receive_procedure(
        "claim",
        municipality=town,
        by=CONSOLE,
        applicant=Applicant(full_name="Rosa"),
        units=[lot],
    )
    asked(town, purpose="", procedure=procedure.number)
    assert PartyLookUp.objects.get().procedure == procedure
    type(procedure).objects.filter(pk=procedure.pk).update(closed_at=timezone.now())
    with pytest.raises(ProcedureNotOpen):
        asked(town, procedure=procedure.number)


def test_who_may_and_what_may_be_asked(town):
    with pytest.raises(PurposeMissing):
        asked(town, purpose=" ")
    with pytest.raises(NothingToLookUp):
        asked(town, "PASAPORTE1")
    with pytest.raises(NotAllowed):
        asked(town, by=staff.appoint(people.VERA, "auditor", town))
    assert not PartyLookUp.objects.exists()


def test_off_unless_an_address_is_set():
    assert {type(one).__name__ for one in connected_registries().values()} == {"Offline"}


def test_from_the_api_to_a_registered_person(town, civil):
    rosa = Client()
    rosa.force_login(staff.appoint(people.ROSA, "cadastre_technician", town))
    answer = rosa.post(
        "/api/mejia/lookups",
        {"document": TOMAS.cedula, "purpose": "turno 12"},
        content_type="application/json",
    )
    assert answer.status_code == 200
    told = answer.json()
    assert (told["outcome"], told["answer"]["civil_state"]) == ("FOUND", "")
    made = rosa.post(
        "/api/mejia/operations/register_party",
        {"reason": "turno 12", "inputs": told["draft"]},
        content_type="application/json",
    )
    assert made.status_code == 201
    assert PartyIdentity.objects.get().birth_date.isoformat() == "1970-02-03"
    refused = rosa.post(
        "/api/mejia/lookups", {"document": TOMAS.cedula}, content_type="application/json"
    )
    assert (refused.status_code, refused.json()["code"]) == (422, "purpose_missing")


def test_the_command_prints_the_draft(town, civil, capsys):
    call_command("look_up_party", TOMAS.cedula, municipality="mejia", purpose="turno 12")
    printed = capsys.readouterr().out
    assert "Según Registro Civil (DINARP)" in printed
    assert json.loads(printed[printed.index("{") :])["full_name"] == "CAIZA GUAMAN TOMAS"
