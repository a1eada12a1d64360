"""Winners and losers are counted once each, sums agree, and a goal is found on its grid."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.ordinances.goal import Lever, ends_of, seek, with_lever
from cadastre.ordinances.impact import impact_of
from cadastre.ordinances.outcome import Outcome, SimulatedUnit, has_limits, outcome_of
from cadastre.taxation.assess_taxpayer import assess_taxpayer
from cadastre.taxation.national_law import national_law
from cadastre.valuation.appraise import appraise
from cadastre.valuation.facts import AppraisedUnit, UnitKind
from cadastre.valuation.ordinance import InvalidOrdinance, OrdinanceFacts
from tests.property_tax_facts import ordinance, rates, unit

LAW = national_law(2026)


def outcome(total: str, value: str = "1000", caps: tuple[str, ...] = ()) -> Outcome:
    return Outcome(Decimal(value), Decimal(total), Decimal(total), caps)


def simulated(key: str, before: Outcome | None, after: Outcome | None, **told) -> SimulatedUnit:
    told = {"kind": UnitKind.URBAN, "parish": "170350", "use": "", "zone": "U1"} | told
    return SimulatedUnit(key=key, before=before, after=after, **told)


def test_each_predio_pays_more_less_or_equal():
    found = impact_of(
        [
            simulated("a", outcome("10"), outcome("12")),
            simulated("b", outcome("10"), outcome("9"), parish="170351"),
            simulated("c", outcome("10"), outcome("10"), use="COMMERCE"),
            simulated("d", None, outcome("7")),
            simulated("e", outcome("5"), None, reason="ZONE"),
        ]
    )
    assert (found.whole.units, found.whole.pay_more, found.whole.pay_less) == (3, 1, 1)
    assert (found.appear, found.vanish) == (1, {"ZONE": 1})
    assert (found.revenue_before, found.revenue_after) == (Decimal(35), Decimal(38))
    assert (found.billed_before, found.billed_after) == (4, 4)
    assert [one.name for one in found.by_parish] == ["170350", "170351"]
    assert found.highest_rises == (("a", Decimal(10), Decimal(12)),)
    assert found.whole.change_pct == Decimal("3.3")


def test_deciles_go_by_value_before_and_share_the_predios_out():
    units = [
        simulated(f"{n:03}", outcome("10", str(100 - n)), outcome(str(n + 10))) for n in range(25)
    ]
    found = impact_of(units)
    assert [one.units for one in found.deciles] == [2, 3, 2, 3, 2, 3, 2, 3, 2, 3]
    # the least valued come last in the list: 24 and 23, which pay 24 and 23 more
    assert found.deciles[0].change == Decimal(47)


def test_fewer_than_ten_predios_are_a_group_each():
    units = [simulated(str(n), outcome("1"), outcome("2")) for n in range(3)]
    assert [one.units for one in impact_of(units).deciles] == [1, 1, 1]
    assert impact_of([]).deciles == ()


def test_caps_are_counted_by_factor_and_by_predio():
    found = impact_of(
        [
            simulated("a", outcome("1"), outcome("1", caps=("FRONT", "FACTOR"))),
            simulated("b", outcome("1"), outcome("1", caps=("FACTOR",))),
            simulated("c", outcome("1"), outcome("1")),
        ]
    )
    assert (found.at_caps, found.caps) == (2, {"FACTOR": 2, "FRONT": 1})


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 900)), max_size=60))
def test_groups_add_up_to_the_whole(amounts):
    units = [
        simulated(str(n), outcome(str(a), str(a)), outcome(str(b)), zone=f"U{n % 4}")
        for n, (a, b) in enumerate(amounts)
    ]
    found = impact_of(units)
    for groups in (found.deciles, found.by_zone, found.by_parish, found.by_kind):
        assert sum(one.units for one in groups) == found.whole.units == len(units)
        assert sum(one.change for one in groups) == found.whole.change
        assert sum(one.pay_more for one in groups) == found.whole.pay_more


FRONT = {
    "code": "FRONT",
    "kind": "RANGE",
    "of": ["front_m"],
    "rows": [["0", "0.7"], ["8", "1"], ["30", "1.6"]],
    "highest": "1.2",
}


def bill(facts: OrdinanceFacts, front: str) -> Outcome:
    one = unit(traits={"front_m": Decimal(front)})
    held = AppraisedUnit(one, appraise(one, facts))
    [assessment] = assess_taxpayer(holdings=[held], ordinance=facts, law=LAW, year=2026)
    return outcome_of(held, assessment, has_limits=has_limits(facts))


@pytest.mark.parametrize(
    ("front", "caps"), [("5", ()), ("12", ()), ("40", ("FRONT",)), ("29.99", ())]
)
def test_a_limit_is_reached_where_it_changed_the_factor(front, caps):
    facts = ordinance(valuation={"urban_land": {"factors": [FRONT]}})
    assert has_limits(facts)
    assert bill(facts, front).caps == caps


def test_the_total_factors_limit_is_told_as_its_own():
    facts = ordinance(valuation={"urban_land": {"factors": [FRONT], "highest": "1.1"}})
    assert bill(facts, "40").caps == ("FACTOR", "FRONT")


def test_a_plain_ordinance_has_no_limits():
    assert not has_limits(ordinance())


@given(
    st.decimals("1000", "90000", places=2),
    st.decimals("0.3", "3", places=2),
    st.sampled_from([1, 2, 3]),
)
def test_a_goal_is_found_to_its_step(target, bend, power):
    def revenue(value: Decimal) -> Decimal:
        return Decimal(10_000) * bend * value**power

    step = Decimal("0.0001")
    goal = seek(revenue, target=target, lowest=Decimal("0.1"), highest=Decimal(20), step=step)
    if goal.is_reached:
        miss = abs(goal.revenue - target)
        assert miss <= abs(revenue(goal.value + step) - target)
        assert miss <= abs(revenue(goal.value - step) - target)
        assert goal.value % step == 0
    else:
        assert goal.value in (Decimal("0.1"), Decimal(20))
    assert goal.assessed <= 40


def test_a_straight_line_takes_few_whole_towns():
    goal = seek(
        lambda value: value * 1000,
        target=Decimal("1234.56"),
        lowest=Decimal("0.1"),
        highest=Decimal(10),
        step=Decimal("0.0001"),
    )
    assert goal.value in (Decimal("1.2345"), Decimal("1.2346"))
    assert goal.assessed <= 6


def test_rates_move_within_the_law_and_change_the_hash():
    facts = ordinance(urban_rates=rates("MARGINAL", ["0", "1"], ["50000", "4"]))
    moved = with_lever(facts, Lever.RATE, UnitKind.URBAN, Decimal("1.5"), LAW)
    assert moved.urban_rates.rates_per_mille == (Decimal("1.5"), Decimal(5))  # 6 is beyond 5 ‰
    assert moved.rural_rates == facts.rural_rates
    assert moved.content_hash != facts.content_hash
    lowest, highest, step = ends_of(facts, Lever.RATE, UnitKind.URBAN, LAW)
    for end, rate in ((lowest, LAW.urban_band.lowest), (highest, LAW.urban_band.highest)):
        ends = with_lever(facts, Lever.RATE, UnitKind.URBAN, end, LAW).urban_rates
        assert set(ends.rates_per_mille) == {rate}
    assert step == Decimal("0.0001")


def test_a_limit_is_sought_only_where_there_are_factors():
    facts = ordinance(valuation={"urban_land": {"factors": [FRONT]}})
    moved = with_lever(facts, Lever.CAP, UnitKind.URBAN, Decimal("0.9"), LAW)
    assert bill(moved, "12").value == bill(facts, "12").value * Decimal("0.9")
    with pytest.raises(InvalidOrdinance, match="no tiene factores"):
        with_lever(facts, Lever.CAP, UnitKind.RURAL, Decimal("0.9"), LAW)
