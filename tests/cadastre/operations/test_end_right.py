"""The usufruct ends with the death of who had it; possession ends, or becomes dominio and is no more."""

from dataclasses import replace
from fractions import Fraction

import pytest

from cadastre.acts.required_sources import SourcesMissing
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.deed.perform import SharesNotWhole
from cadastre.operations.end_right import Remaining, end_right
from cadastre.operations.transfer_rights import (
    Giver,
    NothingToTransfer,
    Taker,
    TenureDoesNotPass,
    transfer_rights,
)
from cadastre.queries.unit_states import unit_states
from tests import filings, register
from tests.cadastre.operations.ground_scenes import assert_lawful, key
from tests.shapes import square

pytestmark = pytest.mark.django_db
HALF, WHOLE = Fraction(1, 2), Fraction(1)


@pytest.fixture
def scene():
    """The lot is Rosa's; her parents have the usufruct of it by halves."""
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), key(1))
    rosa = register.holder(act, lot, "Rosa", share=WHOLE).party
    segundo = register.holder(act, lot, "Segundo", share=HALF, kind="USUFRUCT").party
    maria = register.holder(act, lot, "María", share=HALF, kind="USUFRUCT").party
    return town, lot, rosa, segundo, maria


def end(town, lot, party, cause="DEATH", kind="USUFRUCT", remaining=(), **fields):
    filing = replace(filings.complete(town, "end_right", cause=cause), **fields)
    return end_right(
        unit=lot, cause=cause, kind=kind, party=party, remaining=remaining, filing=filing
    )


def held(lot):
    (state,) = unit_states([lot.pk], on=filings.INSCRIBED_ON)
    return {(party, kind): (n, d) for party, kind, n, d in state.rights}


def test_the_widow_goes_on_and_then_the_usufruct_is_over(scene):
    town, lot, rosa, segundo, maria = scene
    with pytest.raises(SharesNotWhole, match="Otros siguen"):
        end(town, lot, segundo)
    outcome = end(town, lot, segundo, remaining=[Remaining(party=maria, share=WHOLE)])
    assert held(lot) == {
        (str(rosa.pk), "OWNERSHIP"): (1, 1),
        (str(maria.pk), "USUFRUCT"): (1, 1),
    }
    assert_lawful(outcome)
    told = {"unit": key(1), "cause": "RENUNCIATION", "kind": "USUFRUCT", "party": str(maria.pk)}
    filing = filings.complete(town, "end_right", cause="RENUNCIATION")
    outcome = carry_out_act("end_right", told, municipality=town, filing=filing)
    assert held(lot) == {(str(rosa.pk), "OWNERSHIP"): (1, 1)}
    assert outcome.notes == ()


def test_who_has_none_and_what_never_ends(scene):
    town, lot, rosa, segundo, _ = scene
    with pytest.raises(NothingToTransfer):
        end(town, lot, rosa)
    with pytest.raises(NothingToTransfer):
        end(town, lot, segundo, remaining=[Remaining(party=rosa, share=HALF)])
    with pytest.raises(TenureDoesNotPass):
        end(town, lot, rosa, kind="OWNERSHIP")
    with pytest.raises(TenureDoesNotPass):
        end(town, lot, segundo, cause="ABANDONMENT")
    with pytest.raises(SourcesMissing, match="defunción"):
        end(town, lot, segundo, sources=[filings.source(town, "REQUEST")])


def possessed(town, owner_share=None):
    act = register.operation(town)
    lot = register.predio(act, square(60), key(2))
    owner = register.holder(act, lot, "Dueño", share=WHOLE).party if owner_share else None
    tenant = register.holder(act, lot, "Posesionario", share=WHOLE, kind="POSSESSION").party
    return lot, owner, tenant


def test_a_possession_without_owner_leaves_nobody_and_says_so(scene):
    town = scene[0]
    lot, _, tenant = possessed(town)
    outcome = end(town, lot, tenant, cause="ABANDONMENT", kind="POSSESSION")
    assert held(lot) == {}
    assert "sin titular" in outcome.notes[0]


def test_who_prescribes_against_the_owner_possesses_no_more(scene):
    town = scene[0]
    lot, owner, tenant = possessed(town, owner_share=WHOLE)
    ask = {
        "unit": lot,
        "cause": "PRESCRIPTION",
        "takers": [Taker(party=tenant, share=WHOLE)],
        "filing": filings.complete(town, "transfer_rights", cause="PRESCRIPTION"),
    }
    with pytest.raises(SharesNotWhole, match="dueño registrado"):
        transfer_rights(**ask, kind="POSSESSION", givers=[])
    outcome = transfer_rights(**ask, givers=[Giver(party=owner)])
    assert held(lot) == {(str(tenant.pk), "OWNERSHIP"): (1, 1)}
    assert_lawful(outcome)


def test_the_town_awards_its_ground_and_expropriates(scene):
    town = scene[0]
    act = register.operation(town)
    lot = register.predio(act, square(90), key(3))
    gad = register.holder(act, lot, "GAD", share=WHOLE, kind="PUBLIC").party
    ana = register.holder(act, lot, "Ana", share=WHOLE, kind="PENDING_AWARD").party

    def passes(cause, kind, *takers):
        filing = filings.complete(town, "transfer_rights", cause=cause)
        transfer_rights(unit=lot, cause=cause, kind=kind, givers=[], takers=takers, filing=filing)

    passes("AWARD", "PUBLIC", Taker(party=ana, share=WHOLE))
    assert held(lot) == {(str(ana.pk), "OWNERSHIP"): (1, 1)}
    passes("EXPROPRIATION", "OWNERSHIP", Taker(party=gad, share=WHOLE, kind="PUBLIC"))
    assert held(lot) == {(str(gad.pk), "PUBLIC"): (1, 1)}
