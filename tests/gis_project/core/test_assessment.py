"""Lines that add up, and a check that says so when they do not."""

from decimal import Decimal

import pytest

from gis_project.core.assessment import (
    Line,
    LineDoesNotAddUp,
    RateUnit,
    assessment_of,
    check_assessment,
    check_line,
    line_as_dict,
    line_from_dict,
)


def _leaf(amount: str, **changes: object) -> Line:
    line = Line(
        "TAX",
        "Impuesto",
        Decimal("80000.00"),
        Decimal("2"),
        RateUnit.PER_MILLE,
        Decimal(amount),
        "Art. 504",
    )
    return line._replace(**changes)


def test_a_leaf_is_base_by_rate_and_a_parent_the_sum() -> None:
    leaf = _leaf("160.00")

    check_line(leaf)
    check_line(_leaf("320.00", children=(leaf, leaf)))


@pytest.mark.parametrize("amount", ["160.01", "159.99", "160.001"])
def test_a_leaf_that_says_something_else_is_found(amount: str) -> None:
    with pytest.raises(LineDoesNotAddUp):
        check_line(_leaf(amount))


def test_a_wrong_child_is_found_below_a_right_sum() -> None:
    children = (_leaf("160.01"), _leaf("159.99"))

    with pytest.raises(LineDoesNotAddUp):
        check_line(_leaf("320.00", children=children))


def test_the_total_is_the_sum_of_the_lines() -> None:
    bill = assessment_of([_leaf("160.00"), _leaf("160.00", concept="FEE")])

    check_assessment(bill)
    assert bill.total == Decimal("320.00")
    assert bill.amount_of("FEE") == Decimal("160.00")
    assert bill.amount_of("NONE") == 0


def test_a_bill_tells_itself_and_is_read_back() -> None:
    parent = _leaf("160.00", children=(_leaf("160.00"),), note="tarifa única")

    assert line_from_dict(line_as_dict(parent)) == parent
    assert assessment_of([_leaf("160.00")]).to_json() == (
        '{"lines":[{"amount":"160.00","base":"80000.00","citation":"Art. 504","concept":"TAX",'
        '"label_es":"Impuesto","rate":"2","rate_unit":"PER_MILLE"}],"total":"160.00"}'
    )
