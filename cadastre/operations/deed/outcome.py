"""What an act did, or would do: the exact state of each predio before and after, and its area ledger."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from cadastre.queries.unit_states import UnitState

__all__ = ["Obstacle", "Outcome", "UnitState"]


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why the act could not take effect now; only a dry run returns such."""

    code: str
    message: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """Before and after are on the act's first day of validity; the ledger's lines sum to zero."""

    operation_id: UUID
    verb: str
    cause: str
    title: str
    valid_from: date
    before: tuple[UnitState, ...]
    after: tuple[UnitState, ...]
    ledger: tuple[tuple[UUID | None, str, Decimal], ...]
    obstacles: tuple[Obstacle, ...] = ()
    notes: tuple[str, ...] = ()
    facts: Mapping[str, Any] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """The outcome as JSON values: what a proposal keeps and the API sends."""
        return {
            "verb": self.verb,
            "cause": self.cause,
            "title": self.title,
            "valid_from": self.valid_from.isoformat(),
            "before": [state.plain() for state in self.before],
            "after": [state.plain() for state in self.after],
            "ledger": [
                {"parcel": str(parcel), "kind": kind, "area_m2": str(area)}
                for parcel, kind, area in self.ledger
            ],
            "obstacles": [{"code": o.code, "message": o.message} for o in self.obstacles],
            "notes": list(self.notes),
            "facts": dict(self.facts),
        }
