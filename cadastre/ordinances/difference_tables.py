"""Rows that come, go or change in the tables of two ordinances: factors, classes, costs, depreciation, rates."""

from collections.abc import Hashable, Iterator, Mapping
from decimal import Decimal
from typing import TypeVar

from cadastre.ordinances.change import Change, Part
from cadastre.ordinances.words import RATES_ES, percent, plain
from cadastre.valuation.depreciation import Depreciation, DepreciationKind
from cadastre.valuation.factors import Factor, FactorKind
from cadastre.valuation.land_method import PLAIN, LandMethod
from cadastre.valuation.land_price import PRICE_LEVELS_ES
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.rate_table import RateMode, RateTable
from gis_project.core.money import format_usd

K = TypeVar("K", bound=Hashable)
_MODES = {
    RateMode.FLAT: "única",
    RateMode.BRACKET: "por rangos",
    RateMode.MARGINAL: "por tramos",
}


def rows_changed(
    part: Part,
    table: str,
    before: Mapping[K, Decimal],
    after: Mapping[K, Decimal],
    *,
    row: str = "{}",
    unit: str = "",
) -> Iterator[Change]:
    """The changes of a table of numbers; ``row`` names one of its rows in a sentence."""

    def told(value: Decimal) -> str:
        return f"{plain(value)}{unit}"

    for key in [*before, *(new for new in after if new not in before)]:
        name = row.format(plain(key) if isinstance(key, Decimal) else key)
        old, new = before.get(key), after.get(key)
        if old is None and new is not None:
            text = f"La tabla «{table}» tiene una fila nueva: {name}, {told(new)}."
        elif new is None and old is not None:
            text = f"La tabla «{table}» pierde una fila: {name} ({told(old)})."
        elif old is not None and new is not None and old != new:
            step = f" ({percent((new - old) * 100 / old)})" if old else ""
            text = f"En «{table}», {name} pasa de {told(old)} a {told(new)}{step}."
        else:
            continue
        yield Change(part, f"{table}: {name}", old, new, text)


def land_method_changes(before: OrdinanceFacts, after: OrdinanceFacts) -> Iterator[Change]:
    """Prices by level, classes of soil, factors and limits of land."""
    yield from _land("suelo urbano", before.methods.urban_land, after.methods.urban_land)
    yield from _land("suelo rural", before.methods.rural_land, after.methods.rural_land)


def building_changes(before: OrdinanceFacts, after: OrdinanceFacts) -> Iterator[Change]:
    """Costs of structures, their lives and residuals, factors, depreciation."""
    part, old, new = Part.BUILDINGS, before.building_costs, after.building_costs
    for table, member, unit in (
        ("Costo por m²", "cost_per_m2", " USD"),
        ("Vida útil", "useful_life_years", " años"),
        ("Valor residual", "residual_pct", " %"),
    ):
        values = [
            {name: Decimal(getattr(cost, member)) for name, cost in costs.items()}
            for costs in (old, new)
        ]
        if table != "Costo por m²":  # a structure that comes or goes is told once, by its cost
            both = old.keys() & new.keys()
            values = [
                {name: value for name, value in rows.items() if name in both} for rows in values
            ]
        yield from rows_changed(part, table, *values, row="la estructura {}", unit=unit)
    yield from _factors(
        part, "edificaciones", before.methods.building_factors, after.methods.building_factors
    )
    yield from _depreciation(before.methods.depreciation, after.methods.depreciation)


def work_changes(before: OrdinanceFacts, after: OrdinanceFacts) -> Iterator[Change]:
    """Costs of complementary works."""
    tables = [
        {f"«{work.label_es}»": work.cost for work in ordinance.methods.works.values()}
        for ordinance in (before, after)
    ]
    yield from rows_changed(Part.WORKS, "Obras complementarias", *tables, unit=" USD")


def rate_changes(before: OrdinanceFacts, after: OrdinanceFacts) -> Iterator[Change]:
    """Rows and mode of the two rate tables."""
    for member, name in RATES_ES.items():
        old: RateTable = getattr(before, member)
        new: RateTable = getattr(after, member)
        if old.mode is not new.mode:
            text = f"La {name.lower()} pasa de {_MODES[old.mode]} a {_MODES[new.mode]}."
            yield Change(Part.RATES, name, str(old.mode), str(new.mode), text)
        tables = [
            dict(
                zip(map(format_usd, table.starts), table.rates_per_mille, strict=True),
            )
            for table in (old, new)
        ]
        yield from rows_changed(Part.RATES, name, *tables, row="desde {} dólares", unit=" ‰")


def _land(
    name: str, told_before: LandMethod | None, told_after: LandMethod | None
) -> Iterator[Change]:
    before, after = told_before or PLAIN, told_after or PLAIN
    part = Part.LAND_METHOD
    for level in dict.fromkeys([*before.prices, *after.prices]):
        tables = [
            {code: row.value for code, row in method.prices.get(level, {}).items() if row.value}
            for method in (before, after)
        ]
        title = f"Precios por {PRICE_LEVELS_ES[level]}"
        yield from rows_changed(
            Part.LAND_PRICES, title, *tables, row=f"{PRICE_LEVELS_ES[level]} {{}}"
        )
    classes = [
        {
            f"zona {zone}, clase {one}": price
            for zone, prices in method.classes.items()
            for one, price in prices.items()
        }
        for method in (before, after)
    ]
    yield from rows_changed(Part.LAND_PRICES, f"Clases del {name}", *classes, unit=" USD/ha")
    yield from _factors(part, name, before.factors, after.factors)
    if before.factors and after.factors and before.combination is not after.combination:
        text = f"Los factores del {name} se combinan de otro modo: {after.combination} en vez de {before.combination}."
        yield Change(part, name, str(before.combination), str(after.combination), text)
    limits = [_limits(method.lowest, method.highest) for method in (before, after)]
    yield from rows_changed(part, f"Factor total del {name}", *limits)


def _factors(
    part: Part, name: str, before: tuple[Factor, ...], after: tuple[Factor, ...]
) -> Iterator[Change]:
    old, new = ({factor.code: factor for factor in factors} for factors in (before, after))
    for code in dict.fromkeys([*old, *new]):
        if code not in old:
            text = f"Factor nuevo en {name}: «{new[code].label_es}»."
            yield Change(part, name, None, code, text)
        elif code not in new:
            text = f"Desaparece de {name} el factor «{old[code].label_es}»."
            yield Change(part, name, code, None, text)
        else:
            yield from _factor(part, old[code], new[code])


def _factor(part: Part, before: Factor, after: Factor) -> Iterator[Change]:
    title = f"Factor {after.label_es}"
    if _shape(before) != _shape(after):
        text = f"El factor «{after.label_es}» se calcula de otro modo: {_shape(after)} en vez de {_shape(before)}."
        yield Change(part, title, _shape(before), _shape(after), text)
        return
    yield from rows_changed(part, title, before.by_word, after.by_word, row="«{}»")
    row = "en {}" if after.kind is FactorKind.POINTS else "desde {}"
    yield from rows_changed(part, title, dict(before.rows), dict(after.rows), row=row)
    old, new = _bounds(before), _bounds(after)
    yield from rows_changed(part, title, old, new)


def _shape(factor: Factor) -> str:
    """What a factor looks at and how, apart from its numbers."""
    told = f"{factor.kind} de {' × '.join(factor.of)}"
    if factor.over:
        told += f" / {' × '.join(factor.over)}"
    if factor.kind is FactorKind.POWER:
        told += f" a la {factor.exponent[0]}/{factor.exponent[1]}"
    return told


def _bounds(factor: Factor) -> dict[str, Decimal]:
    found = _limits(factor.lowest, factor.highest)
    if factor.weight is not None:
        found["el peso"] = factor.weight
    if factor.until is not None:
        found["el final de la tabla"] = factor.until
    return found


def _limits(lowest: Decimal | None, highest: Decimal | None) -> dict[str, Decimal]:
    limits = {"el mínimo": lowest, "el máximo": highest}
    return {name: limit for name, limit in limits.items() if limit is not None}


def _depreciation(before: Depreciation, after: Depreciation) -> Iterator[Change]:
    part, name = Part.BUILDINGS, "Depreciación"
    if before.kind is not after.kind:
        text = f"La depreciación pasa de {_KINDS[before.kind]} a {_KINDS[after.kind]}."
        yield Change(part, name, str(before.kind), str(after.kind), text)
        return
    for state in dict.fromkeys([*before.states, *after.states]):
        tables = [_state(method, state) for method in (before, after)]
        row = "desde {} años" if after.kind is DepreciationKind.TABLE else "{}"
        unit = " %" if after.kind is DepreciationKind.TABLE else ""
        yield from rows_changed(part, f"{name}, estado «{state}»", *tables, row=row, unit=unit)


_KINDS = {
    DepreciationKind.LINEAR: "línea recta",
    DepreciationKind.ROSS_HEIDECKE: "Ross-Heidecke",
    DepreciationKind.QUADRATIC: "curvas cuadráticas",
    DepreciationKind.TABLE: "una tabla por edades",
}


def _state(method: Depreciation, state: str) -> dict[Decimal | str, Decimal]:
    rows = method.states.get(state, ())
    if method.kind is DepreciationKind.TABLE:
        return {row[0]: row[1] for row in rows}
    names = (
        ("el coeficiente",) if method.kind is DepreciationKind.ROSS_HEIDECKE else ("a", "b", "c")
    )
    return dict(zip(names, rows[0], strict=True)) if rows else {}
