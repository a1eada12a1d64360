"""What changes from one biennium to the next, in sentences that a councillor reads (COOTAD 496).

``ordinance_difference`` compares the frozen values and nothing else, so what it does not name is equal.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from cadastre.ordinances.change import Change, Part
from cadastre.ordinances.difference_local import local_changes, parameter_changes
from cadastre.ordinances.difference_tables import (
    building_changes,
    land_method_changes,
    rate_changes,
    work_changes,
)
from cadastre.ordinances.words import KIND_ES, PRICE_UNIT_ES, listed, percent, plain
from cadastre.valuation.facts import UnitKind
from cadastre.valuation.ordinance import OrdinanceFacts

_PLURAL = {UnitKind.URBAN: "urbanas", UnitKind.RURAL: "rurales"}


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes by part, and how prices of land move as a whole, one sentence a kind."""

    before: str
    after: str
    changes: tuple[Change, ...]
    summary: tuple[str, ...]

    def by_part(self) -> list[tuple[Part, tuple[Change, ...]]]:
        """The parts that change, each with its changes."""
        found = [(part, tuple(one for one in self.changes if one.part is part)) for part in Part]
        return [(part, changes) for part, changes in found if changes]

    def as_dict(self) -> dict[str, Any]:
        """The difference as JSON values."""
        return {
            "before": self.before,
            "after": self.after,
            "is_equal": not self.changes,
            "summary": list(self.summary),
            "changes": [one.as_dict() for one in self.changes],
        }

    def as_text(self) -> str:
        """The whole in plain Spanish, for a report or a terminal."""
        lines = [f"Qué cambia de la ordenanza {self.before} a la {self.after}"]
        lines += [f"  {line}" for line in self.summary]
        if not self.changes:
            lines.append("  No cambia nada.")
        for part, changes in self.by_part():
            lines += ["", part.label_es, *dict.fromkeys(f"  {one.text}" for one in changes)]
        return "\n".join(lines) + "\n"


def ordinance_difference(before: OrdinanceFacts, after: OrdinanceFacts) -> Difference:
    """The changes from ``before`` to ``after``, part by part."""
    changes = [
        *_zone_changes(before, after),
        *land_method_changes(before, after),
        *building_changes(before, after),
        *work_changes(before, after),
        *rate_changes(before, after),
        *local_changes(before, after),
        *parameter_changes(before, after),
    ]
    return Difference(before.number, after.number, tuple(changes), _summary(before, after))


def _zone_changes(before: OrdinanceFacts, after: OrdinanceFacts) -> Iterator[Change]:
    """Zones whose price moves by the same percentage share a sentence; each is a change of its own."""
    moved: dict[tuple[UnitKind, str], list[tuple[str, Decimal, Decimal]]] = defaultdict(list)
    others: list[Change] = []
    for code in sorted({*before.land_values, *after.land_values}):
        old, new = before.land_values.get(code), after.land_values.get(code)
        where = f"Zona {code}"
        if old is None and new is not None:
            price = f"{plain(new.value)} {PRICE_UNIT_ES[new.kind]}"
            text = f"Zona {KIND_ES[new.kind]} nueva: {code}, {price}."
            others.append(Change(Part.LAND_PRICES, where, None, new.value, text))
        elif new is None and old is not None:
            price = f"{plain(old.value)} {PRICE_UNIT_ES[old.kind]}"
            text = f"Desaparece la zona {KIND_ES[old.kind]} {code} ({price})."
            others.append(Change(Part.LAND_PRICES, where, old.value, None, text))
        elif old is not None and new is not None and old.kind is not new.kind:
            text = (
                f"La zona {code} pasa de {KIND_ES[old.kind]} ({plain(old.value)} "
                f"{PRICE_UNIT_ES[old.kind]}) a {KIND_ES[new.kind]} ({plain(new.value)} "
                f"{PRICE_UNIT_ES[new.kind]})."
            )
            others.append(Change(Part.LAND_PRICES, where, str(old.kind), str(new.kind), text))
        elif old is not None and new is not None and old.value != new.value:
            step = percent(abs((new.value - old.value) * 100 / old.value))
            direction = "suben" if new.value > old.value else "bajan"
            moved[new.kind, f"{direction} {step}"].append((code, old.value, new.value))
    for (kind, step), zones in moved.items():
        text = _moved_text(kind, step, zones)
        for code, old_value, new_value in zones:
            yield Change(Part.LAND_PRICES, f"Zona {code}", old_value, new_value, text)
    yield from others


def _moved_text(kind: UnitKind, step: str, zones: list[tuple[str, Decimal, Decimal]]) -> str:
    if len(zones) == 1:
        code, old, new = zones[0]
        return (
            f"Los precios {step} en la zona {KIND_ES[kind]} {code}: de {plain(old)} a {plain(new)} "
            f"{PRICE_UNIT_ES[kind]}."
        )
    codes = [code for code, _, _ in zones]
    return f"Los precios {step} en las {len(codes)} zonas {_PLURAL[kind]} {listed(codes)}."


def _summary(before: OrdinanceFacts, after: OrdinanceFacts) -> tuple[str, ...]:
    lines = []
    for kind in UnitKind:
        steps = [
            (new.value - old.value) * 100 / old.value
            for code, new in sorted(after.land_values.items())
            if (old := before.land_values.get(code)) and old.kind is new.kind is kind
        ]
        if steps:
            up, down = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
            lines.append(
                f"De {len(steps)} zonas {_PLURAL[kind]} que siguen, "
                f"{up} suben, {down} bajan y {len(steps) - up - down} quedan igual; el cambio del medio es "
                f"de {percent(median(steps))}."
            )
    return tuple(lines)
