"""The value of a predio: its lines add up, and what is missing goes to the list, not to a factor."""

import pickle
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.valuation.appraise import appraise, appraise_all
from cadastre.valuation.depreciation import linear_part_lost
from cadastre.valuation.facts import BuildingFacts, MigratedValue, MissingInput
from gis_project.core.assessment import check_line
from gis_project.core.errors import InvalidInput
from tests.property_tax_facts import ordinance, unit

areas = st.integers(1, 10**7).map(lambda square_centimetres: Decimal(square_centimetres) / 100)
years = st.integers(1900, 2025)
MIGRATED = MigratedValue(2025, Decimal("10000.00"), Decimal("5000.00"), Decimal("15500.00"))


@given(areas, st.lists(st.tuples(areas, years), max_size=4))
def test_lines_recompute_and_sum_to_the_total(
    area: Decimal, built: list[tuple[Decimal, int]]
) -> None:
    buildings = tuple(
        BuildingFacts(str(number), "CONCRETE", floor_area, year)
        for number, (floor_area, year) in enumerate(built)
    )
    appraisal = appraise(unit(legal_area_m2=area, buildings=buildings), ordinance())

    for line in appraisal.lines:
        check_line(line)
    assert appraisal.total == appraisal.land + appraisal.buildings
    assert appraisal.total == sum(line.amount for line in appraisal.lines)


@given(areas, areas)
def test_a_larger_lot_is_worth_no_less(a: Decimal, b: Decimal) -> None:
    small, large = sorted((a, b))

    assert (
        appraise(unit(legal_area_m2=small), ordinance()).total
        <= appraise(unit(legal_area_m2=large), ordinance()).total
    )


@given(st.integers(0, 200), st.integers(1, 100), st.integers(0, 100))
def test_depreciation_only_grows_and_leaves_the_residual(
    age: int, life: int, residual: int
) -> None:
    lost, later = (linear_part_lost(at, life, Decimal(residual)) for at in (age, age + 1))

    assert 0 <= lost <= later <= 1 - Decimal(residual) / 100


@given(st.lists(st.integers(1, 1000), min_size=1, max_size=8))
def test_aliquots_that_sum_to_one_share_out_the_land_to_the_cent_each(parts: list[int]) -> None:
    whole = appraise(unit(legal_area_m2=Decimal(1000)), ordinance()).total
    aliquots = [Decimal(part) / sum(parts) for part in parts]

    shares = [
        appraise(unit(legal_area_m2=Decimal(1000), aliquot=aliquot), ordinance()).total
        for aliquot in aliquots
    ]

    assert abs(sum(shares) - whole) <= Decimal("0.01") * len(shares)


def test_the_migrated_value_is_taken_where_the_ordinance_says_and_there_is_one() -> None:
    with_value, without = unit("a", migrated=MIGRATED), unit("b")
    rule = ordinance(use_migrated_values=True)

    assert appraise(with_value, rule).total == Decimal("15500.00")
    assert appraise(without, rule).total == Decimal("13650.00")
    assert appraise(with_value, ordinance()).total == Decimal("13650.00")


def test_missing_data_never_fall_back_on_the_migrated_value() -> None:
    with pytest.raises(MissingInput):
        appraise(unit(zone_code=None, migrated=MIGRATED), ordinance())


def test_one_building_without_row_leaves_the_whole_predio_without_value() -> None:
    buildings = (
        BuildingFacts("good", "CONCRETE", Decimal(100), 2000),
        BuildingFacts("bad", "BAMBOO", Decimal(100), 2000),
    )

    with pytest.raises(MissingInput) as refusal:
        appraise(unit("x", buildings=buildings), ordinance())

    assert refusal.value.what == "BUILDING_COST"
    assert refusal.value.details == {"unit_id": "x", "what": "BUILDING_COST"}


def _building_factor(of: str, **rows: str) -> dict[str, Any]:
    factor = {"code": "CASE", "kind": "WORD", "of": [of], "rows": rows}
    return {"buildings": {"depreciation": "LINEAR", "factors": [factor]}}


def test_a_buildings_use_is_never_taken_from_its_lot() -> None:
    buildings = (BuildingFacts("b", "CONCRETE", Decimal(100), 2000),)
    facts = unit(buildings=buildings, traits={"use": "SHOP"})

    with pytest.raises(MissingInput) as refusal:
        appraise(facts, ordinance(valuation=_building_factor("use", SHOP="2")))

    assert refusal.value.what == "TRAIT"


def test_a_buildings_factor_may_look_at_the_road_of_its_lot() -> None:
    buildings = (BuildingFacts("b", "CONCRETE", Decimal(100), 2000, traits={"road": "PAVED"}),)
    facts = unit(buildings=buildings, traits={"road": "DIRT"})

    half = appraise(facts, ordinance(valuation=_building_factor("road", DIRT="0.5", PAVED="1")))

    assert half.buildings * 2 == appraise(facts, ordinance()).buildings


def test_no_predio_is_lost_between_values_and_work_list() -> None:
    units = [unit("a"), unit("b", zone_code=None), unit("c", legal_area_m2=None), unit("d")]

    appraised, missing = appraise_all(units, ordinance())

    assert [held.unit.unit_id for held in appraised] == ["a", "d"]
    assert [(refusal.unit_id, refusal.what) for refusal in missing] == [
        ("b", "ZONE"),
        ("c", "AREA"),
    ]


def test_a_refusal_can_cross_processes() -> None:
    _, [refusal] = appraise_all([unit("b", zone_code=None)], ordinance())

    back = pickle.loads(pickle.dumps(refusal))

    assert (back.message, back.unit_id, back.what) == (refusal.message, "b", "ZONE")


@pytest.mark.parametrize("aliquot", ["0", "-0.1", "1.0001"])
def test_an_aliquot_outside_zero_to_one_is_refused(aliquot: str) -> None:
    with pytest.raises(InvalidInput):
        unit(aliquot=Decimal(aliquot))
