"""Prices of land against the register and against each other: who has none, who is alone, who is far off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from statistics import median

from cadastre.ordinances.finding import Finding
from cadastre.ordinances.words import KIND_ES, PRICE_UNIT_ES, listed, plain
from cadastre.taxation.concepts import MISSING_NAMES
from cadastre.valuation.ordinance import OrdinanceFacts

FAR_TIMES = Decimal(
    5
)  # five times its neighbours' median, or a fifth of it: a slip of unit or typing is ten
FEWEST_NEIGHBOURS = 2
WITHOUT_MAP = "MAP"  # in no zone because it has no polygon: the plan cannot help it
_WITHOUT_MAP_ES = "sin polígono, así que en ninguna zona"
_KEYS_TOLD = 20
_AGROLOGICAL = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")
# What the ordinance lacks; everything else of the work list is a fact that the register lacks.
_OF_THE_PLAN = frozenset({"ZONE", "LAND_VALUE", "BUILDING_COST", "FACTOR_ROW", "WORK_COST"})
_REMEDY = {
    "ZONE": "complete el plano de valor",
    "LAND_VALUE": "dé precio a esas zonas",
    "BUILDING_COST": "agregue esas estructuras a la tabla de costos",
    "FACTOR_ROW": "agregue las filas que faltan a las tablas de factores",
    "WORK_COST": "agregue esas obras a la tabla de costos",
}


@dataclass(frozen=True, slots=True)
class RegisterCounts:
    """What the register says of a plan: predios in each zone, keys without value by reason (the words of
    ``MissingInput``), and which zones of the same kind touch.
    """

    units: int
    by_zone: Mapping[str, int] = field(default_factory=dict)
    unvalued: Mapping[str, Sequence[str]] = field(default_factory=dict)
    neighbours: Mapping[str, Sequence[str]] = field(default_factory=dict)


def lint_prices(ordinance: OrdinanceFacts, register: RegisterCounts | None) -> Iterator[Finding]:
    """The findings on prices; those of the register only where it was asked and has predios."""
    yield from _classes(ordinance)
    if register is None:
        return
    yield from _unpriced(register, ordinance)
    if register.units:
        yield from _empty(register, ordinance)
    yield from _far(register, ordinance)


def _unpriced(register: RegisterCounts, ordinance: OrdinanceFacts) -> Iterator[Finding]:
    for what, keys in sorted(register.unvalued.items()):
        reason = _WITHOUT_MAP_ES if what == WITHOUT_MAP else MISSING_NAMES.get(what, what)
        is_plan = what in _OF_THE_PLAN
        remedy = _REMEDY.get(what, "complete sus fichas antes de emitir")
        yield Finding(
            "UNPRICED" if is_plan else "REGISTER_LACKS",
            "Plano de valor" if is_plan else "Catastro",
            f"{len(keys)} de {register.units} predios quedarían sin avalúo ({reason}): {remedy}.",
            ordinance.land_value_citation if is_plan else "",
            len(keys),
            tuple(keys[:_KEYS_TOLD]),
        )


def _empty(register: RegisterCounts, ordinance: OrdinanceFacts) -> Iterator[Finding]:
    for code, zone in ordinance.land_values.items():
        if not register.by_zone.get(code):
            yield Finding(
                "ZONE_EMPTY",
                f"Zona {code}",
                f"Ningún predio está en la zona {KIND_ES[zone.kind]} {code} ({plain(zone.value)} "
                f"{PRICE_UNIT_ES[zone.kind]}): compruebe su dibujo o su clase.",
                ordinance.land_value_citation,
            )


def _far(register: RegisterCounts, ordinance: OrdinanceFacts) -> Iterator[Finding]:
    for code, zone in ordinance.land_values.items():
        others = [
            other
            for other in register.neighbours.get(code, ())
            if other in ordinance.land_values and ordinance.land_values[other].kind is zone.kind
        ]
        if len(others) < FEWEST_NEIGHBOURS:
            continue
        middle = median(ordinance.land_values[other].value for other in others)
        times = max(zone.value / middle, middle / zone.value)
        if times >= FAR_TIMES:
            side = "mayor" if zone.value > middle else "menor"
            yield Finding(
                "PRICE_FAR_FROM_NEIGHBOURS",
                f"Zona {code}",
                f"Su precio, {plain(zone.value)} {PRICE_UNIT_ES[zone.kind]}, es {plain(round(times, 1))} "
                f"veces {side} que la mediana de sus vecinas ({plain(middle)}; {listed(others)}): revise "
                "si hay un error de unidad o de tipeo, o explíquelo en la memoria técnica.",
                ordinance.land_value_citation,
            )


def _classes(ordinance: OrdinanceFacts) -> Iterator[Finding]:
    for name, method in (
        ("Suelo urbano", ordinance.methods.urban_land),
        ("Suelo rural", ordinance.methods.rural_land),
    ):
        if method is None:
            continue
        for zone, prices in method.classes.items():
            known = [(one, prices[one]) for one in _AGROLOGICAL if one in prices]
            for (better, price), (worse, higher) in pairwise(known):
                if higher > price:
                    yield Finding(
                        "CLASS_PRICE_RISES",
                        f"{name}, zona {zone}, clase {worse}",
                        f"La clase {worse} vale {plain(higher)} USD/ha y la {better}, que es mejor, "
                        f"{plain(price)}: revise las dos filas.",
                        method.citation,
                    )
