"""Who pays more and who less under another ordinance, and what the town gets: counts, sums and shares.

A predio that is billed by only one of the two is counted apart: it neither wins nor loses, it appears or
disappears, with the reason. Deciles are by value before.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median
from typing import Any

from cadastre.ordinances.outcome import SimulatedUnit
from gis_project.core.money import ZERO

_DECILES = 10
_MOST_TOLD = 20
_TENTH = Decimal("0.1")


@dataclass(frozen=True, slots=True)
class Group:
    """Predios that both ordinances bill and that have something in common; amounts in dollars."""

    name: str
    units: int
    pay_more: int
    pay_less: int
    before: Decimal
    after: Decimal
    median_change: Decimal

    @property
    def change(self) -> Decimal:
        """What the town gets more of them."""
        return self.after - self.before

    @property
    def change_pct(self) -> Decimal | None:
        """The same in per cent, to a tenth; None where they paid nothing."""
        return (self.change * 100 / self.before).quantize(_TENTH) if self.before else None

    def as_dict(self) -> dict[str, Any]:
        """The group as JSON values."""
        told = self.change_pct
        return {
            "name": self.name,
            "units": self.units,
            "pay_more": self.pay_more,
            "pay_less": self.pay_less,
            "pay_equal": self.units - self.pay_more - self.pay_less,
            "before": str(self.before),
            "after": str(self.after),
            "change": str(self.change),
            "change_pct": None if told is None else str(told),
            "median_change": str(self.median_change),
        }


@dataclass(frozen=True, slots=True)
class Impact:
    """The whole; ``appear`` and ``vanish`` are predios that only one ordinance bills, by the reason
    (for those that appear, the former one's is not told).
    """

    whole: Group
    revenue_before: Decimal
    revenue_after: Decimal
    property_tax_before: Decimal
    property_tax_after: Decimal
    billed_before: int
    billed_after: int
    appear: int
    vanish: dict[str, int]
    at_caps: int
    caps: dict[str, int]
    deciles: tuple[Group, ...]
    by_kind: tuple[Group, ...]
    by_parish: tuple[Group, ...]
    by_use: tuple[Group, ...]
    by_zone: tuple[Group, ...]
    highest_rises: tuple[tuple[str, Decimal, Decimal], ...]

    def as_dict(self) -> dict[str, Any]:
        """The impact as JSON values, amounts as texts."""
        return {
            "whole": self.whole.as_dict(),
            "revenue_before": str(self.revenue_before),
            "revenue_after": str(self.revenue_after),
            "property_tax_before": str(self.property_tax_before),
            "property_tax_after": str(self.property_tax_after),
            "billed_before": self.billed_before,
            "billed_after": self.billed_after,
            "appear": self.appear,
            "vanish": self.vanish,
            "at_caps": self.at_caps,
            "caps": self.caps,
            "deciles": [one.as_dict() for one in self.deciles],
            "by_kind": [one.as_dict() for one in self.by_kind],
            "by_parish": [one.as_dict() for one in self.by_parish],
            "by_use": [one.as_dict() for one in self.by_use],
            "by_zone": [one.as_dict() for one in self.by_zone],
            "highest_rises": [
                {"key": key, "before": str(before), "after": str(after)}
                for key, before, after in self.highest_rises
            ],
        }


def impact_of(units: Sequence[SimulatedUnit]) -> Impact:
    """The impact over all ``units`` of the municipality."""
    both = [unit for unit in units if unit.before is not None and unit.after is not None]
    after = [unit.after for unit in units if unit.after is not None]
    before = [unit.before for unit in units if unit.before is not None]
    caps = Counter(cap for outcome in after for cap in outcome.caps)
    rises = sorted(both, key=lambda unit: (-_change(unit), unit.key))[:_MOST_TOLD]
    return Impact(
        whole=_group("", both),
        revenue_before=sum((one.total for one in before), ZERO),
        revenue_after=sum((one.total for one in after), ZERO),
        property_tax_before=sum((one.property_tax for one in before), ZERO),
        property_tax_after=sum((one.property_tax for one in after), ZERO),
        billed_before=len(before),
        billed_after=len(after),
        appear=sum(unit.before is None and unit.after is not None for unit in units),
        vanish=dict(
            sorted(
                Counter(
                    unit.reason for unit in units if unit.before is not None and unit.after is None
                ).items()
            )
        ),
        at_caps=sum(bool(outcome.caps) for outcome in after),
        caps=dict(sorted(caps.items())),
        deciles=_deciles(both),
        by_kind=_groups(both, lambda unit: str(unit.kind)),
        by_parish=_groups(both, lambda unit: unit.parish),
        by_use=_groups(both, lambda unit: unit.use),
        by_zone=_groups(both, lambda unit: unit.zone),
        highest_rises=tuple(
            (unit.key, unit.before.total, unit.after.total)
            for unit in rises
            if unit.before and unit.after and _change(unit) > 0
        ),
    )


def _change(unit: SimulatedUnit) -> Decimal:
    if unit.before is None or unit.after is None:
        return ZERO
    return unit.after.total - unit.before.total


def _group(name: str, units: Sequence[SimulatedUnit]) -> Group:
    changes = [_change(unit) for unit in units]
    return Group(
        name,
        len(units),
        sum(change > 0 for change in changes),
        sum(change < 0 for change in changes),
        sum((unit.before.total for unit in units if unit.before), ZERO),
        sum((unit.after.total for unit in units if unit.after), ZERO),
        median(changes) if changes else ZERO,
    )


def _groups(
    units: Iterable[SimulatedUnit], name_of: Callable[[SimulatedUnit], str]
) -> tuple[Group, ...]:
    found: dict[str, list[SimulatedUnit]] = defaultdict(list)
    for unit in units:
        found[name_of(unit)].append(unit)
    return tuple(_group(name, found[name]) for name in sorted(found))


def _deciles(units: Sequence[SimulatedUnit]) -> tuple[Group, ...]:
    """Ten groups of as nearly the same number as can be, named by their number; fewer for fewer predios."""
    ordered = sorted(units, key=lambda unit: (unit.before.value if unit.before else ZERO, unit.key))
    count = min(_DECILES, len(ordered))
    ends = [len(ordered) * place // count for place in range(count + 1)] if count else []
    return tuple(
        _group(str(place + 1), ordered[ends[place] : ends[place + 1]]) for place in range(count)
    )
