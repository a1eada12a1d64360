"""Who asks is bound to the register only where name and document agree, or by explicit choice."""

import pytest

from cadastre.operations.bind_applicant import ApplicantMismatch, bind_applicant, is_same_name
from cadastre.operations.receive_procedure import Applicant
from cadastre.queries.procedures import address_of, applicant_of
from gis_project.territory.models import AccessRecord
from tests import people
from tests.cadastre.operations.counter_town import Counter

pytestmark = pytest.mark.django_db
NUMBER = people.TOMAS.cedula


@pytest.fixture
def counter() -> Counter:
    return Counter()


@pytest.fixture
def bind(counter):
    def bound(chosen: str = "", **typed) -> Applicant:
        clerk = counter.staff["clerk"]
        return bind_applicant(
            Applicant(**typed), municipality=counter.town, by=clerk, chosen=chosen
        )

    return bound


def test_the_order_of_names_and_accents_make_no_other_person():
    assert is_same_name("Peña Ruiz  tomás", "TOMAS PENA RUIZ")
    assert not is_same_name("Tomás Peña", "Tomás Peña Ruiz")


def test_the_same_name_binds_and_stays_as_typed(bind, counter):
    bound = bind(full_name="TOMAS", id_number=f"{NUMBER[:9]}-{NUMBER[9:]}")
    assert (bound.party, bound.full_name) == (counter.seller, "TOMAS")
    assert AccessRecord.objects.get(action="search_people").found == 1


def test_another_name_is_refused_without_telling_whose_the_document_is(bind):
    with pytest.raises(ApplicantMismatch) as refused:
        bind(full_name="Ana Vaca", id_number=NUMBER)
    assert "consta a nombre de otra persona" in refused.value.message
    assert "Tomás" not in refused.value.message


def test_whoever_saw_the_name_may_choose_that_person_and_no_other(bind, counter):
    typed = {"full_name": "Tomás Iza", "id_number": NUMBER}
    bound = bind(chosen=str(counter.seller.pk), **typed)
    assert (bound.party, bound.full_name) == (counter.seller, "Tomás Iza")
    with pytest.raises(ApplicantMismatch):
        bind(chosen=str(counter.buyer.pk), **typed)


def test_a_document_that_nobody_has_stays_typed(bind):
    number = people.cedula(4_321_077)
    bound = bind(full_name="Ana Vaca", id_number=number)
    assert (bound.party, bound.id_number) == (None, number)


def test_beside_a_chosen_holder_nobody_else_is_typed(bind, counter):
    assert bind(party=counter.seller, phone="0998").phone == "0998"
    assert bind(party=counter.seller, full_name="tomás", id_number=NUMBER).party == counter.seller
    for typed in ({"full_name": "Ana Vaca"}, {"id_number": people.cedula(4_321_077)}):
        with pytest.raises(ApplicantMismatch):
            bind(party=counter.seller, **typed)


def test_only_who_is_bound_has_the_registers_address(bind, counter):
    counter.seller.identity.email = "tomas@ejemplo.test"
    counter.seller.identity.save(update_fields=["email"])
    ana = counter.receive("claim", applicant=bind(full_name="Ana Vaca"))
    tomas = counter.receive("claim", applicant=bind(full_name="Tomás", id_number=NUMBER))
    assert (applicant_of(ana).full_name, address_of(ana)) == ("Ana Vaca", "")
    assert address_of(tomas) == "tomas@ejemplo.test"
