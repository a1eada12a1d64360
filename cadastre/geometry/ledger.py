"""The area ledger of an act: what closes, opens and changes, in exact mm², summing to zero."""

from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from cadastre.geometry.exact_area import as_m2

K = TypeVar("K", bound=Hashable)


class Entry(StrEnum):
    """What a ledger line tells of its subject."""

    CLOSED = "CLOSED"
    OPENED = "OPENED"
    CHANGED = "CHANGED"
    ROUNDING = "ROUNDING"


@dataclass(frozen=True, slots=True)
class LedgerLine(Generic[K]):
    """The change of the register's ground that one subject brings.

    ``subject`` is the caller's id; for what opens, the number of the child (0, 1, …); ``None`` for the
    rounding line: ground that the millimetre grid moved between the parcels and what is no parcel
    (roads), with the sign that makes the ledger zero.
    """

    entry: Entry
    subject: K | int | None
    twice_mm2: int

    @property
    def area_m2(self) -> Decimal:
        """The same, signed, as exact m²."""
        return as_m2(self.twice_mm2)


def ledger(
    *,
    closed: Mapping[K, int],
    opened: Iterable[int] = (),
    changed: Mapping[K, int],
) -> tuple[LedgerLine[K], ...]:
    """The lines of an act from areas that close and open and from changes, all in twice mm²; they sum to zero."""
    lines: list[LedgerLine[K]] = [
        LedgerLine(Entry.CLOSED, key, -area) for key, area in closed.items()
    ]
    lines += [LedgerLine(Entry.OPENED, number, area) for number, area in enumerate(opened)]
    lines += [LedgerLine(Entry.CHANGED, key, change) for key, change in changed.items()]
    rest = sum(line.twice_mm2 for line in lines)
    return (*lines, LedgerLine(Entry.ROUNDING, None, -rest))
