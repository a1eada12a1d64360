"""Factors of increase and decrease, declared as data: a table by word or range, points, or a root.

Each ends as one explained number. The kinds are all there is: an ordinance has parameters, no code.

    {"code": "FRONT", "label": "Frente", "kind": "POWER", "of": ["front_m"],
     "over": ["typical_front_m"], "exponent": "1/4", "lowest": "0.8", "highest": "1.2", "decimals": 4}
    {"code": "TOPOGRAPHY", "kind": "WORD", "of": ["topography"], "rows": {"FLAT": "1", "STEEP": "0.8"}, …}
    {"code": "SIZE", "kind": "RANGE", "of": ["area_m2"], "rows": [["0", "1.1"], ["500", "1"]], …}
    {"code": "DISTANCE", "kind": "POINTS", "of": ["distance_km"], "rows": [["0", "1"], ["20", "0.6"]], …}

``of`` are multiplied and divided by ``over``; a range's start belongs to it and ``until`` ends the last
one; ``weight`` multiplies the row (additive coefficients). Outside its table a factor has no value.
"""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise
from typing import Any

from cadastre.valuation import told_parameters as told
from cadastre.valuation.facts import MissingInput
from cadastre.valuation.told_parameters import InvalidOrdinance
from cadastre.valuation.traits import Traits, trait_name
from gis_project.core.quantity import Operation, Quantity, derived, given

_FEWEST_DECIMALS = 4


class FactorKind(StrEnum):
    """How the number is found."""

    WORD = "WORD"
    RANGE = "RANGE"
    POINTS = "POINTS"
    POWER = "POWER"


@dataclass(frozen=True, slots=True)
class Factor:
    """One declared factor; ``rows`` are (start or point, value), ``by_word`` the words' values."""

    code: str
    label_es: str
    kind: FactorKind
    of: tuple[str, ...]
    over: tuple[str, ...]
    by_word: Mapping[str, Decimal]
    rows: tuple[tuple[Decimal, Decimal], ...]
    until: Decimal | None
    exponent: tuple[int, int]
    weight: Decimal | None
    lowest: Decimal | None
    highest: Decimal | None
    decimals: int
    citation: str


def factor_value(factor: Factor, traits: Traits) -> Quantity:
    """The factor for these traits; raises ``MissingInput`` (TRAIT, FACTOR_ROW)."""
    if factor.kind is FactorKind.WORD:
        found = _by_word(factor, traits)
    else:
        found = _by_number(factor, traits, _argument(factor, traits))
    if factor.weight is not None:
        weight = given("WEIGHT", "Peso", factor.weight)
        found = derived(
            f"WEIGHTED_{factor.code}", factor.label_es, Operation.PRODUCT, [weight, found]
        )
    if factor.lowest is None and factor.highest is None:
        return found
    return clamped(found, factor.lowest, factor.highest, factor.citation)


def clamped(
    found: Quantity, lowest: Decimal | None, highest: Decimal | None, citation: str
) -> Quantity:
    """``found`` kept between the limits that there are."""
    parts = [found]
    operation = Operation.CLAMP
    if lowest is None:
        operation = Operation.MINIMUM
    else:
        parts.append(given("LOWEST", "Mínimo", lowest))
    if highest is None:
        operation = Operation.MAXIMUM
    else:
        parts.append(given("HIGHEST", "Máximo", highest))
    return derived(
        f"{found.concept}_CLAMPED",
        f"{found.label_es}, con su tope",
        operation,
        parts,
        citation=citation,
    )


def read_factor(row: Mapping[str, Any], ordinance: str) -> Factor:
    """The factor that ``row`` declares; raises ``InvalidOrdinance`` naming the factor."""
    code = told.word(row.get("code"))
    try:
        factor = _read(row, code, ordinance)
    except InvalidOrdinance as refusal:
        raise InvalidOrdinance(f"factor {code}: {refusal.message}") from refusal
    except (KeyError, TypeError, ValueError) as error:
        raise InvalidOrdinance(f"factor {code}: falta o está mal {error}.") from error
    return factor


def _read(row: Mapping[str, Any], code: str, ordinance: str) -> Factor:
    kind = FactorKind(row["kind"])
    by_word = {}
    rows: tuple[tuple[Decimal, Decimal], ...] = ()
    if kind is FactorKind.WORD:
        by_word = {name: told.number(value) for name, value in told.members(row["rows"]).items()}
    elif kind is not FactorKind.POWER:
        rows = tuple((told.number(start), told.number(value)) for start, value in row["rows"])
    factor = Factor(
        code=code,
        label_es=str(row.get("label") or code),
        kind=kind,
        of=told.words(row["of"]),
        over=told.words(row.get("over", [])),
        by_word=by_word,
        rows=rows,
        until=told.optional_number(row, "until"),
        exponent=_exponent(row) if kind is FactorKind.POWER else (1, 1),
        weight=told.optional_number(row, "weight"),
        lowest=told.optional_number(row, "lowest"),
        highest=told.optional_number(row, "highest"),
        decimals=told.whole(row.get("decimals", 6)),
        citation=told.citation(ordinance, row.get("article")),
    )
    _check(factor)
    return factor


def _check(factor: Factor) -> None:
    if factor.decimals < _FEWEST_DECIMALS:
        raise InvalidOrdinance("un factor lleva al menos cuatro decimales.")
    if factor.kind is FactorKind.WORD and (len(factor.of) != 1 or factor.over):
        raise InvalidOrdinance("una tabla de palabras mira un solo dato.")
    if factor.kind is not FactorKind.POWER and not (factor.rows or factor.by_word):
        raise InvalidOrdinance("la tabla está vacía.")
    starts = [start for start, _ in factor.rows]
    if any(later <= earlier for earlier, later in pairwise(starts)):
        raise InvalidOrdinance("las filas deben ir en orden creciente, sin repetirse.")
    if factor.until is not None and starts and factor.until <= starts[-1]:
        raise InvalidOrdinance("«until» debe ser mayor que el comienzo de la última fila.")
    if factor.kind is FactorKind.POINTS and len(factor.rows) < 2:
        raise InvalidOrdinance("una recta necesita al menos dos puntos.")
    if None not in (factor.lowest, factor.highest) and factor.lowest > factor.highest:  # type: ignore[operator]
        raise InvalidOrdinance("el mínimo pasa del máximo.")


def _exponent(row: Mapping[str, Any]) -> tuple[int, int]:
    top, _, bottom = told.word(row["exponent"]).partition("/")
    found = int(top), int(bottom or "1")
    if found[1] < 1 or not found[0]:
        raise InvalidOrdinance("el exponente va como «1/4» o «-1/2».")
    return found


def _argument(factor: Factor, traits: Traits) -> Quantity:
    above = [traits.number(name) for name in factor.of]
    below = [traits.number(name) for name in factor.over]
    if any(part.value <= 0 for part in below):
        raise _no_row(factor, traits, "un divisor en cero")
    label = " × ".join(trait_name(name) for name in factor.of)
    top = above[0] if len(above) == 1 else derived("PRODUCT", label, Operation.PRODUCT, above)
    if not below:
        return top
    under = " × ".join(trait_name(name) for name in factor.over)
    bottom = below[0] if len(below) == 1 else derived("PRODUCT", under, Operation.PRODUCT, below)
    return derived("RELATION", f"{label} / {under}", Operation.QUOTIENT, [top, bottom], decimals=12)


def _by_word(factor: Factor, traits: Traits) -> Quantity:
    found = traits.word(factor.of[0])
    value = factor.by_word.get(found)
    if value is None:
        raise _no_row(factor, traits, f"«{found}»")
    note = f"{trait_name(factor.of[0])}: {found}"
    return Quantity(
        factor.code, factor.label_es, value, Operation.WORD_ROW, (), None, factor.citation, note
    )


def _by_number(factor: Factor, traits: Traits, argument: Quantity) -> Quantity:
    operation, parts, decimals = Operation.POWER, [argument], factor.decimals
    if factor.kind is FactorKind.POWER:
        if argument.value <= 0:
            raise _no_row(factor, traits, f"{argument.value:f}")
        for name, whole in zip(("numerador", "denominador"), factor.exponent, strict=True):
            parts.append(given("EXPONENT", f"Exponente, {name}", Decimal(whole)))
        return derived(
            factor.code,
            factor.label_es,
            operation,
            parts,
            decimals=decimals,
            citation=factor.citation,
        )
    starts = [start for start, _ in factor.rows]
    place = bisect_right(starts, argument.value) - 1
    if place < 0 or (factor.until is not None and argument.value >= factor.until):
        raise _no_row(factor, traits, f"{argument.value:f}")
    start, value = factor.rows[place]
    row = given("ROW", "Fila", value)
    if factor.kind is FactorKind.RANGE:
        ends = (*starts[1:], factor.until)
        parts += [given("FROM", "Desde", start), row]
        end = ends[place]
        if end is not None:
            parts.append(given("UNTIL", "Hasta", end))
        return derived(
            factor.code, factor.label_es, Operation.RANGE_ROW, parts, citation=factor.citation
        )
    if place == len(starts) - 1:
        if argument.value != start:
            raise _no_row(factor, traits, f"{argument.value:f}")
        place -= 1
    for x, y in factor.rows[place : place + 2]:
        parts += [given("POINT", "Punto", x), given("ROW", "Valor en el punto", y)]
    return derived(
        factor.code,
        factor.label_es,
        Operation.INTERPOLATED,
        parts,
        decimals=decimals,
        citation=factor.citation,
    )


def _no_row(factor: Factor, traits: Traits, found: str) -> MissingInput:
    return MissingInput(
        f"La tabla «{factor.label_es}» de la ordenanza no tiene fila para {found} "
        f"(predio {traits.key}).",
        unit_id=traits.unit_id,
        what="FACTOR_ROW",
    )
