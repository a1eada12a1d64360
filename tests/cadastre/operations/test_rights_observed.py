"""A predio that an old roll brought without holder, shares or document is put right by the title that tells them."""

from dataclasses import replace
from fractions import Fraction

import pytest

from cadastre.models import Observation, ParcelVersion, PropertyUnit
from cadastre.operations.transfer_rights import Taker, transfer_rights
from tests import filings, people, register
from tests.cadastre.operations.ground_scenes import assert_lawful, key, observe
from tests.shapes import square

pytestmark = pytest.mark.django_db
WHOLE = Fraction(1)


@pytest.fixture
def scene():
    """A lot that came in observed; Inés, with her cédula, buys it."""
    town = register.town()
    act = register.operation(town, "import_register")
    lot = register.predio(act, square(), key(1), is_observed=True)
    other = register.predio(act, square(60), key(2))
    ines = register.holder(act, other, people.INES.full_name, people.INES.cedula, share=WHOLE).party
    return town, act, lot, ines


def observed(act, lot, *codes):
    for code in codes:
        observe(act, code, unit=lot)
    PropertyUnit.objects.filter(pk=lot.pk).update(state="OBSERVED")
    return PropertyUnit.objects.select_related("municipality").get(pk=lot.pk)


def sold(town, lot, *takers, **fields):
    filing = replace(filings.complete(town, "transfer_rights", cause="SALE"), **fields)
    return transfer_rights(unit=lot, cause="SALE", givers=[], takers=takers, filing=filing)


def left():
    return sorted(Observation.objects.filter(resolved_by=None).values_list("code", flat=True))


def test_the_sale_answers_what_was_observed_of_the_holders(scene):
    town, act, lot, ines = scene
    for name in ("Rosa", "Luis"):
        register.holder(act, lot, name, share=None)
    lot = observed(act, lot, "shares_do_not_sum", "holder_document")
    outcome = sold(town, lot, Taker(party=ines, share=WHOLE))
    assert (outcome.after[0].state, outcome.after[0].is_observed) == ("ACTIVE", False)
    assert outcome.notes == ()
    assert left() == []
    assert set(Observation.objects.values_list("resolved_by", flat=True)) == {outcome.operation_id}
    assert_lawful(outcome)


def test_a_predio_without_holder_gets_its_owner(scene):
    town, act, lot, ines = scene
    lot = observed(act, lot, "no_holder")
    assert sold(town, lot, Taker(party=ines, share=WHOLE), dry_run=True).notes == ()
    assert left() == ["no_holder"]
    sold(town, lot, Taker(party=ines, share=WHOLE))
    assert left() == []


def test_what_the_title_does_not_answer_goes_on_and_is_told(scene):
    town, act, lot, ines = scene
    rosa = register.holder(act, lot, "Rosa", share=None).party
    lot = observed(act, lot, "holder_document", "no_kind")
    outcome = sold(
        town, lot, Taker(party=ines, share=Fraction(1, 2)), Taker(party=rosa, share=Fraction(1, 2))
    )
    assert outcome.after[0].state == "OBSERVED"
    assert outcome.notes == ("El predio sigue observado: dibuje",)
    assert left() == ["holder_document", "no_kind"]
    assert ParcelVersion.objects.known().get(parcel=lot.parcel_id).is_observed
