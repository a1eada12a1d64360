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


def former_adjustments(parcels: Sequence[UUID], *, since: date) -> dict[UUID, Moved]:
    """What each parcel gained and lost by adjustments valid from ``since`` on; those not moved are absent.

    Left out are adjustments within one owner's land, and all up to the last that an inscription carries: by
    title the ground is where it is.
    """
    lines = AreaLedgerLine.objects.filter(
        kind=AreaLedgerLine.Kind.CHANGED,
        operation__verb=_VERB,
        operation__valid_from__gte=since,
    )
    concerned = lines.filter(parcel__in=parcels).values("operation")
    acts = {
        act.pk: act for act in Operation.objects.filter(pk__in=concerned).order_by("recorded_at")
    }
    titled = set(
        OperationSource.objects.filter(
            operation__in=acts, source__kind=AdministrativeSource.Kind.INSCRIPTION
        ).values_list("operation_id", flat=True)
    )
    by_act: dict[UUID, dict[UUID, Decimal]] = defaultdict(dict)
    for line in lines.filter(operation__in=acts).order_by("pk"):
        if line.parcel_id is not None and abs(line.area_m2) > _LEAST_M2:
            by_act[line.operation_id][line.parcel_id] = line.area_m2
    found: dict[UUID, Moved] = {}
    for act, operation in acts.items():
        changes = by_act[act]
        if act not in titled and (not changes or _of_one_owner(changes, on=operation.valid_from)):
            continue
        for parcel in set(parcels) & set(changes):
            if act in titled:
                found.pop(parcel, None)
            else:
                found[parcel] = found.get(parcel, Moved()).and_then(changes[parcel])
    return found


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
