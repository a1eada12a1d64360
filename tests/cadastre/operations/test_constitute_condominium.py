"""A predio becomes the matrix of its units: alícuotas, keys, rights, burdens and built areas go to them whole.

┌────────────┐  1-1-1  5/8, 80 m² own
│ ┌────────┐ │  1-2-1  3/8, 48 m² own      12 m² stay common
└─┴────────┴─┘
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import UUID, uuid4

import pytest

from cadastre.acts.aliquots import AliquotsNotWhole
from cadastre.acts.required_sources import SourcesMissing
from cadastre.models import BuildingVersion, Ficha, KeyAlias, PropertyUnit, Right
from cadastre.operations.add_building import add_building
from cadastre.operations.carry_out_act import carry_out_act
from cadastre.operations.change_key import change_key
from cadastre.operations.constitute_condominium import (
    HoldersNotOfMatrix,
    NewUnit,
    TooFewUnits,
    constitute_condominium,
)
from cadastre.operations.deed.buildings import NewBuilding, NewFloor
from cadastre.operations.deed.ground import NoGround
from cadastre.operations.deed.locks import PredioObserved
from cadastre.operations.deed.obstacles import BurdenForbids
from cadastre.operations.deed.perform import KeyTaken, SharesNotWhole
from cadastre.operations.deed.private_areas import PrivateAreasUnfit
from cadastre.operations.deed.rows import OutOfOrder
from cadastre.operations.split_parcel import KeysDoNotFit, OnlyPlainPredio
from cadastre.operations.transfer_rights import Taker
from gis_project.core.errors import NotFound
from tests import filings, register
from tests.cadastre.operations.ground_scenes import assert_lawful, key, opened, restriction
from tests.shapes import square

pytestmark = pytest.mark.django_db
LATER = date(2026, 6, 1)
ROOT = key(1)[:16]
TABLE = (
    NewUnit(aliquot=Decimal("0.625"), tower=1, floor=1, unit=1, private_m2=Decimal("80.00")),
    NewUnit(aliquot=Decimal("0.375"), tower=1, floor=2, unit=1, private_m2=Decimal("48.00")),
)
PLAIN = tuple(replace(row, private_m2=None) for row in TABLE)


@pytest.fixture
def scene():
    """Rosa's and Tomás's lot, by a third and two thirds."""
    town = register.town()
    act = register.operation(town)
    lot = register.predio(act, square(), key(1), number="7")
    rosa = register.holder(act, lot, "Rosa Quishpe", "1700000001", share=Fraction(1, 3)).party
    tomas = register.holder(act, lot, "Tomás Caiza", "1700000002", share=Fraction(2, 3)).party
    return town, act, lot, rosa, tomas


def house(town, lot, m2="140.00"):
    half = Decimal(m2) / 2
    building = NewBuilding(
        structure="CONCRETE",
        built_in=2020,
        floors=[NewFloor(number=1, area_m2=half), NewFloor(number=2, area_m2=half)],
    )
    filing = filings.complete(town, "add_building", on=date(2026, 1, 5))
    outcome = add_building(unit=lot, building=building, filing=filing)
    return UUID(outcome.facts["building"])


def constitute(town, lot, table=PLAIN, **fields):
    filing = filings.complete(town, "constitute_condominium", **fields)
    return constitute_condominium(unit=lot, units=table, filing=filing)


def test_units_with_keys_aliquots_and_the_rights_of_the_matrix(scene):
    town, act, lot, rosa, tomas = scene
    Ficha.objects.create(unit=lot, answers={"topography": "FLAT"}, **opened(act))
    outcome = constitute(town, lot)
    matrix, first, second = outcome.after
    assert (matrix.is_taxable, matrix.state, matrix.key, matrix.rights) == (
        False,
        "ACTIVE",
        key(1),
        (),
    )
    assert [u.key for u in (first, second)] == [f"{ROOT}00101001", f"{ROOT}00102001"]
    assert [u.aliquot for u in (first, second)] == [Decimal("0.625"), Decimal("0.375")]
    assert first.parcel_id == matrix.parcel_id
    assert first.geom_hash == matrix.geom_hash
    thirds = {(str(rosa.pk), "OWNERSHIP", 1, 3), (str(tomas.pk), "OWNERSHIP", 2, 3)}
    assert set(first.rights) == set(second.rights) == thirds
    assert outcome.ledger == ()
    ficha = Ficha.objects.get(recorded__upper_inf=True)
    assert (ficha.unit_id, ficha.valid.upper) == (lot.pk, None)
    assert_lawful(outcome)


def test_units_may_have_holders_of_their_own(scene):
    town, _, lot, rosa, tomas = scene
    table = (
        replace(PLAIN[0], holders=[Taker(party=rosa, share=Fraction(1))]),
        replace(PLAIN[1], holders=[Taker(party=tomas, share=None)]),
    )
    outcome = constitute(town, lot, table)
    assert [state.rights for state in outcome.after[1:]] == [
        ((str(rosa.pk), "OWNERSHIP", 1, 1),),
        ((str(tomas.pk), "OWNERSHIP", None, None),),
    ]
    assert not Right.objects.known().filter(unit=lot, valid__upper_inf=True).exists()


def test_it_transfers_nothing(scene):
    town, act, lot, rosa, tomas = scene
    alien = register.predio(act, square(100), key(9))
    stranger = register.holder(act, alien, "Luis Caiza", "1700000019", share=Fraction(1)).party
    mine = [Taker(party=rosa, share=Fraction(1))]
    for holders in (
        [Taker(party=stranger, share=Fraction(1))],
        [Taker(party=tomas, share=None, kind="POSSESSION")],
        mine,
    ):
        table = (replace(PLAIN[0], holders=mine), replace(PLAIN[1], holders=holders))
        with pytest.raises(HoldersNotOfMatrix, match="escritura"):
            constitute(town, lot, table)


def test_rights_of_others_lie_on_every_unit(scene):
    town, act, lot, rosa, tomas = scene
    aunt = register.holder(act, lot, "Inés", "1700000027", share=None, kind="USUFRUCT").party
    table = (
        replace(PLAIN[0], holders=[Taker(party=rosa, share=Fraction(1))]),
        replace(PLAIN[1], holders=[Taker(party=tomas, share=Fraction(1))]),
    )
    outcome = constitute(town, lot, table)
    for state in outcome.after[1:]:
        assert (str(aunt.pk), "USUFRUCT", None, None) in state.rights
        assert len(state.rights) == 2
    assert_lawful(outcome)


@pytest.mark.parametrize("kind", ["SALE_BAN", "SEIZURE", "FAMILY_PATRIMONY"])
def test_what_may_not_be_alienated_is_not_declared(scene, kind):
    town, act, lot, *_ = scene
    restriction(act, lot, kind=kind)
    with pytest.raises(BurdenForbids):
        constitute(town, lot)


def test_shares_of_a_unit_are_whole(scene):
    town, _, lot, rosa, _ = scene
    table = (replace(PLAIN[0], holders=[Taker(party=rosa, share=Fraction(1, 2))]), PLAIN[1])
    with pytest.raises(SharesNotWhole):
        constitute(town, lot, table)


def test_burdens_lie_on_every_unit(scene):
    town, act, lot, *_ = scene
    mortgage = restriction(act, lot, amount=Decimal("9000.00"), rank=1)
    outcome = constitute(town, lot)
    told = ((str(mortgage.encumbrance_id), "MORTGAGE", "9000.00"),)
    assert [state.encumbrances for state in outcome.after] == [(), told, told]
    assert outcome.notes == ("Los gravámenes y obligaciones de la matriz pasan a cada unidad.",)


def test_private_areas_leave_the_rest_common(scene):
    town, _, lot, *_ = scene
    building = house(town, lot)
    outcome = constitute(town, lot, TABLE)
    now = BuildingVersion.objects.known().filter(valid__upper_inf=True).order_by("floor_area_m2")
    units = [state.unit_id for state in outcome.after]
    assert [(row.unit_id, row.floor_area_m2) for row in now] == [
        (None, Decimal("12.00")),
        (units[2], Decimal("48.00")),
        (units[1], Decimal("80.00")),
    ]
    assert {row.structure for row in now} == {"CONCRETE"}
    past = BuildingVersion.objects.known().get(valid__upper_inf=False)
    assert (past.building_id, past.floor_area_m2, past.floor_rows.count()) == (
        building,
        Decimal("140.00"),
        2,
    )
    assert not any(row.floor_rows.exists() for row in now)
    assert_lawful(outcome)


def test_without_private_areas_the_building_is_common(scene):
    town, _, lot, *_ = scene
    house(town, lot)
    outcome = constitute(town, lot)
    row = BuildingVersion.objects.known().get(valid__upper_inf=True)
    assert (row.unit_id, row.floor_rows.count()) == (None, 2)
    assert "comunes" in outcome.notes[0]


def test_private_areas_fit_into_their_building(scene):
    town, _, lot, *_ = scene
    with pytest.raises(PrivateAreasUnfit, match="0 edificaciones"):
        constitute(town, lot, TABLE)
    first = house(town, lot, "100.00")
    with pytest.raises(PrivateAreasUnfit, match="28,00"):
        constitute(town, lot, TABLE)
    second = house(town, lot, "48.00")
    with pytest.raises(PrivateAreasUnfit, match="2 edificaciones"):
        constitute(town, lot, TABLE)
    with pytest.raises(PrivateAreasUnfit):
        constitute(town, lot, [replace(row, building=uuid4()) for row in TABLE])
    constitute(town, lot, (replace(TABLE[0], building=first), replace(TABLE[1], building=second)))
    common = BuildingVersion.objects.known().filter(valid__upper_inf=True, unit__isnull=True)
    assert [(row.building_id, row.floor_area_m2) for row in common] == [(first, Decimal("20.00"))]


def test_aliquots_are_exact_or_the_difference_is_told(scene):
    town, _, lot, *_ = scene
    third = Decimal("0.3333333333")
    table = [NewUnit(aliquot=third, tower=1, floor=1, unit=n) for n in (1, 2, 3)]
    with pytest.raises(AliquotsNotWhole, match=r"faltan 0\.0000000001"):
        constitute(town, lot, table)
    table[2] = replace(table[2], aliquot=Decimal("0.3333333334"))
    assert len(constitute(town, lot, table).after) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"unit": 0},
        {"floor": 100},
        {"key": key(2)},
        {"key": f"{ROOT}00101001"},
        {"key": "12"},
    ],
)
def test_keys_that_do_not_fit(scene, changes):
    town, _, lot, *_ = scene
    with pytest.raises(KeysDoNotFit):
        constitute(town, lot, (PLAIN[0], replace(PLAIN[1], **changes)))


def test_a_matrix_without_national_key_needs_keys(scene):
    town, act, lot, *_ = scene
    change_key(
        unit=lot,
        key="P-1703-9",
        filing=filings.complete(town, "change_key", on=date(2026, 2, 1)),
    )
    with pytest.raises(KeysDoNotFit, match="clave nacional"):
        constitute(town, lot)
    table = [replace(row, key=f"BLOQUE-A-{n}") for n, row in enumerate(PLAIN, start=1)]
    assert [s.key for s in constitute(town, lot, table).after[1:]] == ["BLOQUE-A-1", "BLOQUE-A-2"]
    assert KeyAlias.objects.known().filter(unit=lot, valid__upper_inf=True).count() == 2
    other = register.predio(act, square(40), key(2))
    with pytest.raises(KeyTaken):
        constitute(town, other, table)


def test_what_is_no_plain_predio_is_not_declared(scene):
    town, act, lot, *_ = scene
    with pytest.raises(TooFewUnits):
        constitute(town, lot, [replace(PLAIN[0], aliquot=Decimal(1))])
    outcome = constitute(town, lot)
    for unit in (lot, PropertyUnit.objects.get(pk=outcome.after[1].unit_id)):
        with pytest.raises(OnlyPlainPredio):
            constitute(town, unit)
    with pytest.raises(NoGround):
        constitute(town, PropertyUnit.objects.create(municipality=town, opened_by=act))


def test_documents_order_state_and_town(scene):
    town, _, lot, *_ = scene
    with pytest.raises(SourcesMissing, match="declaratoria"):
        constitute(town, lot, sources=[])
    with pytest.raises(OutOfOrder):
        constitute(town, lot, on=date(2019, 1, 1))
    celica = register.town("celica", "1104")
    with pytest.raises(NotFound):
        carry_out_act(
            "constitute_condominium",
            {"unit": str(lot.pk), "units": [{"aliquot": "1"}]},
            municipality=celica,
            filing=filings.complete(celica, "constitute_condominium"),
        )
    PropertyUnit.objects.filter(pk=lot.pk).update(state="OBSERVED")
    with pytest.raises(PredioObserved):
        constitute(town, lot)


def test_a_dry_run_through_the_door_shows_the_same_and_leaves_nothing(scene):
    town, _, _, rosa, _ = scene
    holder = {"party": str(rosa.pk), "share": "1"}
    told = {
        "unit": "7",
        "units": [
            {"aliquot": "0.5", "tower": 1, "floor": 1, "unit": 1, "holders": [holder]},
            {"aliquot": "0.5", "tower": 1, "floor": 1, "unit": 2},
        ],
    }
    filing = filings.complete(town, "constitute_condominium")
    rehearsed = carry_out_act(
        "constitute_condominium", told, municipality=town, filing=replace(filing, dry_run=True)
    )
    assert PropertyUnit.objects.get().is_taxable
    done = carry_out_act("constitute_condominium", told, municipality=town, filing=filing)
    assert [(s.key, s.rights) for s in rehearsed.after] == [(s.key, s.rights) for s in done.after]
    assert rehearsed.facts == done.facts
