"""The rate or limit at which an ordinance brings in what the town wants, by the same assessor as the bill.

Revenue grows with the number sought, so the answer is closed in from both sides, each step guessing
where the line between the two sides crosses the goal. Few steps matter: each assesses a whole town.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from cadastre.taxation.national_law import NationalLaw, RateBand
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import InvalidOrdinance, OrdinanceFacts
from cadastre.valuation.rate_table import RateTable
from gis_project.core.canonical import sha256_hex

RATE_STEP = Decimal("0.0001")  # per mille, as councils write rates
CAP_STEP = Decimal("0.001")
_MOST_STEPS = 40


class Lever(StrEnum):
    """What is moved: the whole rate table by one multiplier, or the highest total factor of land."""

    RATE = "RATE"
    CAP = "CAP"


@dataclass(frozen=True, slots=True)
class Goal:
    """The number found on its grid, the revenue with it, and whether it is the goal's nearest.

    ``is_reached`` is false when even the end of what the law or the table admits stays beyond the goal.
    """

    value: Decimal
    revenue: Decimal
    target: Decimal
    is_reached: bool
    assessed: int


def seek(
    revenue_at: Callable[[Decimal], Decimal],
    *,
    target: Decimal,
    lowest: Decimal,
    highest: Decimal,
    step: Decimal,
) -> Goal:
    """The multiple of ``step`` between the ends whose revenue is nearest to ``target``."""
    known: dict[Decimal, Decimal] = {}

    def at(value: Decimal) -> Decimal:
        if value not in known:
            known[value] = revenue_at(value)
        return known[value]

    low, high = lowest, highest
    if at(low) >= target or at(high) <= target:
        end = low if at(low) >= target else high
        return Goal(end, at(end), target, at(end) == target, len(known))
    same_side, was_low = 0, False
    while high - low > step and len(known) < _MOST_STEPS:
        share = (target - at(low)) / (at(high) - at(low))
        if same_side >= 2:  # the other side does not move: the curve is bent, so halve
            share = Decimal("0.5")
        guess = _on_grid(low + (high - low) * share, step)
        guess = min(max(guess, low + step), high - step)
        is_low = at(guess) <= target
        low, high = (guess, high) if is_low else (low, guess)
        same_side = same_side + 1 if is_low is was_low else 0
        was_low = is_low
        if at(low) == target:
            break
    best = min((low, high), key=lambda value: (abs(at(value) - target), value))
    return Goal(best, at(best), target, True, len(known))


def with_lever(
    ordinance: OrdinanceFacts, lever: Lever, kind: UnitKind, value: Decimal, law: NationalLaw
) -> OrdinanceFacts:
    """The ordinance with one number moved; its hash says so. Rates stay within the national band."""
    moved_hash = sha256_hex([ordinance.content_hash, lever, kind, value])
    if lever is Lever.RATE:
        if kind is UnitKind.URBAN:
            urban = _scaled(ordinance.urban_rates, value, law.urban_band)
            return replace(ordinance, urban_rates=urban, content_hash=moved_hash)
        rural = _scaled(ordinance.rural_rates, value, law.rural_band)
        return replace(ordinance, rural_rates=rural, content_hash=moved_hash)
    methods = ordinance.methods
    method = methods.urban_land if kind is UnitKind.URBAN else methods.rural_land
    if method is None or not method.factors:
        raise InvalidOrdinance(
            f"La ordenanza {ordinance.number} no tiene factores de suelo de esa clase, así que no hay "
            "tope que buscar: busque la tarifa."
        )
    moved = replace(method, highest=value)
    is_urban = kind is UnitKind.URBAN
    methods = replace(
        methods,
        urban_land=moved if is_urban else methods.urban_land,
        rural_land=methods.rural_land if is_urban else moved,
    )
    return replace(ordinance, methods=methods, content_hash=moved_hash)


def ends_of(
    ordinance: OrdinanceFacts, lever: Lever, kind: UnitKind, law: NationalLaw
) -> tuple[Decimal, Decimal, Decimal]:
    """Lowest and highest value of the lever that can make a difference, and its step."""
    if lever is Lever.RATE:
        table, band = ordinance.urban_rates, law.urban_band
        if kind is UnitKind.RURAL:
            table, band = ordinance.rural_rates, law.rural_band
        smallest = min((rate for rate in table.rates_per_mille if rate), default=Decimal(1))
        lowest = _on_grid(band.lowest / max(table.highest, smallest), RATE_STEP)
        return lowest, _on_grid(band.highest / smallest, RATE_STEP) + RATE_STEP, RATE_STEP
    method = (
        ordinance.methods.urban_land if kind is UnitKind.URBAN else ordinance.methods.rural_land
    )
    floor = method.lowest if method is not None and method.lowest is not None else CAP_STEP
    return floor, Decimal(10), CAP_STEP


def _scaled(table: RateTable, by: Decimal, band: RateBand) -> RateTable:
    rates = tuple(
        min(max(_on_grid(rate * by, RATE_STEP), band.lowest), band.highest)
        for rate in table.rates_per_mille
    )
    return replace(table, rates_per_mille=rates)


def _on_grid(value: Decimal, step: Decimal) -> Decimal:
    return (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
