"""What settles a title on a day: several years, part payments, taken-over titles, and the running year as before."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cadastre.taxation.amount_due import NotYetPayable, amount_due
from cadastre.taxation.debt_due import Debt, debt_due
from cadastre.taxation.debt_parts import DebtPart
from cadastre.taxation.imputation import impute
from cadastre.taxation.interest import MonthlyRate
from cadastre.taxation.national_law import national_law
from cadastre.taxation.remission import (
    InvalidRemission,
    Remission,
    RemissionWindow,
    check_remission,
)
from cadastre.valuation.facts import UnitKind
from gis_project.core.assessment import check_line

ONE_PERCENT = lambda month: MonthlyRate(month, Decimal(1), "tasa de la prueba")  # noqa: E731
TAX, FIRE, OTHERS = DebtPart.TAX, DebtPart.FIRE_LEVY, DebtPart.OTHERS
SURCHARGE, INTEREST = DebtPart.SURCHARGE, DebtPart.INTEREST


def debt(year=2026, tax="100.00", fire="10.00", others="2.00", **fields):
    unpaid = {TAX: Decimal(tax), FIRE: Decimal(fire), OTHERS: Decimal(others)}
    told = {"kind": UnitKind.URBAN, "issued_tax": Decimal(tax), "unpaid": unpaid} | fields
    return Debt(ref=f"r{year}", number=f"{year}-U-1", year=year, **told)


def due(told, on, **asked):
    return debt_due(told, on=on, rate_of=ONE_PERCENT, **asked)


@pytest.mark.parametrize(
    ("on", "total", "through"),
    [
        (date(2026, 1, 15), "102.00", date(2026, 1, 15)),  # 112 - 10 % of 100
        (date(2026, 1, 16), "103.00", date(2026, 1, 31)),
        (date(2026, 6, 30), "111.00", date(2026, 6, 30)),
        (date(2026, 7, 1), "122.00", date(2026, 12, 31)),  # 112 + 10 % of 100, July included
        (date(2026, 12, 31), "122.00", date(2026, 12, 31)),
        (date(2027, 1, 1), "123.12", date(2027, 1, 31)),  # + 1 month at 1 % of 112
        (date(2027, 2, 1), "124.24", date(2027, 2, 28)),
        (date(2027, 12, 31), "135.44", date(2027, 12, 31)),  # 12 months
        (date(2028, 1, 1), "136.56", date(2028, 1, 31)),
    ],
)
def test_an_unpaid_urban_title_over_the_years(on, total, through):
    found = due(debt(), on)
    assert (str(found.total), found.valid_through) == (total, through)
    for line in found.new_lines:
        check_line(line)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    day=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    tax=st.decimals("0.01", "9999.99", places=2),
    others=st.decimals(0, "500.00", places=2),
)
def test_in_its_own_year_a_whole_urban_title_costs_what_the_bill_says(day, tax, others):
    told = debt(tax=str(tax), fire="0.00", others=str(others))
    law = national_law(2026)
    bill = amount_due(
        property_tax=tax,
        other_charges=others,
        kind=UnitKind.URBAN,
        rural_follows_art_512=False,
        year=2026,
        paid_on=day,
        law=law,
    )
    found = due(told, day)
    assert (found.total, found.valid_through) == (bill.total, bill.valid_through)


def test_art_523_each_rural_instalment_has_its_own_discount():
    rural = debt(kind=UnitKind.RURAL, tax="54.00", fire="0", others="0")
    days = [date(2026, 2, 14), date(2026, 2, 15), date(2026, 8, 17), date(2026, 8, 18)]
    assert [str(due(rural, day).total) for day in days] == ["48.60", "51.30", "51.30", "54.00"]
    half = replace(rural, unpaid={TAX: Decimal("27.00")})  # the first one is paid
    assert str(due(half, date(2026, 2, 1)).total) == "24.30"


def test_a_part_payment_goes_to_interest_then_tax_then_surcharge_and_nothing_is_charged_twice():
    """112 of 2026, on 10 March 2027: surcharge 10.00, interest 3 x 1.12 = 3.36; 50.00 are paid."""
    found = due(debt(), date(2027, 3, 10))
    assert (found.unpaid[SURCHARGE], found.unpaid[INTEREST]) == (Decimal("10.00"), Decimal("3.36"))
    made = impute([found], Decimal("50.00"))
    (settled,) = made.settlements
    assert {str(part): str(paid) for part, paid in settled.paid.items()} == {
        "INTEREST": "3.36",
        "TAX": "46.64",
    }
    left = {part: amount - settled.paid.get(part, 0) for part, amount in found.unpaid.items()}
    rest = replace(debt(), unpaid=left, worked_through=date(2027, 3, 10))
    same_month = due(rest, date(2027, 3, 31))
    assert (same_month.interest, same_month.surcharge) == (None, None)
    assert str(same_month.total) == "75.36"  # 53.36 + 10 + 2 + surcharge 10
    assert str(due(rest, date(2027, 4, 1)).total) == "76.01"  # + 1 % of 65.36


def test_a_part_payment_before_july_leaves_the_surcharge_for_the_rest_only():
    rest = replace(debt(), unpaid={TAX: Decimal("40.00")}, worked_through=date(2026, 5, 3))
    assert str(due(rest, date(2026, 7, 1)).total) == "44.00"
    august = replace(rest, unpaid={TAX: Decimal(10), SURCHARGE: Decimal(4)})
    after = replace(august, worked_through=date(2026, 8, 1))
    assert str(due(after, date(2026, 9, 1)).total) == "14.00"


def test_the_oldest_title_is_settled_first_and_the_rest_is_left_over():
    dues = [due(debt(year), date(2027, 1, 10)) for year in (2027, 2026)]
    made = impute(dues, Decimal("200.00"))
    assert [one.due.debt.year for one in made.settlements] == [2026, 2027]
    assert [one.is_whole for one in made.settlements] == [True, False]
    assert sum(one.amount for one in made.settlements) == Decimal("200.00")
    rich = impute(dues, Decimal("300.00"))
    assert str(rich.left) == "74.88"  # 123.12 + 102.00 = 225.12


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(
    days=st.lists(st.dates(date(2026, 1, 1), date(2029, 12, 31)), min_size=1, max_size=5),
    parts=st.lists(st.decimals("0.01", "60.00", places=2), min_size=5, max_size=5),
)
def test_paying_in_parts_never_costs_less_than_waiting_nor_loses_a_cent(days, parts):
    """Whatever is paid when, the principal that was issued is what payments took of it and what is unpaid."""
    told, taken = debt(), Decimal(0)
    for day, part in zip(sorted(days), parts, strict=False):
        found = due(told, day)
        made = impute([found], part)
        if not made.settlements:
            break
        (settled,) = made.settlements
        spared = sum((relief.line.amount for relief in found.reliefs), Decimal(0))
        left = {name: one - settled.paid.get(name, 0) for name, one in found.unpaid.items()}
        if settled.is_whole:
            assert sum(left.values()) == -spared
            break
        taken += sum(settled.paid.get(name, Decimal(0)) for name in (TAX, FIRE, OTHERS))
        assert sum(left.get(name, Decimal(0)) for name in (TAX, FIRE, OTHERS)) == 112 - taken
        told = replace(told, unpaid=left, worked_through=day)


def test_a_former_systems_title_keeps_its_own_surcharge_and_goes_on_with_its_interest():
    former = Debt(
        ref="f",
        number="77",
        year=2024,
        kind=UnitKind.URBAN,
        issued_tax=Decimal(50),
        unpaid={TAX: Decimal(50), SURCHARGE: Decimal(5), INTEREST: Decimal(6)},
        worked_through=date(2025, 12, 31),
        is_taken_over=True,
    )
    assert str(due(former, date(2026, 2, 1)).total) == "62.00"  # 61 + 2 x 0.50


def test_nothing_is_collected_before_the_year():
    with pytest.raises(NotYetPayable):
        due(debt(), date(2025, 12, 31))


CAMPAIGN = Remission(
    name="Remisión 2027",
    citation="Ordenanza 4-2027",
    parts=(INTEREST, SURCHARGE),
    through_year=2026,
    windows=(
        RemissionWindow(date(2027, 3, 1), date(2027, 4, 30), Decimal(100)),
        RemissionWindow(date(2027, 5, 1), date(2027, 5, 31), Decimal(50)),
    ),
)


@pytest.mark.parametrize(
    ("on", "total"),
    [
        (date(2027, 2, 28), "124.24"),
        (date(2027, 3, 1), "112.00"),
        (date(2027, 4, 30), "112.00"),
        (date(2027, 5, 1), "119.80"),  # 112 + (10 + 5.60) / 2
        (date(2027, 6, 1), "128.72"),
    ],
)
def test_a_campaign_remits_in_its_windows_and_never_tax(on, total):
    found = due(debt(), on, campaigns=[CAMPAIGN])
    assert str(found.total) == total
    assert {relief.part for relief in found.reliefs} <= {INTEREST, SURCHARGE}
    part = impute([found], found.total - Decimal("0.01")).settlements[0]
    assert not part.is_whole


@pytest.mark.parametrize(
    ("on", "through"),
    [
        (date(2027, 2, 20), date(2027, 2, 27)),  # the eve of the first window
        (date(2027, 3, 5), date(2027, 3, 14)),  # its last day
        (date(2027, 3, 20), date(2027, 3, 31)),
    ],
)
def test_an_amount_holds_no_longer_than_its_remission(on, through):
    window = RemissionWindow(date(2027, 2, 28), date(2027, 3, 14), Decimal(100))
    campaign = replace(CAMPAIGN, windows=(window,))
    assert due(debt(), on, campaigns=[campaign]).valid_through == through


def test_a_campaign_that_the_law_cannot_mean_is_refused():
    check_remission(CAMPAIGN)
    overlap = replace(CAMPAIGN.windows[1], first=CAMPAIGN.windows[0].last)
    for wrong in (
        replace(CAMPAIGN, parts=(TAX,)),
        replace(CAMPAIGN, windows=()),
        replace(CAMPAIGN, windows=(CAMPAIGN.windows[0], overlap)),
        replace(CAMPAIGN, windows=(replace(overlap, percent=Decimal(101)),)),
    ):
        with pytest.raises(InvalidRemission):
            check_remission(wrong)


def test_each_day_of_a_quote_costs_the_same_until_it_expires():
    for start in (date(2026, 1, 1), date(2026, 3, 20), date(2026, 8, 1), date(2027, 6, 5)):
        found = due(debt(), start)
        days = (found.valid_through - start).days
        assert {due(debt(), start + timedelta(days=n)).total for n in range(days + 1)} == {
            found.total
        }
        assert due(debt(), found.valid_through + timedelta(days=1)).total != found.total
