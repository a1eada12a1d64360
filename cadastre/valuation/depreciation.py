"""How a building loses value: straight line, Ross-Heidecke, quadratic curves, or the council's table.

    {"depreciation": "LINEAR"}
    {"depreciation": "ROSS_HEIDECKE", "states": {"GOOD": "0.0252", "REGULAR": "0.1810"}}
    {"depreciation": "QUADRATIC", "states": {"GOOD": {"a": "0.0051", "b": "0.4581", "c": "2.3666"}}}
    {"depreciation": "TABLE", "states": {"GOOD": [["0", "0"], ["10", "8.5"], ["20", "17"]]}}

Ross-Heidecke is its formula and not a table in circulation, which has typing errors. The quadratic's x
is the age in per cent of the useful life and its result per cent lost; a table's rows are (from age in
years, per cent lost). What is residual is never lost. A table that loses less at a greater age is
refused when it is read.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from cadastre.valuation import told_parameters as told
from cadastre.valuation.facts import MissingInput
from cadastre.valuation.told_parameters import InvalidOrdinance
from cadastre.valuation.traits import Traits
from gis_project.core.quantity import Operation, Quantity, derived, given

_FACTOR_STEP = Decimal("0.000001")
_ONE, _HUNDRED = Decimal(1), Decimal(100)
_DECIMALS, _INNER_DECIMALS = 6, 12


class DepreciationKind(StrEnum):
    """The shape of the loss."""

    LINEAR = "LINEAR"
    ROSS_HEIDECKE = "ROSS_HEIDECKE"
    QUADRATIC = "QUADRATIC"
    TABLE = "TABLE"


@dataclass(frozen=True, slots=True)
class Depreciation:
    """The declared loss; what a state of conservation holds depends on the kind (see above)."""

    kind: DepreciationKind
    states: Mapping[str, tuple[tuple[Decimal, ...], ...]]
    citation: str


LINEAR = Depreciation(DepreciationKind.LINEAR, {}, "")


def linear_part_lost(age: int, life: int, residual_pct: Decimal) -> Decimal:
    """The part of the replacement cost lost at ``age`` years, 0 to 1, six decimals half up."""
    part_lived = min(_ONE, Decimal(age) / life)
    lost = part_lived * (_ONE - residual_pct / _HUNDRED)
    return lost.quantize(_FACTOR_STEP, ROUND_HALF_UP)


def part_lost(
    method: Depreciation, *, age: int, life: int, residual_pct: Decimal, traits: Traits
) -> tuple[Decimal, Quantity | None]:
    """The part lost, and how (None for the straight line); ``MissingInput`` without a state or its row."""
    if method.kind is DepreciationKind.LINEAR:
        return linear_part_lost(age, life, residual_pct), None
    state = traits.word("condition")
    rows = method.states.get(state)
    if rows is None:
        raise MissingInput(
            f"La tabla de depreciación no tiene el estado «{state}» (predio {traits.key}).",
            unit_id=traits.unit_id,
            what="FACTOR_ROW",
        )
    lost = _lost(method, rows, age, life, residual_pct, traits)
    return lost.value, lost._replace(note=f"estado: {state}")


def read_depreciation(row: Mapping[str, Any], ordinance: str) -> Depreciation:
    """The depreciation that ``row`` declares; raises ``InvalidOrdinance``."""
    try:
        kind = DepreciationKind(row.get("depreciation", "LINEAR"))
        told_states = told.members(row.get("states", {}))
        states = {state: _read_state(kind, value) for state, value in told_states.items()}
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidOrdinance(f"depreciación: falta o está mal {error}.") from error
    if kind is not DepreciationKind.LINEAR and not states:
        raise InvalidOrdinance("la depreciación necesita los estados de conservación («states»).")
    return Depreciation(kind, states, told.citation(ordinance, row.get("article")))


def _read_state(kind: DepreciationKind, value: Any) -> tuple[tuple[Decimal, ...], ...]:
    if kind is DepreciationKind.ROSS_HEIDECKE:
        coefficient = told.number(value)
        if coefficient > 1:
            raise InvalidOrdinance("el coeficiente de un estado va de 0 a 1.")
        return ((coefficient,),)
    if kind is DepreciationKind.QUADRATIC:
        curve = tuple(told.number(value[name]) for name in ("a", "b", "c"))
        return (curve,)
    rows = tuple((told.number(age), told.number(lost)) for age, lost in value)
    if not rows or rows[0][0] != 0 or any(later[0] <= row[0] for row, later in pairwise(rows)):
        raise InvalidOrdinance("la tabla de depreciación empieza en la edad 0 y va en orden.")
    for row, later in pairwise(rows):
        if later[1] < row[1]:
            raise InvalidOrdinance(
                f"la depreciación baja de {row[1]} % a {later[1]} % desde los {later[0]} años: "
                "una edificación más vieja no pierde menos."
            )
    if rows[-1][1] > _HUNDRED:
        raise InvalidOrdinance("la depreciación no pasa de 100 %.")
    return rows


def _lost(
    method: Depreciation,
    rows: tuple[tuple[Decimal, ...], ...],
    age: int,
    life: int,
    residual_pct: Decimal,
    traits: Traits,
) -> Quantity:
    lived = given("AGE", "Edad (años)", Decimal(age))
    whole = given("USEFUL_LIFE", "Vida útil (años)", Decimal(life))
    residual = given("RESIDUAL_PCT", "Valor residual (%)", residual_pct)
    hundred = given("HUNDRED", "Cien por ciento", _HUNDRED)
    losable = derived(
        "LOSABLE_PCT", "Parte no residual (%)", Operation.DIFFERENCE, [hundred, residual]
    )
    if method.kind is DepreciationKind.ROSS_HEIDECKE:
        capped = derived("LIVED", "Edad, hasta la vida útil", Operation.MINIMUM, [lived, whole])
        state = given("STATE", "Coeficiente del estado (C)", rows[0][0], citation=method.citation)
        k = derived(
            "K",
            "Ross-Heidecke: 1 − (1 − (x + x²)/2)(1 − C)",
            Operation.ROSS_HEIDECKE,
            [capped, whole, state],
            decimals=_INNER_DECIMALS,
        )
        scaled = derived("LOST_PCT", "Pérdida (%)", Operation.PRODUCT, [k, losable])
    elif method.kind is DepreciationKind.QUADRATIC:
        scaled = losable
        if age < life:
            scaled = _curve(rows[0], lived, whole, losable, method.citation)
    else:
        place = bisect_right([start for start, _ in rows], lived.value) - 1
        start, lost = rows[place]
        parts = [lived, given("FROM", "Desde (años)", start), given("ROW", "Fila (%)", lost)]
        if place + 1 < len(rows):
            parts.append(given("UNTIL", "Hasta (años)", rows[place + 1][0]))
        row = derived(
            "ROW_PCT",
            "Tabla de depreciación (%)",
            Operation.RANGE_ROW,
            parts,
            citation=method.citation,
        )
        scaled = derived("LOST_PCT", "Pérdida (%)", Operation.MINIMUM, [row, losable])
    return derived(
        "PART_LOST",
        "Parte perdida",
        Operation.QUOTIENT,
        [scaled, hundred],
        decimals=_DECIMALS,
        citation=method.citation,
    )


def _curve(
    curve: tuple[Decimal, ...], lived: Quantity, whole: Quantity, losable: Quantity, citation: str
) -> Quantity:
    hundred = given("HUNDRED", "Cien por ciento", _HUNDRED)
    x = derived(
        "LIVED_PCT",
        "Edad en % de la vida útil",
        Operation.QUOTIENT,
        [derived("SCALED_AGE", "Edad × 100", Operation.PRODUCT, [lived, hundred]), whole],
        decimals=_INNER_DECIMALS,
    )
    terms = [given(name, f"Curva, {name}", value) for name, value in zip("ABC", curve, strict=True)]
    y = derived(
        "CURVE_PCT",
        "Curva a·x² + b·x + c (%)",
        Operation.POLYNOMIAL,
        [x, *terms],
        citation=citation,
    )
    return derived("LOST_PCT", "Pérdida (%)", Operation.MINIMUM, [y, losable])
