"""What a payment writes: postings that balance, name real accounts, and hand over what is of others."""

from datetime import date
from decimal import Decimal

import pytest

from cadastre.collection.chart import Nature, chart, earned, receivable
from cadastre.collection.postings import (
    Posting,
    UnbalancedPostings,
    charge_postings,
    check_balance,
    payment_postings,
)
from cadastre.taxation.debt_parts import DebtPart
from cadastre.taxation.imputation import impute
from tests.cadastre.taxation.test_debt_due import debt, due


def amounts(postings):
    return {(one.account, one.debt): str(one.amount) for one in postings}


def test_every_part_of_a_debt_has_its_accounts():
    for part in DebtPart:
        assert chart()[receivable(part)].nature is Nature.DEBIT
        assert chart()[earned(part)].nature is Nature.CREDIT
    numbers = [account.number for account in chart().values()]
    assert len(numbers) == len(set(numbers))


def test_a_whole_payment_with_discount():
    made = impute([due(debt(), date(2026, 1, 10))], Decimal("102.00"))
    postings = payment_postings(made, into="CASH")
    check_balance(postings)
    assert amounts(postings) == {
        ("DISCOUNT", ""): "10.00",
        ("RECEIVABLE_TAX", "r2026"): "-100.00",
        ("RECEIVABLE_FIRE_LEVY", "r2026"): "-10.00",
        ("RECEIVABLE_OTHERS", "r2026"): "-2.00",
        ("FIRE_UNCOLLECTED", ""): "10.00",
        ("FIRE_PAYABLE", ""): "-10.00",
        ("CASH", ""): "102.00",
    }


def test_a_part_payment_charges_what_the_day_adds():
    made = impute([due(debt(), date(2027, 1, 10))], Decimal("50.00"))
    postings = payment_postings(made, into="BANK")
    check_balance(postings)
    told = amounts(postings)
    assert told["REVENUE_SURCHARGE", ""] == "-10.00"
    assert told["RECEIVABLE_SURCHARGE", "r2026"] == "10.00"
    at_once = [one.amount for one in postings if one.account == "RECEIVABLE_INTEREST"]
    assert at_once == [Decimal("1.12"), Decimal("-1.12")]
    assert told["RECEIVABLE_TAX", "r2026"] == "-48.88"


def test_a_payment_of_just_the_days_interest_still_names_its_title():
    """Without a posting that names it, the title would not be worked through that day, and charged again."""
    made = impute([due(debt(), date(2027, 1, 10))], Decimal("1.12"))
    postings = payment_postings(made, into="CASH")
    check_balance(postings)
    told = [(one.account, str(one.amount)) for one in postings if one.debt]
    assert told == [
        ("RECEIVABLE_SURCHARGE", "10.00"),
        ("RECEIVABLE_INTEREST", "1.12"),
        ("RECEIVABLE_INTEREST", "-1.12"),
    ]


def test_what_is_left_over_is_owed_to_the_payer():
    made = impute([due(debt(), date(2026, 7, 1))], Decimal("130.00"))
    assert amounts(payment_postings(made, into="CASH"))["CREDIT", ""] == "-8.00"


def test_a_former_systems_levy_is_handed_over_too():
    postings = charge_postings(
        {DebtPart.TAX: Decimal(5), DebtPart.FIRE_LEVY: Decimal(1)}, against="TAKEN_OVER"
    )
    assert amounts(postings)["FIRE_UNCOLLECTED", ""] == "-1.00"
    assert amounts(postings)["TAKEN_OVER", ""] == "-5.00"


def test_postings_that_do_not_balance_are_refused():
    for wrong in ([], [Posting("CASH", Decimal(1))], [Posting("CASH", Decimal(1))] * 2):
        with pytest.raises(UnbalancedPostings):
            check_balance(wrong)
