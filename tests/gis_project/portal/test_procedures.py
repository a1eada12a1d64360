"""The public pages of procedures: the code tells the state and nobody's name; each type prints its manual."""

import pytest
from django.test import Client

from cadastre.models import Procedure
from cadastre.operations.take_procedure_step import take_procedure_step
from cadastre.procedures.procedure_type import procedure_types
from gis_project.core.verification_code import new_code, shown_code
from tests.cadastre.operations.counter_town import SECRET, TYPED, Counter

pytestmark = pytest.mark.django_db
PRIVATE = (SECRET, TYPED.id_number, TYPED.email, TYPED.phone, "CANARIONOTA")


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def asked(counter) -> Procedure:
    return counter.receive("claim", note="CANARIONOTA")


def page(path: str, status: int = 200) -> str:
    answer = Client().get(f"/mejia/{path}")
    assert answer.status_code == status
    return answer.content.decode()


def test_the_code_tells_state_term_and_what_is_missing(asked):
    text = page(f"tramites/{asked.code}")
    assert asked.number in text
    assert "Recibimos su trámite" in text
    assert "Reclamo escrito" in text
    assert shown_code(asked.code) in text
    for secret in PRIVATE:
        assert secret not in text


def test_an_observed_procedure_waits_for_its_applicant_and_keeps_the_remark(counter, asked):
    for desk, step in (("clerk", "review"), ("technician", "observe")):
        asked = take_procedure_step(asked, step, by=counter.staff[desk], note="CANARIONOTA")
    text = page(f"tramites/{asked.code}")
    assert "acérquese a ventanilla" in text
    assert "detenido" in text
    for secret in PRIVATE:
        assert secret not in text


def test_a_closed_one_asks_for_nothing(counter, asked):
    take_procedure_step(asked, "withdraw", by=counter.staff["clerk"], note="desiste")
    text = page(f"tramites/{asked.code}")
    assert "Lo que falta" not in text


def test_the_form_finds_the_code_as_people_type_it(asked):
    typed = shown_code(asked.code).lower()
    answer = Client().get("/mejia/tramites/", {"code": typed})
    assert answer["Location"] == f"/mejia/tramites/{asked.code}"
    assert "Código de seguimiento" in page("tramites/")


def test_wrong_codes_and_other_towns_tell_nothing(asked):
    for code in ("ABC", new_code()):
        assert "no corresponde" in page(f"tramites/{code}", status=404)
    assert Client().get(f"/celica/tramites/{asked.code}").status_code == 404


def test_walking_through_codes_is_stopped(asked):
    client = Client(REMOTE_ADDR="198.51.100.77")
    answers = [client.get(f"/mejia/tramites/{new_code()}").status_code for _ in range(31)]
    assert answers[-1] == 429


@pytest.mark.parametrize("kind", procedure_types())
def test_each_type_prints_its_manual(counter, kind):
    found = procedure_types()[kind]
    text = page(f"procedures/manual/{kind}")
    for words in (found.purpose, found.citation, found.transitions[-1].title, "<svg"):
        assert words in text
    assert found.title in page("procedures/manual/")


def test_an_unknown_manual_is_not_found(counter):
    page("procedures/manual/dance", status=404)
