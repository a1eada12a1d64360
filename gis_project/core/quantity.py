"""Numbers that tell how they came about: a tree of operations down to facts, table rows and law.

A bill's line has a base and a rate; either may be the root of such a tree. Every node but a leaf is
``operation`` applied to its parts and, where ``decimals`` says so, rounded half up. So anybody can
recompute a unit value from the front of the lot and the council's table.
"""

from collections.abc import Callable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from gis_project.core.canonical import decimal_text
from gis_project.core.errors import InvalidInput

# Sixty digits hold every product of areas, values and factors exactly; quotients and roots are
# rounded to the node's decimals right away.
_EXACT = Context(prec=60)
_ROOT_GUARD = Decimal(1).scaleb(-40)
_ONE, _TWO = Decimal(1), Decimal(2)


class Operation(StrEnum):
    """How a node's value follows from its parts; the verifier of bills knows the same words."""

    GIVEN = "GIVEN"  # no parts: a fact of the register, a parameter of law or ordinance
    WORD_ROW = "WORD_ROW"  # no parts: the row of a table named in the note
    RANGE_ROW = "RANGE_ROW"  # (x, from, row) or (x, from, row, until): from <= x < until
    INTERPOLATED = "INTERPOLATED"  # (x, x0, y0, x1, y1)
    SUM = "SUM"
    DIFFERENCE = "DIFFERENCE"  # the first less all others
    PRODUCT = "PRODUCT"
    QUOTIENT = "QUOTIENT"  # the first by the second
    MEAN = "MEAN"
    POWER = "POWER"  # (base, numerator, denominator of the exponent)
    POLYNOMIAL = "POLYNOMIAL"  # (x, a, b, c): a·x² + b·x + c
    CLAMP = "CLAMP"  # (x, lowest, highest)
    MINIMUM = "MINIMUM"
    MAXIMUM = "MAXIMUM"
    NEGATED = "NEGATED"
    ROSS_HEIDECKE = "ROSS_HEIDECKE"  # (age, useful life, coefficient of the state): part lost
    SHARE = "SHARE"  # (total, before, after, of): cents of the slice from before/of to after/of


class QuantityUndefined(InvalidInput):
    """The operation has no result for these numbers (division by zero, outside its table)."""

    code = "quantity_undefined"


class Quantity(NamedTuple):
    """One explained number. ``decimals`` is None where nothing was rounded."""

    concept: str
    label_es: str
    value: Decimal
    operation: str = Operation.GIVEN
    parts: tuple["Quantity", ...] = ()
    decimals: int | None = None
    citation: str = ""
    note: str = ""


def given(
    concept: str, label_es: str, value: Decimal, *, citation: str = "", note: str = ""
) -> Quantity:
    """A leaf: a number that was read and not worked out."""
    return Quantity(concept, label_es, value, Operation.GIVEN, (), None, citation, note)


def derived(
    concept: str,
    label_es: str,
    operation: Operation,
    parts: Sequence[Quantity],
    *,
    decimals: int | None = None,
    citation: str = "",
    note: str = "",
) -> Quantity:
    """The node that ``operation`` makes of ``parts``; raises ``QuantityUndefined``."""
    value = result_of(operation, [part.value for part in parts], decimals)
    return Quantity(concept, label_es, value, operation, tuple(parts), decimals, citation, note)


def result_of(operation: str, values: Sequence[Decimal], decimals: int | None = None) -> Decimal:
    """``operation`` on ``values``, half up to ``decimals``; raises ``QuantityUndefined``."""
    found = _RESULTS[operation](values)
    return found if decimals is None else rounded(found, decimals)


def rounded(number: Decimal, decimals: int) -> Decimal:
    """``number`` half up (away from zero) to ``decimals`` places."""
    return number.quantize(_ONE.scaleb(-decimals), ROUND_HALF_UP, _EXACT)


def is_consistent(quantity: Quantity) -> bool:
    """Whether every node below and with ``quantity`` is what its operation gives."""
    if quantity.operation in (Operation.GIVEN, Operation.WORD_ROW):
        return not quantity.parts
    if not all(is_consistent(part) for part in quantity.parts):
        return False
    values = [part.value for part in quantity.parts]
    try:
        return quantity.value == result_of(quantity.operation, values, quantity.decimals)
    except QuantityUndefined:
        return False


def quantity_as_dict(quantity: Quantity) -> dict[str, Any]:
    """The tree as JSON values; empty members are left out."""
    told: dict[str, Any] = {
        "concept": quantity.concept,
        "label_es": quantity.label_es,
        "value": decimal_text(quantity.value),
        "operation": str(quantity.operation),
    }
    if quantity.parts:
        told["parts"] = [quantity_as_dict(part) for part in quantity.parts]
    if quantity.decimals is not None:
        told["decimals"] = quantity.decimals
    if quantity.citation:
        told["citation"] = quantity.citation
    if quantity.note:
        told["note"] = quantity.note
    return told


def quantity_from_dict(told: dict[str, Any]) -> Quantity:
    """The tree that ``quantity_as_dict`` told."""
    return Quantity(
        told["concept"],
        told["label_es"],
        Decimal(told["value"]),
        told["operation"],
        tuple(quantity_from_dict(part) for part in told.get("parts", ())),
        told.get("decimals"),
        told.get("citation", ""),
        told.get("note", ""),
    )


def _leaf(values: Sequence[Decimal]) -> Decimal:
    raise QuantityUndefined("Un dato leído no se calcula.")


def _range_row(values: Sequence[Decimal]) -> Decimal:
    argument, start, row, *end = values
    if argument < start or (end and argument >= end[0]):
        raise QuantityUndefined(f"{argument} no está en el rango que empieza en {start}.")
    return row


def _interpolated(values: Sequence[Decimal]) -> Decimal:
    x, x0, y0, x1, y1 = values
    if not x0 <= x <= x1 or x0 == x1:
        raise QuantityUndefined(f"{x} no está entre {x0} y {x1}.")
    rise = _EXACT.multiply(_EXACT.subtract(x, x0), _EXACT.subtract(y1, y0))
    return _EXACT.divide(
        _EXACT.add(_EXACT.multiply(y0, _EXACT.subtract(x1, x0)), rise), _EXACT.subtract(x1, x0)
    )


def _sum(values: Sequence[Decimal]) -> Decimal:
    total = Decimal(0)
    for value in values:
        total = _EXACT.add(total, value)
    return total


def _difference(values: Sequence[Decimal]) -> Decimal:
    return _EXACT.subtract(values[0], _sum(values[1:]))


def _product(values: Sequence[Decimal]) -> Decimal:
    product = _ONE
    for value in values:
        product = _EXACT.multiply(product, value)
    return product


def _quotient(values: Sequence[Decimal]) -> Decimal:
    dividend, divisor = values
    if not divisor:
        raise QuantityUndefined("No se puede dividir para cero.")
    return _EXACT.divide(dividend, divisor)


def _mean(values: Sequence[Decimal]) -> Decimal:
    return _EXACT.divide(_sum(values), Decimal(len(values)))


def _power(values: Sequence[Decimal]) -> Decimal:
    base, numerator, denominator = values
    if base <= 0 or not denominator:
        raise QuantityUndefined("La raíz necesita una base mayor que cero.")
    power = _EXACT.power(base, _EXACT.divide(numerator, denominator))
    # An exact root comes out as 1.0499…9 in its last digits: forty decimals bring it back.
    return power.quantize(_ROOT_GUARD, context=_EXACT)


def _polynomial(values: Sequence[Decimal]) -> Decimal:
    x, a, b, c = values
    return _EXACT.add(_EXACT.multiply(_EXACT.add(_EXACT.multiply(a, x), b), x), c)


def _clamp(values: Sequence[Decimal]) -> Decimal:
    value, lowest, highest = values
    return min(max(value, lowest), highest)


def _ross_heidecke(values: Sequence[Decimal]) -> Decimal:
    """K = 1 − (1 − (x + x²)/2)(1 − C) with x = age/life, over one denominator."""
    age, life, coefficient = values
    if not 0 <= age <= life or not life:
        raise QuantityUndefined("La edad debe estar entre cero y la vida útil.")
    whole = _EXACT.multiply(_TWO, _EXACT.multiply(life, life))
    worn = _EXACT.add(_EXACT.multiply(age, life), _EXACT.multiply(age, age))
    kept = _EXACT.multiply(_EXACT.subtract(whole, worn), _EXACT.subtract(_ONE, coefficient))
    return _EXACT.divide(_EXACT.subtract(whole, kept), whole)


def _share(values: Sequence[Decimal]) -> Decimal:
    total, before, after, of = values
    if not of:
        raise QuantityUndefined("Las cuotas no suman nada.")
    ends = [_EXACT.divide(_EXACT.multiply(total, part), of) for part in (before, after)]
    return rounded(ends[1], 2) - rounded(ends[0], 2)


_RESULTS: dict[str, Callable[[Sequence[Decimal]], Decimal]] = {
    Operation.GIVEN: _leaf,
    Operation.WORD_ROW: _leaf,
    Operation.RANGE_ROW: _range_row,
    Operation.INTERPOLATED: _interpolated,
    Operation.SUM: _sum,
    Operation.DIFFERENCE: _difference,
    Operation.PRODUCT: _product,
    Operation.QUOTIENT: _quotient,
    Operation.MEAN: _mean,
    Operation.POWER: _power,
    Operation.POLYNOMIAL: _polynomial,
    Operation.CLAMP: _clamp,
    Operation.MINIMUM: min,
    Operation.MAXIMUM: max,
    Operation.NEGATED: lambda values: -values[0],
    Operation.ROSS_HEIDECKE: _ross_heidecke,
    Operation.SHARE: _share,
}
