"""An ordinance is read whole or refused by the member that is wrong."""

from decimal import Decimal

import pytest

from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import BuildingCost, InvalidOrdinance, LandValue, ordinance_facts
from cadastre.valuation.rate_table import InvalidRateTable, RateMode, RateTable
from tests.property_tax_facts import PARAMETERS, ordinance, rates

EXEMPTION = {"code": "HOME", "steps": [{"years": 5, "percent": "100"}, {"percent": "50"}]}


@pytest.mark.parametrize("name", list(PARAMETERS))
def test_every_parameter_is_required(name: str) -> None:
    told = {member: value for member, value in PARAMETERS.items() if member != name}

    with pytest.raises(InvalidOrdinance) as refusal:
        ordinance_facts(
            municipality="1703",
            year=2026,
            number="001-2025",
            parameters={**told, **_tables(told)},
            land_values={},
            building_costs={},
        )
    assert name in refusal.value.message


def _tables(told: dict) -> dict:
    return {
        name: rates("FLAT", ("0", "1")) for name in ("urban_rates", "rural_rates") if name in told
    }


@pytest.mark.parametrize(
    "wrong",
    [
        {"taxed_area": "SMALLEST"},
        {"area_tolerance_pct": 2.5},
        {"area_tolerance_pct": "-1"},
        {"use_migrated_values": "yes"},
        {"emission_fee": {"amount": 2, "article": "9"}},
        {"emission_fee": {"amount": "NaN", "article": "9"}},
        {"emission_fee": None},
        {"sbu_year": "NEXT"},
        {"urban_rates": {"mode": "FLAT", "bands": []}},
        {"urban_rates": rates("FLAT", ("0", "1"), ("10", "2"))},
        {"urban_rates": rates("BRACKET", ("1", "1"))},
        {"urban_rates": rates("BRACKET", ("0", "1"), ("0", "2"))},
        {"urban_rates": rates("MARGINAL", ("0", "2"), ("10", "1"))},
        {"urban_rates": rates("STEPS", ("0", "2"))},
        {"exemptions": [EXEMPTION | {"steps": []}]},
        {"exemptions": [EXEMPTION | {"steps": [{"percent": "101"}]}]},
        {"exemptions": [EXEMPTION | {"steps": [{"percent": "50"}, {"percent": "20"}]}]},
        {"exemptions": [EXEMPTION | {"needs_grant": False}]},
    ],
)
def test_wrong_parameters_are_refused(wrong: dict) -> None:
    with pytest.raises(InvalidOrdinance):
        ordinance(**wrong)


def test_the_hash_follows_the_content() -> None:
    same = ordinance().content_hash

    assert ordinance().content_hash == same
    assert ordinance(year=2027).content_hash != same
    assert ordinance(emission_fee={"amount": "2.01", "article": "9"}).content_hash != same
    dearer = {"Z1": LandValue(UnitKind.URBAN, Decimal("45.6"))}
    assert ordinance(land_values=dearer).content_hash != same


def test_rows_that_could_value_nothing_are_refused() -> None:
    with pytest.raises(InvalidOrdinance):
        LandValue(UnitKind.URBAN, Decimal(0))
    with pytest.raises(InvalidOrdinance):
        BuildingCost(Decimal("NaN"), 50, Decimal(20))
    with pytest.raises(InvalidOrdinance):
        BuildingCost(Decimal(300), 0, Decimal(20))
    with pytest.raises(InvalidOrdinance):
        BuildingCost(Decimal(300), 50, Decimal(101))


def test_a_bands_first_value_belongs_to_it() -> None:
    table = RateTable(RateMode.BRACKET, (Decimal(0), Decimal(100)), (Decimal(1), Decimal(2)))

    assert [table.band_of(Decimal(value)) for value in ("0", "99.99", "100", "100.01")] == [
        0,
        0,
        1,
        1,
    ]
    assert (table.lowest, table.highest) == (1, 2)


def test_a_table_needs_as_many_rates_as_bands() -> None:
    with pytest.raises(InvalidRateTable):
        RateTable(RateMode.BRACKET, (Decimal(0), Decimal(100)), (Decimal(1),))
