"""Explained numbers: exact where nothing is rounded, half up where it is, found out when they lie."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from gis_project.core.assessment import (
    Line,
    LineDoesNotAddUp,
    RateUnit,
    check_line,
    line_as_dict,
    line_from_dict,
)
from gis_project.core.quantity import (
    Operation,
    Quantity,
    QuantityUndefined,
    derived,
    given,
    is_consistent,
    quantity_as_dict,
    quantity_from_dict,
    result_of,
)

numbers = st.decimals("0.001", 100000, places=3)


def _told(*values: object) -> list[Decimal]:
    return [Decimal(str(value)) for value in values]


def _factor(value: str) -> Quantity:
    return given("FACTOR", "Factor", Decimal(value))


@drawn(st.lists(numbers, min_size=1, max_size=8))
def test_a_product_of_eight_factors_is_exact(values: list[Decimal]) -> None:
    expected = Fraction(1)
    for value in values:
        expected *= Fraction(value)

    assert Fraction(result_of(Operation.PRODUCT, values)) == expected


@drawn(numbers, st.sampled_from([(1, 2), (1, 4), (1, 3), (3, 4), (-1, 2)]))
def test_a_root_raised_back_holds_its_base(base: Decimal, exponent: tuple[int, int]) -> None:
    top, bottom = exponent
    found = Fraction(result_of(Operation.POWER, [base, *_told(top, bottom)], 6))

    half = Fraction(1, 2 * 10**6)
    assert (found - half) ** bottom <= Fraction(base) ** top < (found + half) ** bottom


def test_an_exact_root_on_a_tie_goes_up() -> None:
    # 1.00005 squared, to four decimals: half up
    assert result_of(Operation.POWER, _told("1.0001000025", 1, 2), 4) == Decimal("1.0001")


@drawn(st.integers(0, 60), st.sampled_from(["0", "0.0003", "0.0252", "0.181", "0.752", "1"]))
def test_ross_heidecke_is_its_formula(age: int, state: str) -> None:
    x, c = Fraction(age, 60), Fraction(state)
    expected = 1 - (1 - (x + x * x) / 2) * (1 - c)

    found = result_of(Operation.ROSS_HEIDECKE, _told(age, 60, state), 6)

    assert abs(Fraction(found) - expected) <= Fraction(1, 2 * 10**6)
    whole = Decimal(expected.numerator) / Decimal(expected.denominator)
    assert found == whole.quantize(Decimal("0.000001"), ROUND_HALF_UP)


@drawn(numbers, st.lists(st.integers(1, 50), min_size=1, max_size=9))
def test_slices_of_a_total_sum_to_it(total: Decimal, shares: list[int]) -> None:
    total, of = total.quantize(Decimal("0.01")), sum(shares)
    before, slices = 0, []
    for share in shares:
        slices.append(result_of(Operation.SHARE, [total, *_told(before, before + share, of)]))
        before += share

    assert sum(slices) == total
    exact = [Fraction(total) * share / of for share in shares]
    assert all(abs(Fraction(a) - b) <= Fraction(1, 100) for a, b in zip(slices, exact, strict=True))


@pytest.mark.parametrize(
    ("operation", "values", "expected"),
    [
        ("RANGE_ROW", ["10", "10", "0.9", "20"], "0.9"),
        ("RANGE_ROW", ["19.99", "10", "0.9", "20"], "0.9"),
        ("RANGE_ROW", ["1000", "20", "0.8"], "0.8"),
        ("INTERPOLATED", ["15", "10", "1.0", "20", "0.8"], "0.9"),
        ("INTERPOLATED", ["10", "10", "1.0", "20", "0.8"], "1.0"),
        ("INTERPOLATED", ["20", "10", "1.0", "20", "0.8"], "0.8"),
        ("SUM", ["1", "2.5"], "3.5"),
        ("DIFFERENCE", ["10", "1", "2.5"], "6.5"),
        ("QUOTIENT", ["10", "4"], "2.5"),
        ("MEAN", ["0.9", "1.0", "1.1", "0.8"], "0.95"),
        ("POLYNOMIAL", ["10", "0.0051", "0.4581", "2.3666"], "7.4576"),
        ("CLAMP", ["0.3", "0.5", "1.5"], "0.5"),
        ("CLAMP", ["1.6", "0.5", "1.5"], "1.5"),
        ("CLAMP", ["1.2", "0.5", "1.5"], "1.2"),
        ("MINIMUM", ["3", "2"], "2"),
        ("MAXIMUM", ["3", "2"], "3"),
        ("NEGATED", ["3"], "-3"),
    ],
)
def test_each_operation(operation: str, values: list[str], expected: str) -> None:
    assert result_of(operation, _told(*values)) == Decimal(expected)


@pytest.mark.parametrize(
    ("operation", "values"),
    [
        ("RANGE_ROW", ["9.99", "10", "0.9", "20"]),
        ("RANGE_ROW", ["20", "10", "0.9", "20"]),
        ("INTERPOLATED", ["20.01", "10", "1.0", "20", "0.8"]),
        ("QUOTIENT", ["1", "0"]),
        ("POWER", ["0", "1", "2"]),
        ("ROSS_HEIDECKE", ["61", "60", "0"]),
        ("SHARE", ["10", "0", "1", "0"]),
        ("GIVEN", []),
    ],
)
def test_what_has_no_result_is_refused(operation: str, values: list[str]) -> None:
    with pytest.raises(QuantityUndefined):
        result_of(operation, _told(*values))


def test_a_tree_survives_json_and_a_false_node_is_found_anywhere_in_it() -> None:
    tree = derived(
        "UNIT_VALUE",
        "Valor unitario",
        Operation.PRODUCT,
        [
            _factor("45.5"),
            derived("TOTAL", "Total", Operation.MEAN, [_factor("0.9"), _factor("1")]),
        ],
        decimals=2,
        citation="Ordenanza 1, Art. 3",
        note="a",
    )
    # 45.5 x 0.95 = 43.225
    assert tree.value == Decimal("43.23")
    assert quantity_from_dict(quantity_as_dict(tree)) == tree
    assert is_consistent(tree)
    assert not is_consistent(tree._replace(value=Decimal("43.22")))
    wrong = tree.parts[1]._replace(value=Decimal("0.96"))
    assert not is_consistent(tree._replace(parts=(tree.parts[0], wrong)))
    assert not is_consistent(_factor("1")._replace(parts=(wrong,)))


def test_a_lines_rate_must_be_the_root_of_its_tree() -> None:
    rate = derived("UNIT_VALUE", "Valor", Operation.PRODUCT, [_factor("45.5"), _factor("0.9")])
    line = Line(
        "LAND",
        "Suelo",
        Decimal(300),
        rate.value,
        RateUnit.USD_PER_M2,
        Decimal("12285.00"),
        "Art. 3",
    )._replace(rate_from=rate)

    check_line(line)
    assert line_from_dict(line_as_dict(line)) == line
    with pytest.raises(LineDoesNotAddUp):
        check_line(line._replace(rate_from=rate._replace(value=Decimal("41"))))
    with pytest.raises(LineDoesNotAddUp):
        check_line(line._replace(base_from=_factor("301")))
