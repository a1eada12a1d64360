"""A roll is not assessed by an ordinance whose facts nobody reads."""

from typing import Any

import pytest

from cadastre.operations.assess_roll import assess_roll
from cadastre.taxation.national_law import national_law
from cadastre.valuation.ordinance import InvalidOrdinance
from tests.property_tax_facts import ordinance

FENCE = {"FENCE": {"label": "Cerramiento", "cost": "25", "life": 20, "residual_pct": "10"}}


def _charge(basis: str) -> dict[str, Any]:
    return {"service_charges": [{"code": "REFUSE", "basis": basis, "amount": "2"}]}


@pytest.mark.parametrize(
    ("parameters", "named"),
    [
        ({"valuation": {"works": FENCE}}, "valuation.works"),
        ({"applied_taxes": ["UNBUILT_LAND"]}, "UNBUILT_LAND"),
        ({"applied_taxes": ["PROMOTION_ZONE"]}, "PROMOTION_ZONE"),
        (_charge("PER_UNIT"), "REFUSE"),
    ],
)
def test_an_ordinance_that_taxes_by_facts_nobody_reads_is_refused(
    parameters: dict[str, Any], named: str
) -> None:
    with pytest.raises(InvalidOrdinance, match=named):
        assess_roll((), ordinance=ordinance(**parameters), law=national_law(2026), year=2026)


@pytest.mark.parametrize("basis", ["FLAT", "PER_MILLE", "PERCENT_OF_TAX"])
def test_an_ordinance_of_other_charges_is_followed(basis: str) -> None:
    rule = ordinance(**_charge(basis))

    assessed = assess_roll((), ordinance=rule, law=national_law(2026), year=2026)

    assert assessed.bills == assessed.unbilled == ()
