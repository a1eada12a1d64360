"""The parcels of a lineage: key, exact area, when they were in force, and whether they are."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from cadastre.geometry.exact_area import area_m2
from cadastre.models import ParcelVersion, PropertyUnit
from cadastre.models.geometry_edge import to_shapely
from cadastre.queries.lineage_acts import keys_of_parcels
from gis_project.territory.models import Municipality


@dataclass(frozen=True, slots=True)
class LineageNode:
    """A parcel in a lineage, on its day. `area_m2` is exact on the grid; of its last day for one that ended.

    `generation` counts from the parcel asked for: -1 a parent, 2 a part of a part. `valid_to` is the day from which it
    is no more. `goes_on` tells that it has further relatives on its side which the bounds left out.
    """

    parcel_id: UUID
    unit_id: UUID | None
    key: str | None
    keys: tuple[str, ...]
    area_m2: Decimal | None
    valid_from: date | None
    valid_to: date | None
    state: str
    ended_by: UUID | None
    generation: int
    goes_on: bool


def lineage_nodes(
    generations: Mapping[UUID, int],
    *,
    municipality: Municipality,
    on: date,
    known: datetime | None,
    closings: Mapping[UUID, UUID],
    goes_on: Collection[UUID],
) -> tuple[LineageNode, ...]:
    """A node for each parcel, the oldest generation first, each by its key.

    `closings`: the act whose ledger closed a parcel's ground; one without map ends by the act that wrote its end.
    """
    parcels = list(generations)
    units = dict(
        PropertyUnit.objects.filter(
            municipality=municipality, parcel__in=parcels, kind=PropertyUnit.Kind.WHOLE
        )
        .order_by("-created_at", "pk")
        .values_list("parcel_id", "pk")
    )
    keys = keys_of_parcels(parcels, known=known, until=on)
    lives = _lives(parcels, municipality, known)
    shown = {parcel: life.shown(on) for parcel, life in lives.items()}
    areas = _areas(shown.values())
    nodes = []
    for parcel, generation in generations.items():
        life, version = lives.get(parcel), shown.get(parcel)
        ended = life.ended(on) if life else None
        nodes.append(
            LineageNode(
                parcel_id=parcel,
                unit_id=units.get(parcel),
                key=keys[parcel][-1] if keys.get(parcel) else None,
                keys=keys.get(parcel, ()),
                area_m2=areas.get(version.pk) if version else None,
                valid_from=life.rows[0].valid.lower if life else None,
                valid_to=ended,
                state=_state(version, ended),
                ended_by=closings.get(parcel) or (_ender(life) if life and ended else None),
                generation=generation,
                goes_on=parcel in goes_on,
            )
        )
    return tuple(sorted(nodes, key=lambda n: (n.generation, n.key or "", str(n.parcel_id))))


@dataclass(frozen=True, slots=True)
class _Life:
    """The versions of a parcel in the order of their days; `never_in_force`: it ended on the day it began."""

    rows: tuple[ParcelVersion, ...]
    never_in_force: bool

    def shown(self, on: date) -> ParcelVersion:
        """The version of that day, or the last before it."""
        begun = [row for row in self.rows if row.valid.lower is None or row.valid.lower <= on]
        return begun[-1] if begun else self.rows[0]

    def ended(self, on: date) -> date | None:
        """The day from which it is no more, if that has come."""
        valid = self.rows[-1].valid
        end: date | None = valid.lower if self.never_in_force else valid.upper
        return end if end is not None and end <= on else None


def _lives(
    parcels: Sequence[UUID], municipality: Municipality, known: datetime | None
) -> dict[UUID, _Life]:
    held: defaultdict[UUID, list[ParcelVersion]] = defaultdict(list)
    dropped: dict[UUID, _Life] = {}
    versions = ParcelVersion.objects.filter(municipality=municipality, parcel__in=parcels)
    columns = ("parcel_id", "valid", "recorded", "is_observed", "opened_by_id", "closed_by_id")
    for row in versions.only(*columns).order_by("pk"):
        span = row.recorded
        if known is not None and span.lower > known:
            continue
        if span.upper is None if known is None else known in span:
            held[row.parcel_id].append(row)
        else:
            dropped[row.parcel_id] = _Life((row,), never_in_force=True)
    for rows in held.values():
        rows.sort(key=lambda row: row.valid.lower or date.min)
    return dropped | {
        parcel: _Life(tuple(rows), never_in_force=False) for parcel, rows in held.items()
    }


def _ender(life: _Life) -> UUID | None:
    last = life.rows[-1]
    found: UUID | None = last.closed_by_id if life.never_in_force else last.opened_by_id
    return found


def _state(version: ParcelVersion | None, ended: date | None) -> str:
    if ended is not None:
        return PropertyUnit.State.RETIRED
    if version is None or version.is_observed:
        return PropertyUnit.State.OBSERVED
    return PropertyUnit.State.ACTIVE


def _areas(versions: Collection[ParcelVersion]) -> dict[int, Decimal]:
    with_shape = ParcelVersion.objects.filter(
        pk__in=[version.pk for version in versions], geom__isnull=False
    )
    return {
        row.pk: area_m2(to_shapely(row.geom))  # type: ignore[arg-type]  # stored polygons
        for row in with_shape.only("geom")
    }
