"""What every act is asked with, and what everything that it writes has in common."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange, DateTimeTZRange

from cadastre.acts.act_law import ActLaw
from cadastre.acts.documents import BroughtSource
from cadastre.models import AdministrativeSource, Operation, SpatialSource
from cadastre.operations.deed.outcome import Obstacle, Outcome
from gis_project.territory.models import Municipality, User
from gis_project.territory.policy import Actor


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Who asks for an act, why, and with which documents.

    ``revisions`` says upon which state of each predio the person worked (unit id → revision): an act on
    another one is refused. ``dry_run`` does everything, returns the same outcome, and leaves nothing.
    ``approved_by`` is the second person where the act asks for four eyes; whether he might was checked
    when he approved. ``inspect`` sees the outcome while its rows stand, also those of a dry run.
    """

    by: Actor
    reason: str
    sources: Sequence[AdministrativeSource] = ()
    spatial_sources: Sequence[SpatialSource] = ()
    revisions: Mapping[UUID, int] = field(default_factory=dict)
    dry_run: bool = False
    approved_by: User | None = None
    inspect: Callable[[Outcome], None] | None = None


@dataclass(frozen=True, slots=True)
class Evidence:
    """The documents of a filing that are believed, and their rows; ``obstacles`` tells what others lack."""

    brought: tuple[BroughtSource, ...] = ()
    sources: tuple[AdministrativeSource, ...] = ()
    obstacles: tuple[Obstacle, ...] = ()

    @property
    def kinds(self) -> frozenset[str]:
        """The kinds of the documents believed."""
        return frozenset(source.kind for source in self.brought)


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """One act that is being written: everything it opens is known from ``recorded_at`` on.

    ``evidence`` holds those of the filing's documents that the law believes, ``former`` the acts that rest on the
    same inscriptions; ``ledger`` what the act has written to the area ledger: (parcel, kind, exact m²); ``retired``
    the predios that are out of force once it ends.
    """

    municipality: Municipality
    operation: Operation
    law: ActLaw
    valid_from: date
    recorded_at: datetime
    today: date
    filing: Filing
    evidence: Evidence
    former: frozenset[UUID] = frozenset()
    ledger: list[tuple[UUID | None, str, Decimal]] = field(default_factory=list)
    retired: set[UUID] = field(default_factory=set)

    def opened(self, since: date | None = None, until: date | None = None) -> dict[str, Any]:
        """The columns of both time axes for a version in force from ``since`` (the act's own day)."""
        return {
            "municipality": self.municipality,
            "valid": DateRange(since or self.valid_from, until),
            "recorded": DateTimeTZRange(self.recorded_at, None),
            "opened_by": self.operation,
        }
