"""Transfer: who gives ends or shrinks, who takes begins at the inscription, the whole stays whole."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from cadastre.acts.act_law import UnknownCause
from cadastre.acts.required_sources import NotInForceYet, SourceIncomplete, SourcesMissing
from cadastre.models import Party, Restriction, Right
from cadastre.operations.deed.obstacles import BurdenForbids, DebtsOpen
from cadastre.operations.deed.perform import ReasonMissing, SharesNotWhole
from cadastre.operations.transfer_rights import (
    Giver,
    NothingToTransfer,
    Taker,
    TenureDoesNotPass,
    transfer_rights,
)
from cadastre.queries.unit_states import unit_states
from gis_project.core.errors import NotFound
from tests import filings, register, titles
from tests.shapes import square

pytestmark = pytest.mark.django_db
HALF, THIRD, WHOLE = Fraction(1, 2), Fraction(1, 3), Fraction(1)


@pytest.fixture
def scene():
    """Rosa and Luis hold a lot by halves; Inés wants in."""
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), "170350010100100100000000", number="7")
    rosa = register.holder(act, lot, "Rosa", "1700000001", share=HALF).party
    luis = register.holder(act, lot, "Luis", "1700000019", share=HALF).party
    ines = Party.objects.create(municipality=town, kind="NATURAL")
    return town, lot, rosa, luis, ines


def sale(town, **fields):
    return filings.complete(town, "transfer_rights", cause="SALE", **fields)


def held(lot, on=filings.INSCRIBED_ON):
    (state,) = unit_states([lot.pk], on=on)
    return {party: Fraction(n, d) for party, _, n, d in state.rights}


def test_all_of_it_is_sold(scene):
    town, lot, rosa, luis, ines = scene
    transfer_rights(
        unit=lot,
        cause="SALE",
        givers=[],
        takers=[Taker(party=ines, share=WHOLE)],
        filing=sale(town),
    )
    assert held(lot) == {str(ines.pk): WHOLE}
    assert held(lot, on=date(2026, 3, 1)) == {str(rosa.pk): HALF, str(luis.pk): HALF}


def test_half_of_a_half_is_sold(scene):
    town, lot, rosa, luis, ines = scene
    quarter = Fraction(1, 4)
    transfer_rights(
        unit=lot,
        cause="SALE",
        givers=[Giver(party=rosa, share=quarter)],
        takers=[Taker(party=ines, share=quarter)],
        filing=sale(town),
    )
    assert held(lot) == {str(rosa.pk): quarter, str(luis.pk): HALF, str(ines.pk): quarter}


def test_a_co_owner_who_buys_keeps_one_right_with_the_sum(scene):
    town, lot, rosa, luis, _ = scene
    transfer_rights(
        unit=lot,
        cause="SALE",
        givers=[Giver(party=rosa)],
        takers=[Taker(party=luis, share=HALF)],
        filing=sale(town),
    )
    assert held(lot) == {str(luis.pk): WHOLE}
    assert Right.objects.known().filter(unit=lot, valid__upper_inf=True).count() == 1


def test_taken_and_given_must_be_equal(scene):
    town, lot, rosa, _, ines = scene
    with pytest.raises(SharesNotWhole, match=r"1/2.*1/3"):
        transfer_rights(
            unit=lot,
            cause="SALE",
            givers=[Giver(party=rosa)],
            takers=[Taker(party=ines, share=THIRD)],
            filing=sale(town),
        )


def test_more_than_one_has_cannot_be_sold(scene):
    town, lot, rosa, _, ines = scene
    with pytest.raises(NothingToTransfer):
        transfer_rights(
            unit=lot,
            cause="SALE",
            givers=[Giver(party=rosa, share=Fraction(3, 4))],
            takers=[Taker(party=ines, share=Fraction(3, 4))],
            filing=sale(town),
        )


def test_a_stranger_sells_nothing(scene):
    town, lot, _, _, ines = scene
    with pytest.raises(NothingToTransfer):
        transfer_rights(
            unit=lot,
            cause="SALE",
            givers=[Giver(party=ines)],
            takers=[Taker(party=ines, share=HALF)],
            filing=sale(town),
        )


def test_heirs_without_shares_make_the_group_undetermined(scene):
    town, lot, rosa, _, ines = scene
    outcome = transfer_rights(
        unit=lot,
        cause="INHERITANCE",
        givers=[Giver(party=rosa)],
        takers=[Taker(party=ines, share=None, kind=Right.Kind.HEIRS)],
        filing=filings.complete(town, "transfer_rights", cause="INHERITANCE"),
    )
    kinds = sorted((kind, n) for _, kind, n, _ in outcome.after[0].rights)
    assert kinds == [("HEIRS", None), ("OWNERSHIP", 1)]


def test_possession_is_declared_and_not_inscribed(scene):
    town, lot, _, _, ines = scene
    filing = filings.complete(town, "transfer_rights", cause="POSSESSION")
    assert {source.kind for source in filing.sources} == {"OWNERS_ACT"}
    outcome = transfer_rights(
        unit=lot,
        cause="POSSESSION",
        kind=Right.Kind.POSSESSION,
        givers=[],
        takers=[Taker(party=ines, share=None, kind=Right.Kind.POSSESSION)],
        filing=filing,
    )
    assert {kind for _, kind, _, _ in outcome.after[0].rights} == {"OWNERSHIP", "POSSESSION"}


def test_a_deed_alone_is_not_enough(scene):
    town, lot, _, _, ines = scene
    filing = sale(town)
    deed_only = [source for source in filing.sources if source.kind == "DEED"]
    with pytest.raises(SourcesMissing, match="inscripción"):
        transfer_rights(
            unit=lot,
            cause="SALE",
            givers=[],
            takers=[Taker(party=ines, share=WHOLE)],
            filing=replace(filing, sources=deed_only),
        )


def test_an_inscription_needs_number_and_date_and_no_date_to_come(scene):
    town, lot, _, _, ines = scene
    ask = {"unit": lot, "cause": "SALE", "givers": [], "takers": [Taker(party=ines, share=WHOLE)]}
    deed = filings.source(town, "DEED")
    bare = filings.source(town, "INSCRIPTION", number="")
    coming = filings.source(town, "INSCRIPTION", on=date(2999, 1, 1))
    with pytest.raises(SourceIncomplete):
        transfer_rights(**ask, filing=replace(sale(town), sources=[deed, bare]))
    with pytest.raises(NotInForceYet):
        transfer_rights(**ask, filing=replace(sale(town), sources=[deed, coming]))


def test_debts_stop_it_until_a_certificate_says_they_are_settled(scene):
    town, lot, _, _, ines = scene
    titles.owe(town, lot)
    ask = {"unit": lot, "cause": "SALE", "givers": [], "takers": [Taker(party=ines, share=WHOLE)]}
    filing = sale(town)
    with pytest.raises(DebtsOpen, match="no adeudar"):
        transfer_rights(**ask, filing=filing)
    rehearsed = transfer_rights(**ask, filing=replace(filing, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["debts_open"]
    certificate = filings.source(town, "NO_DEBT_CERTIFICATE", property_text="7")
    transfer_rights(**ask, filing=replace(filing, sources=[*filing.sources, certificate]))
    assert held(lot) == {str(ines.pk): WHOLE}


def test_cause_reason_and_town_are_checked(scene):
    town, lot, _, _, ines = scene
    ask = {"unit": lot, "givers": [], "takers": [Taker(party=ines, share=WHOLE)]}
    with pytest.raises(UnknownCause):
        transfer_rights(**ask, cause="GIFT", filing=sale(town))
    with pytest.raises(ReasonMissing):
        transfer_rights(**ask, cause="SALE", filing=replace(sale(town), reason="  "))
    other = register.town("celica", "1104")
    stranger = Party.objects.create(municipality=other, kind="NATURAL")
    with pytest.raises(NotFound):
        transfer_rights(
            unit=lot,
            cause="SALE",
            givers=[],
            takers=[Taker(party=stranger, share=WHOLE)],
            filing=sale(town),
        )


def burden(town, lot, kind):
    Restriction.objects.create(
        municipality=town,
        unit=lot,
        kind=kind,
        valid=register.EVER_SINCE,
        recorded=(lot.opened_by.recorded_at, None),
        opened_by=lot.opened_by,
    )


@pytest.mark.parametrize(
    ("kind", "cause", "is_stopped"),
    [
        ("SEIZURE", "SALE", True),
        ("SALE_BAN", "DONATION", True),
        ("FAMILY_PATRIMONY", "SALE", True),
        ("MORTGAGE", "SALE", False),
        ("SEIZURE", "INHERITANCE", False),
        ("SEIZURE", "PRESCRIPTION", False),
    ],
)
def test_what_may_not_be_alienated_is_not_sold(scene, kind, cause, is_stopped):
    town, lot, _, _, ines = scene
    burden(town, lot, kind)
    ask = {"unit": lot, "cause": cause, "givers": [], "takers": [Taker(party=ines, share=WHOLE)]}
    filing = filings.complete(town, "transfer_rights", cause=cause)
    if not is_stopped:
        transfer_rights(**ask, filing=filing)
        return
    with pytest.raises(BurdenForbids):
        transfer_rights(**ask, filing=filing)
    rehearsed = transfer_rights(**ask, filing=replace(filing, dry_run=True))
    assert [obstacle.code for obstacle in rehearsed.obstacles] == ["burden_forbids"]
    order = filings.source(town, "COURT_ORDER")
    transfer_rights(**ask, filing=replace(filing, sources=[*filing.sources, order]))


def test_a_certificate_of_a_year_before_the_title_settles_nothing(scene):
    town, lot, _, _, ines = scene
    titles.owe(town, lot)
    ask = {"unit": lot, "cause": "SALE", "givers": [], "takers": [Taker(party=ines, share=WHOLE)]}
    old = filings.source(town, "NO_DEBT_CERTIFICATE", on=date(2025, 12, 30))
    filing = sale(town)
    with pytest.raises(DebtsOpen):
        transfer_rights(**ask, filing=replace(filing, sources=[*filing.sources, old]))


@pytest.mark.parametrize(
    ("cause", "given", "taken"),
    [
        ("POSSESSION", "OWNERSHIP", "OWNERSHIP"),
        ("POSSESSION", "OWNERSHIP", "POSSESSION"),
        ("SALE", "OWNERSHIP", "USUFRUCT"),
        ("SALE", "POSSESSION", "OWNERSHIP"),
        ("DONATION", "HEIRS", "OWNERSHIP"),
    ],
)
def test_a_cause_moves_only_its_tenures(scene, cause, given, taken):
    town, lot, _, _, ines = scene
    with pytest.raises(TenureDoesNotPass):
        transfer_rights(
            unit=lot,
            cause=cause,
            kind=given,
            givers=[],
            takers=[Taker(party=ines, share=WHOLE, kind=taken)],
            filing=filings.complete(town, "transfer_rights", cause=cause),
        )


def test_an_undetermined_heir_does_not_sell_the_whole(scene):
    town, lot, rosa, luis, ines = scene
    heirs = [Taker(party=party, share=None) for party in (rosa, luis)]
    transfer_rights(
        unit=lot,
        cause="INHERITANCE",
        givers=[],
        takers=heirs,
        filing=filings.complete(town, "transfer_rights", cause="INHERITANCE"),
    )
    ask = {"unit": lot, "cause": "SALE", "filing": sale(town)}
    with pytest.raises(SharesNotWhole, match="sin cuota"):
        transfer_rights(**ask, givers=[Giver(party=rosa)], takers=[Taker(party=ines, share=WHOLE)])
    transfer_rights(**ask, givers=[], takers=[Taker(party=ines, share=WHOLE)])
    assert held(lot) == {str(ines.pk): WHOLE}


def test_a_predio_that_nobody_held_gets_its_first_owner(scene):
    town, _, _, _, ines = scene
    bare = register.predio(register.operation(town), square(60, 0), "170350010100100200000000")
    transfer_rights(
        unit=bare,
        cause="AWARD",
        givers=[],
        takers=[Taker(party=ines, share=WHOLE)],
        filing=filings.complete(town, "transfer_rights", cause="AWARD"),
    )
    assert held(bare) == {str(ines.pk): WHOLE}


def test_nobody_becomes_owner_beside_heirs_who_give_nothing(scene):
    town, _, _, _, ines = scene
    act = register.operation(town)
    lot = register.predio(act, square(60, 0), "170350010100100200000000")
    register.holder(act, lot, "Hijos de Segundo", share=None, kind="HEIRS")
    with pytest.raises(NothingToTransfer, match="tiene titulares"):
        transfer_rights(
            unit=lot,
            cause="SALE",
            givers=[],
            takers=[Taker(party=ines, share=None)],
            filing=sale(town),
        )
