"""How much ground parcels gained and lost by earlier adjustments of their boundaries, without a title for it."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from cadastre.models import (
    AdministrativeSource,
    AreaLedgerLine,
    Lineage,
    Operation,
    OperationSource,
    Right,
)

_VERB = "adjust_boundary"
# A vertex inserted into a neighbour's edge moves less than that.
_LEAST_M2 = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Moved:
    """Grid m² in the storage CRS, both positive."""

    gained_m2: Decimal = Decimal(0)
    lost_m2: Decimal = Decimal(0)

    def and_then(self, change_m2: Decimal) -> "Moved":
        """With one change more."""
        if change_m2 >= 0:
            return Moved(self.gained_m2 + change_m2, self.lost_m2)
        return Moved(self.gained_m2, self.lost_m2 - change_m2)

    def and_part_of(self, other: "Moved", part: Decimal) -> "Moved":
        """With that part of what another parcel moved."""
        return Moved(self.gained_m2 + other.gained_m2 * part, self.lost_m2 + other.lost_m2 * part)


def former_adjustments(parcels: Sequence[UUID], *, since: date) -> dict[UUID, Moved]:
    """What each parcel gained and lost by adjustments recorded from ``since`` on; those not moved are absent.

    The day of recording counts, for the owners' act bears whatever date they gave it. A parcel goes on with what
    those it came out of moved: the whole of a merger's, of a division's its share by area. Left out are adjustments
    within one owner's land, and all up to the last that an inscription carries: by title the ground is where it is.
    """
    edges = _edges_up(parcels)
    family = {*parcels, *(edge.parent_id for child in edges.values() for edge in child)}
    own, titled = _own_moves(list(family), since=since)
    if not own:
        return {}
    parts = _parts(edge for child in edges.values() for edge in child)

    def whole(parcel: UUID) -> Moved:
        found = own.get(parcel, Moved())
        if parcel in titled:
            return found
        for edge in edges.get(parcel, ()):
            found = found.and_part_of(whole(edge.parent_id), parts[edge.pk])
        return found

    moves = {parcel: whole(parcel) for parcel in parcels}
    return {parcel: moved for parcel, moved in moves.items() if moved != Moved()}


def _own_moves(parcels: Sequence[UUID], *, since: date) -> tuple[dict[UUID, Moved], set[UUID]]:
    """What each moved since its last adjustment by title, and which had one."""
    lines = AreaLedgerLine.objects.filter(
        kind=AreaLedgerLine.Kind.CHANGED,
        operation__verb=_VERB,
        operation__recorded_at__date__gte=since,
    )
    concerned = lines.filter(parcel__in=parcels).values("operation")
    acts = {
        act.pk: act for act in Operation.objects.filter(pk__in=concerned).order_by("recorded_at")
    }
    inscribed = set(
        OperationSource.objects.filter(
            operation__in=acts, source__kind=AdministrativeSource.Kind.INSCRIPTION
        ).values_list("operation_id", flat=True)
    )
    by_act: dict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    for line in lines.filter(operation__in=acts).order_by("pk"):
        if line.parcel_id is not None and abs(line.area_m2) > _LEAST_M2:
            by_act[line.operation_id][line.parcel_id] = line.area_m2
    found: dict[UUID, Moved] = {}
    titled: set[UUID] = set()
    for act, operation in acts.items():
        changes = by_act[act]
        concerned_here = set(parcels) & set(changes)
        if act in inscribed:
            titled |= concerned_here
            for parcel in concerned_here:
                found.pop(parcel, None)
        elif changes and not _of_one_owner(changes, on=operation.valid_from):
            for parcel in concerned_here:
                found[parcel] = found.get(parcel, Moved()).and_then(changes[parcel])
    return found, titled


def _edges_up(parcels: Iterable[UUID]) -> dict[UUID, list[Lineage]]:
    """The edges to what each parcel came out of, and to what that came out of, by child."""
    found: dict[UUID, list[Lineage]] = {}
    newest = set(parcels)
    while newest:
        edges = list(Lineage.objects.filter(child__in=newest))
        for edge in edges:
            found.setdefault(edge.child_id, []).append(edge)
        newest = {edge.parent_id for edge in edges} - set(found)
    return found


def _parts(edges: Iterable[Lineage]) -> dict[int, Decimal]:
    """The part of its parent's ground that each edge's child took, by the areas that the operation opened."""
    asked = list(edges)
    siblings: dict[UUID, list[UUID]] = defaultdict(list)
    for edge in Lineage.objects.filter(parent__in={edge.parent_id for edge in asked}):
        siblings[edge.parent_id].append(edge.child_id)
    opened = dict(
        AreaLedgerLine.objects.filter(
            kind=AreaLedgerLine.Kind.OPENED,
            parcel__in={child for children in siblings.values() for child in children},
        ).values_list("parcel_id", "area_m2")
    )
    return {
        edge.pk: opened[edge.child_id]
        / sum((opened[child] for child in siblings[edge.parent_id]), Decimal(0))
        for edge in asked
    }


def _of_one_owner(parcels: Iterable[UUID], *, on: date) -> bool:
    """Whether all had the same known holders on the day."""
    held = [
        Counter(
            Right.objects.known()
            .valid_on(on)
            .filter(unit__parcel=parcel)
            .values_list("kind", "party", "share_numerator", "share_denominator")
        )
        for parcel in parcels
    ]
    return bool(held[0]) and all(holdings == held[0] for holdings in held)
