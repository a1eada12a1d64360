"""The versions of one parcel on both time axes: what was true on a day, and what we knew on a day."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

from cadastre.models import AreaLedgerLine, Operation, ParcelVersion, PropertyUnit, Right
from cadastre.queries.act_titles import act_title

# Acts that begin or end parcels: those that only touch one give it a vertex, and that is all they change in it.
_OF_OTHERS = frozenset(
    {"split_parcel", "merge_parcels", "register_parcel", "map_parcel", "retire_parcel"}
)


@dataclass(frozen=True, slots=True)
class Span:
    """What was true of the ground from a day to a day (`last_day` None: still), by the act that made it so."""

    since: date | None
    last_day: date | None
    legal_area_m2: Decimal | None
    is_observed: bool
    act: "KnownAct | None"


@dataclass(frozen=True, slots=True)
class KnownAct:
    """An act, when it took effect and when the register learnt of it; `is_of_neighbour`: it only moved vertices."""

    operation_id: UUID
    verb: str
    title: str
    valid_from: date
    recorded_at: datetime
    is_of_neighbour: bool

    @property
    def days_late(self) -> int:
        """Days between taking effect and being known; negative when it was known before."""
        return (self.recorded_at.date() - self.valid_from).days


@dataclass(frozen=True, slots=True)
class LifeOfGround:
    """`spans` in the order of the days, `learnt` in that in which the register came to know."""

    spans: tuple[Span, ...]
    learnt: tuple[KnownAct, ...]


def life_of_ground(unit: PropertyUnit, *, with_rights: bool = False) -> LifeOfGround:
    """The life of a predio's ground as the register knows it now; `with_rights` adds acts on its holders, unnamed."""
    rows = list(
        ParcelVersion.objects.filter(parcel=unit.parcel_id, municipality=unit.municipality_id)
        .only("valid", "recorded", "opened_by_id", "closed_by_id", "legal_area_m2", "is_observed")
        .order_by("pk")
        if unit.parcel_id is not None
        else []
    )
    operations = {row.opened_by_id for row in rows} | {
        row.closed_by_id for row in rows if row.closed_by_id
    }
    if with_rights:
        operations |= set(Right.objects.filter(unit=unit).values_list("opened_by_id", flat=True))
    acts = _acts(operations, unit.parcel_id, first=rows[0].opened_by_id if rows else None)
    made_by: dict[date | None, UUID] = {}
    for row in rows:
        made_by.setdefault(row.valid.lower, row.opened_by_id)
    current = sorted(
        (row for row in rows if row.recorded.upper is None),
        key=lambda row: row.valid.lower or date.min,
    )
    return LifeOfGround(
        spans=tuple(
            Span(
                since=row.valid.lower,
                last_day=row.valid.upper - timedelta(days=1) if row.valid.upper else None,
                legal_area_m2=row.legal_area_m2,
                is_observed=row.is_observed,
                act=acts.get(made_by[row.valid.lower]),
            )
            for row in current
        ),
        learnt=tuple(acts.values()),
    )


def _acts(
    operations: set[UUID], parcel: UUID | None, *, first: UUID | None
) -> dict[UUID, KnownAct]:
    own = set(
        AreaLedgerLine.objects.filter(
            parcel=parcel,
            operation__in=operations,
            kind__in=[AreaLedgerLine.Kind.CLOSED, AreaLedgerLine.Kind.OPENED],
        ).values_list("operation_id", flat=True)
        if parcel is not None
        else []
    )
    found = Operation.objects.filter(pk__in=operations).order_by("recorded_at", "pk")
    return {
        act.pk: KnownAct(
            operation_id=act.pk,
            verb=act.verb,
            title=act_title(act.verb, cause=act.cause, on=act.recorded_at.date()),
            valid_from=act.valid_from,
            recorded_at=act.recorded_at,
            is_of_neighbour=act.verb in _OF_OTHERS and act.pk not in own and act.pk != first,
        )
        for act in found
    }
