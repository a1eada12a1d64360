"""A kept simulation as the page shows it: amounts as numbers, groups with their words, bars of the deciles."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from cadastre.taxation.concepts import MISSING_NAMES

_WIDTH, _HEIGHT, _MIDDLE = 560, 210, 90
_BAR, _REACH = 40, 66


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One line of a table; `code` is a stored word of the register, or a number or code of a place."""

    code: str
    units: int
    pay_more: int
    pay_less: int
    before: Decimal
    after: Decimal
    change_pct: Decimal | None


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar of the picture of deciles: place, size, and where its figure stands (pixels)."""

    name: str
    x: int
    y: int
    height: int
    label_y: int
    change_pct: Decimal


@dataclass(frozen=True, slots=True)
class ImpactTables:
    """All that the page shows of a simulation."""

    told: dict[str, Any]
    whole: GroupRow
    revenue_before: Decimal
    revenue_after: Decimal
    tables: list[tuple[str, list[GroupRow]]]
    bars: list[Bar]
    vanish: list[tuple[str, int]]
    rises: list[tuple[str, Decimal, Decimal]]
    width: int = _WIDTH
    height: int = _HEIGHT
    middle: int = _MIDDLE
    bar_width: int = _BAR


def impact_tables(result: dict[str, Any]) -> ImpactTables:
    """What `SimulatedRoll.as_dict` told, ready for the page."""
    impact = result["impact"]
    deciles = [_row(one) for one in impact["deciles"]]
    tables = [
        (_("Por decil de avalúo"), deciles),
        (_("Por clase"), [_row(one) for one in impact["by_kind"]]),
        (_("Por parroquia"), [_row(one) for one in impact["by_parish"]]),
        (_("Por uso"), [_row(one) for one in impact["by_use"]]),
        (_("Por zona de valor"), [_row(one) for one in impact["by_zone"]]),
    ]
    return ImpactTables(
        told=result,
        whole=_row(impact["whole"]),
        revenue_before=Decimal(impact["revenue_before"]),
        revenue_after=Decimal(impact["revenue_after"]),
        tables=[(title, rows) for title, rows in tables if rows],
        bars=_bars(deciles),
        vanish=[
            (MISSING_NAMES.get(reason, reason), count) for reason, count in impact["vanish"].items()
        ],
        rises=[
            (one["key"], Decimal(one["before"]), Decimal(one["after"]))
            for one in impact["highest_rises"]
        ],
    )


def _row(told: dict[str, Any]) -> GroupRow:
    step = told["change_pct"]
    return GroupRow(
        told["name"],
        told["units"],
        told["pay_more"],
        told["pay_less"],
        Decimal(told["before"]),
        Decimal(told["after"]),
        None if step is None else Decimal(step),
    )


def _bars(deciles: list[GroupRow]) -> list[Bar]:
    """Rises go up from the middle and falls down, by the greatest of them."""
    steps = [row.change_pct or Decimal(0) for row in deciles]
    greatest = max((abs(step) for step in steps), default=Decimal(0)) or Decimal(1)
    bars = []
    for place, (row, step) in enumerate(zip(deciles, steps, strict=True)):
        height = int(abs(step) * _REACH / greatest)
        y = _MIDDLE - height if step > 0 else _MIDDLE
        label_y = y - 6 if step > 0 else y + height + 15
        bars.append(Bar(row.code, 20 + place * (_BAR + 12), y, height, label_y, step))
    return bars
