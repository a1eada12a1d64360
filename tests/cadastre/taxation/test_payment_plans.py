"""A plan's instalments sum to what is owed, begin with the part that the law asks, and end within its term."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadastre.taxation.payment_plans import PlanOutsideTheLaw, late_by, payment_plan

DAY = date(2026, 1, 31)


def plan(owed="100.00", down="20.00", months=3):
    return payment_plan(owed=Decimal(owed), down=Decimal(down), months=months, granted_on=DAY)


def test_the_example_of_the_page():
    assert [(str(one.due_on), str(one.amount)) for one in plan()] == [
        ("2026-01-31", "20.00"),
        ("2026-02-28", "26.67"),
        ("2026-03-31", "26.67"),
        ("2026-04-30", "26.66"),
    ]


@pytest.mark.parametrize(
    "wrong", [{"down": "19.99"}, {"down": "100.00"}, {"months": 25}, {"months": 0}]
)
def test_both_sides_of_what_the_law_admits(wrong):
    assert plan(months=24)[-1].due_on == date(2028, 1, 31)
    with pytest.raises(PlanOutsideTheLaw):
        plan(**wrong)


@given(owed=st.decimals("5.00", "99999.99", places=2), months=st.integers(1, 24))
def test_no_cent_is_lost(owed, months):
    found = payment_plan(owed=owed, down=owed - 1, months=months, granted_on=DAY)
    assert sum(one.amount for one in found) == owed


def test_a_plan_is_late_the_day_after_an_instalment():
    assert late_by(plan(), paid=Decimal(20), on=date(2026, 2, 28)) == 0
    assert str(late_by(plan(), paid=Decimal(20), on=date(2026, 3, 1))) == "26.67"
    assert late_by(plan(), paid=Decimal("46.67"), on=date(2026, 3, 1)) == 0
