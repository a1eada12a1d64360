"""Factors of land and buildings: rows that are missing, limits without effect, leaps at thresholds."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from statistics import median
from typing import NamedTuple

from cadastre.ordinances.finding import Finding
from cadastre.ordinances.words import change_pct, percent, plain
from cadastre.valuation.factors import Factor, FactorKind
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.land_method import Combination, LandMethod
from cadastre.valuation.ordinance import OrdinanceFacts
from cadastre.valuation.traits import trait_name
from gis_project.core.assessment import DIVISOR, RateUnit
from gis_project.core.money import format_usd, to_cents

CLIFF_PCT = Decimal(10)  # a smaller step between two rows of a table is what tables are
_ONE = Decimal(1)
_EXAMPLE = Decimal(10_000)


class Span(NamedTuple):
    """The lowest and highest value that a factor can have; None where its table does not tell."""

    lowest: Decimal | None
    highest: Decimal | None


def lint_factors(ordinance: OrdinanceFacts) -> Iterator[Finding]:
    """The findings on every declared factor and on the limits of their total."""
    methods = ordinance.methods
    lands = (("Suelo urbano", methods.urban_land), ("Suelo rural", methods.rural_land))
    for (name, method), kind in zip(lands, UnitKind, strict=True):
        if method is not None:
            price = _middle_price(ordinance, kind)
            for factor in method.factors:
                yield from _factor(factor, name, price)
            yield from _total(method, name)
    for factor in methods.building_factors:
        yield from _factor(factor, "Edificaciones", None)


def span_of(factor: Factor) -> Span:
    """What the factor can be before its own limits."""
    if factor.kind is FactorKind.POWER:
        return Span(None, None)
    values = list(factor.by_word.values()) or [value for _, value in factor.rows]
    weight = _ONE if factor.weight is None else factor.weight
    return Span(min(values) * weight, max(values) * weight)


def _factor(factor: Factor, name: str, price: Decimal | None) -> Iterator[Finding]:
    where = f"{name}, factor «{factor.label_es}»"
    yield from _ends(factor, where)
    span = span_of(factor)
    yield from _limits(factor.lowest, factor.highest, span, where, factor.citation)
    found = _clamped(span, factor.lowest, factor.highest)
    if found.lowest is not None and found.lowest == found.highest:
        yield Finding(
            "FACTOR_WITHOUT_EFFECT",
            where,
            f"Vale {plain(found.lowest)} para todos los predios: quítelo o revise sus filas y topes.",
            factor.citation,
        )
    elif factor.kind is FactorKind.RANGE:
        yield from _leaps(factor, where, price)


def _ends(factor: Factor, where: str) -> Iterator[Finding]:
    if factor.kind not in (FactorKind.RANGE, FactorKind.POINTS):
        return
    what = _argument(factor)
    first, last = factor.rows[0][0], factor.rows[-1][0]
    if first > 0:
        yield Finding(
            "RANGE_GAP",
            where,
            f"No hay fila para {what} de menos de {plain(first)}: un predio así no tendría avalúo. "
            "Agregue la fila desde 0.",
            factor.citation,
        )
    end = last if factor.kind is FactorKind.POINTS else factor.until
    if end is not None:
        over = "más de" if factor.kind is FactorKind.POINTS else ""
        from_end = f"de {over} {plain(end)}" if over else f"desde {plain(end)}"
        yield Finding(
            "RANGE_GAP",
            where,
            f"No hay fila para {what} {from_end}: un predio así no tendría avalúo. Agregue una fila "
            "final, o compruebe que ninguno llega.",
            factor.citation,
        )


def _limits(
    lowest: Decimal | None, highest: Decimal | None, span: Span, where: str, article: str
) -> Iterator[Finding]:
    if lowest is not None and span.lowest is not None and lowest < span.lowest:
        yield Finding(
            "CLAMP_NEVER_REACHED",
            where,
            f"El mínimo {plain(lowest)} nunca se alcanza: lo más bajo que sale es {plain(span.lowest)}. "
            "Quítelo, o revise si falta una fila.",
            article,
        )
    if highest is not None and span.highest is not None and highest > span.highest:
        yield Finding(
            "CLAMP_NEVER_REACHED",
            where,
            f"El máximo {plain(highest)} nunca se alcanza: lo más alto que sale es "
            f"{plain(span.highest)}. Quítelo, o revise si falta una fila.",
            article,
        )


def _total(method: LandMethod, name: str) -> Iterator[Finding]:
    if not method.factors:
        return
    spans = [_clamped(span_of(factor), factor.lowest, factor.highest) for factor in method.factors]
    span = Span(
        _combined(method.combination, [one.lowest for one in spans]),
        _combined(method.combination, [one.highest for one in spans]),
    )
    where = f"{name}, factor total"
    yield from _limits(method.lowest, method.highest, span, where, method.citation)


def _combined(combination: Combination, ends: Sequence[Decimal | None]) -> Decimal | None:
    known = [end for end in ends if end is not None]
    if len(known) < len(ends):
        return None
    if combination is Combination.PRODUCT:
        product = _ONE
        for end in known:
            product *= end
        return product
    total = sum(known, Decimal(0))
    return total / len(known) if combination is Combination.MEAN else total


def _clamped(span: Span, lowest: Decimal | None, highest: Decimal | None) -> Span:
    """The span between the limits; a limit bounds even what the table does not tell."""

    def within(end: Decimal | None, otherwise: Decimal | None) -> Decimal | None:
        if end is None:
            return otherwise
        end = end if lowest is None else max(end, lowest)
        return end if highest is None else min(end, highest)

    return Span(within(span.lowest, lowest), within(span.highest, highest))


def _leaps(factor: Factor, where: str, price: Decimal | None) -> Iterator[Finding]:
    is_area = factor.of == ("area_m2",) and not factor.over and factor.weight is None
    for place, ((_, value), (start, after)) in enumerate(pairwise(factor.rows), start=2):
        ends = [_within(end, factor) for end in (value, after)]
        if not ends[0]:
            continue
        row, step = f"{where}, fila {place}", change_pct(ends[0], ends[1])
        if is_area and step < 0 and price is not None:
            before, now = (to_cents(start * price * end) for end in ends)
            yield Finding(
                "VALUE_FALLS_WITH_AREA",
                row,
                f"Con un precio de {plain(price)}, un lote de casi {plain(start)} m² vale "
                f"{format_usd(before)} y uno de {plain(start)} m², {format_usd(now)}: "
                f"{format_usd(before - now)} dólares menos por ser mayor. Suavice la tabla o use puntos "
                "(POINTS).",
                factor.citation,
            )
        elif abs(step) >= CLIFF_PCT:
            now = to_cents(_EXAMPLE * ends[1] / ends[0])
            yield Finding(
                "FACTOR_CLIFF",
                row,
                f"Al llegar a {plain(start)} ({_argument(factor)}) el valor cambia {percent(step)} de "
                f"golpe: un predio de {format_usd(_EXAMPLE)} dólares pasa a valer {format_usd(now)}. "
                "Ponga filas intermedias o use puntos (POINTS).",
                factor.citation,
            )


def _within(value: Decimal, factor: Factor) -> Decimal:
    found = value if factor.lowest is None else max(value, factor.lowest)
    return found if factor.highest is None else min(found, factor.highest)


def _argument(factor: Factor) -> str:
    above = " × ".join(trait_name(name) for name in factor.of)
    below = " × ".join(trait_name(name) for name in factor.over)
    return f"{above} / {below}" if below else above


def _middle_price(ordinance: OrdinanceFacts, kind: UnitKind) -> Decimal | None:
    """The median price of the zones of that kind, in dollars per m²."""
    prices = [zone.value for zone in ordinance.land_values.values() if zone.kind is kind]
    if not prices:
        return None
    unit = RateUnit.USD_PER_M2 if kind is UnitKind.URBAN else RateUnit.USD_PER_HA
    return median(prices) / DIVISOR[unit]
