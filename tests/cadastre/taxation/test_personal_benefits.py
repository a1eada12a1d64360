"""What a bill and its portfolio may tell of a person's benefit."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

from cadastre.taxation.assess_co_owners import assess_co_owners
from cadastre.taxation.assess_taxpayer import UnitAssessment, assess_taxpayer, bill_explanation
from cadastre.taxation.national_law import national_law
from cadastre.valuation.facts import AppraisedUnit
from cadastre.valuation.tax_standing import HolderStanding, TaxStanding
from tests.property_tax_facts import appraised, ordinance

ELDERLY = HolderStanding(
    "rosa",
    born_on=date(1950, 5, 5),
    income=Decimal(3000),
    patrimony=Decimal(482_000),
    is_natural=True,
)


def _held(*holders: HolderStanding) -> AppraisedUnit:
    return replace(appraised(Decimal("80000.00")), standing=TaxStanding(holders=holders))


def test_what_an_elderly_holder_owns_is_stored_with_no_title() -> None:
    held = _held(ELDERLY)
    [bill] = assess_taxpayer(
        holdings=[held], ordinance=ordinance(), law=national_law(2026), year=2026
    )

    [benefit] = bill.portfolio.as_dict()["benefits"]
    assert (benefit["code"], benefit["is_applied"]) == ("ELDERLY", True)
    assert bill.taxable_value == Decimal("40000.00")
    for stored in (bill.portfolio.as_dict(), bill_explanation(held, bill)):
        assert "482000" not in json.dumps(stored)


def test_a_tax_of_several_co_owners_shows_the_rate_of_none() -> None:
    holders = [HolderStanding(name, Fraction(1, 2)) for name in ("rosa", "ines")]
    [bill] = assess_co_owners(
        holdings=[_held(*holders)],
        ordinance=ordinance(accumulation="SHARES"),
        law=national_law(2026),
        year=2026,
    )

    assert isinstance(bill, UnitAssessment)
    tax = bill.lines[0]
    assert (tax.rate, tax.amount) == (0, Decimal("160.00"))
    assert [child.rate for child in tax.children] == [2, 2]
