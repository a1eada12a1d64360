"""A roll follows whatever its ordinance asks: works, surcharges, uses, shares; what it cannot, it lists."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from cadastre.operations.assess_roll import AssessedRoll, assess_roll
from cadastre.queries.roll_snapshot import RollUnit, snapshot_hash
from cadastre.taxation.national_law import national_law
from cadastre.valuation.facts import UnitFacts, UnitKind, WorkFacts
from cadastre.valuation.tax_standing import Grant, HolderStanding, LotStanding, TaxStanding
from tests.property_tax_facts import ordinance, rates

ROSA, TOMAS = UUID(int=1), UUID(int=2)
FENCE = {"FENCE": {"label": "Cerramiento", "cost": "25", "life": 20, "residual_pct": "10"}}
UNSERVED = LotStanding(services=frozenset())
SERVED = LotStanding(services=frozenset({"WATER", "SEWER", "ELECTRICITY"}))


def holder(
    party: UUID, share: Fraction = Fraction(1), born: date | None = date(1980, 1, 1)
) -> HolderStanding:
    return HolderStanding(str(party), share=share, born_on=born, is_natural=True)


def roll_unit(
    number: int,
    *,
    holders: Mapping[UUID, Fraction] | None = None,
    works: tuple[WorkFacts, ...] = (),
    **standing: Any,
) -> RollUnit:
    """A lot of 300 m² in the zone of 45.50 a m²: 13,650.00."""
    held = {ROSA: Fraction(1)} if holders is None else holders
    facts = UnitFacts(
        unit_id=str(UUID(int=number)),
        key=f"K{number}",
        kind=UnitKind.URBAN,
        zone_code="Z1",
        legal_area_m2=Decimal(300),
        works=works,
    )
    known = {"holders": tuple(holder(party, share) for party, share in held.items())} | standing
    return RollUnit(
        UUID(int=number), f"K{number}", "", "170350", facts, tuple(held), TaxStanding(**known)
    )


def assessed(*units: RollUnit, **parameters: Any) -> AssessedRoll:
    rule = ordinance(**parameters)
    return assess_roll(units, ordinance=rule, law=national_law(2026), year=2026)


def amounts(roll: AssessedRoll, number: int = 0) -> dict[str, Decimal]:
    return {line.concept: line.amount for line in roll.bills[number].assessment.lines}


def test_a_work_adds_its_depreciated_cost() -> None:
    fence = WorkFacts("w", "FENCE", Decimal(10), 2015)
    [bill] = assessed(roll_unit(1, works=(fence,)), valuation={"works": FENCE}).bills

    # 10 m × 25 = 250; at 31 Dec 2025 10 of 20 years, half of its 90 %: less 112.50. 13,650 + 137.50
    assert bill.assessment.appraised_value == Decimal("13787.50")


def test_a_work_without_cost_stops_its_predio() -> None:
    pool = WorkFacts("w", "POOL", Decimal(1), 2015)
    roll = assessed(roll_unit(1, works=(pool,)), valuation={"works": FENCE})

    assert [row.code for row in roll.unbilled] == ["WORK_COST"]


def test_an_unbuilt_lot_pays_the_surcharge_where_services_are() -> None:
    served, unserved = (
        assessed(roll_unit(1, lot=lot), applied_taxes=["UNBUILT_LAND"])
        for lot in (SERVED, UNSERVED)
    )
    # Art. 507: 13,650 × 2 ‰ = 27.30
    assert amounts(served)["UNBUILT_LAND"] == Decimal("27.30")
    assert "UNBUILT_LAND" not in amounts(unserved)


def test_services_that_nobody_knows_are_a_doubt_and_no_charge() -> None:
    roll = assessed(roll_unit(1), applied_taxes=["UNBUILT_LAND"])

    assert "UNBUILT_LAND" not in amounts(roll)
    assert [doubt.code for doubt in roll.bills[0].assessment.doubts] == ["SERVICES"]


def test_a_charge_by_use_is_of_what_was_measured() -> None:
    charge = {"code": "REFUSE", "basis": "PER_UNIT", "amount": "2"}
    roll = assessed(roll_unit(1, quantities={"REFUSE": Decimal("3.5")}), service_charges=[charge])

    assert amounts(roll)["SERVICE_REFUSE"] == Decimal("7.00")


def test_an_unknown_grant_stops_its_predio_and_no_other() -> None:
    roll = assessed(
        roll_unit(1, grants=(Grant("NOBODY_KNOWS", 2026),)),
        roll_unit(2, holders={TOMAS: Fraction(1)}),
    )

    assert [(row.unit.key, row.code) for row in roll.unbilled] == [("K1", "GRANT")]
    assert [bill.unit.key for bill in roll.bills] == ["K2"]


def test_a_grant_by_act_frees_the_predio() -> None:
    temple = Grant("TEMPLE", 2020, act="Resolución 12-2019")
    roll = assessed(roll_unit(1, grants=(temple,)))

    assert roll.bills[0].assessment.property_tax == 0


def test_shares_add_up_by_co_owner() -> None:
    half = Fraction(1, 2)
    units = (roll_unit(1), roll_unit(2, holders={ROSA: half, TOMAS: half}))
    table = rates("BRACKET", ["0", "1"], ["20000", "2"])
    grouped = assessed(*units, urban_rates=table)
    shared = assessed(*units, urban_rates=table, accumulation="SHARES")

    # By groups each has 13,650.00 at 1 ‰. By shares Rosa has 20,475.00, at 2 ‰: 27.30 of the first;
    # of the second 6,825 × 2 ‰ + Tomás's 6,825 × 1 ‰ = 13.65 + 6.83.
    assert [bill.assessment.property_tax for bill in grouped.bills] == [Decimal("13.65")] * 2
    assert [bill.assessment.property_tax for bill in shared.bills] == [
        Decimal("27.30"),
        Decimal("20.48"),
    ]


def test_a_co_owners_predio_without_value_holds_back_his_others() -> None:
    half = Fraction(1, 2)
    lost = roll_unit(1, holders={TOMAS: Fraction(1)})
    assert lost.facts is not None
    lost = replace(lost, facts=replace(lost.facts, zone_code=None))
    roll = assessed(
        lost,
        roll_unit(2, holders={ROSA: half, TOMAS: half}),
        roll_unit(3),
        urban_rates=rates("BRACKET", ["0", "1"], ["20000", "2"]),
        accumulation="SHARES",
    )

    assert [(row.unit.key, row.code) for row in roll.unbilled] == [
        ("K1", "ZONE"),
        ("K2", "PORTFOLIO"),
    ]
    assert [bill.unit.key for bill in roll.bills] == ["K3"]


def test_an_unknown_age_is_a_doubt_beside_the_same_bill() -> None:
    unknown = replace(roll_unit(1), standing=TaxStanding(holders=(holder(ROSA, born=None),)))
    known, doubted = assessed(roll_unit(1)), assessed(unknown)

    assert known.bills[0].assessment.doubts == ()
    [doubt] = doubted.bills[0].assessment.doubts
    assert (doubt.code, doubt.taxpayer_id) == ("AGE", str(ROSA))
    assert known.bills[0].assessment.lines == doubted.bills[0].assessment.lines


def test_the_hash_of_the_snapshot_covers_what_the_tax_looks_at() -> None:
    plain = roll_unit(1)
    others = [
        roll_unit(1, grants=(Grant("TEMPLE", 2020),)),
        roll_unit(1, lot=SERVED),
        roll_unit(1, quantities={"REFUSE": Decimal(1)}),
        roll_unit(1, holders={ROSA: Fraction(1, 2), TOMAS: Fraction(1, 2)}),
        roll_unit(1, works=(WorkFacts("w", "FENCE", Decimal(1), 2015),)),
        replace(plain, standing=TaxStanding(holders=(holder(ROSA, born=date(1950, 1, 1)),))),
    ]

    assert len({snapshot_hash([unit]) for unit in (plain, *others)}) == 1 + len(others)
