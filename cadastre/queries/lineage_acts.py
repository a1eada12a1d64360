"""The acts of a lineage: what the law calls them, on which documents they rest, and their area ledger."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from cadastre.models import AreaLedgerLine, KeyAlias, Operation, OperationSource, PropertyUnit
from cadastre.queries.act_titles import act_title


@dataclass(frozen=True, slots=True)
class ActDocument:
    """A document as anyone may know it: neither who granted it nor what it says."""

    kind: str
    label: str
    number: str
    issued_on: date | None


@dataclass(frozen=True, slots=True)
class ActLedgerLine:
    """What an act did to the area of one parcel; `key` is the one the parcel bore, None for the balancing line."""

    parcel_id: UUID | None
    key: str | None
    kind: str
    label: str
    area_m2: Decimal


@dataclass(frozen=True, slots=True)
class LineageAct:
    """One act; `title` as the law calls it. `ledger` is exact m² of EPSG:32717 and sums to zero."""

    operation_id: UUID
    verb: str
    cause: str
    title: str
    valid_from: date
    recorded_at: datetime
    documents: tuple[ActDocument, ...]
    ledger: tuple[ActLedgerLine, ...]

    @property
    def ledger_sum(self) -> Decimal:
        """Zero, or the audit finds it."""
        return sum((line.area_m2 for line in self.ledger), Decimal(0))


def closings_of(parcels: Collection[UUID], *, on: date, known: datetime | None) -> dict[UUID, UUID]:
    """Parcel → the act that took its ground out of force by that day, as known then."""
    lines = AreaLedgerLine.objects.filter(
        parcel__in=parcels, kind=AreaLedgerLine.Kind.CLOSED, operation__valid_from__lte=on
    )
    if known is not None:
        lines = lines.filter(operation__recorded_at__lte=known)
    return dict(lines.order_by("operation__recorded_at").values_list("parcel_id", "operation_id"))


def lineage_acts(operations: Collection[UUID], *, known: datetime | None) -> tuple[LineageAct, ...]:
    """The acts in their order: by the day from which they are valid, then as they were recorded."""
    found = list(
        Operation.objects.filter(pk__in=operations).order_by("valid_from", "recorded_at", "pk")
    )
    documents = _documents(operations)
    ledgers = _ledgers(operations, known)
    return tuple(
        LineageAct(
            operation_id=act.pk,
            verb=act.verb,
            cause=act.cause,
            title=act_title(act.verb, cause=act.cause, on=act.recorded_at.date()),
            valid_from=act.valid_from,
            recorded_at=act.recorded_at,
            documents=documents[act.pk],
            ledger=ledgers[act.pk],
        )
        for act in found
    )


def _documents(operations: Collection[UUID]) -> defaultdict[UUID, tuple[ActDocument, ...]]:
    told: defaultdict[UUID, tuple[ActDocument, ...]] = defaultdict(tuple)
    rows = OperationSource.objects.filter(operation__in=operations).select_related("source")
    for row in rows.order_by("pk"):
        source = row.source
        told[row.operation_id] += (
            ActDocument(source.kind, source.get_kind_display(), source.number, source.issued_on),
        )
    return told


def _ledgers(
    operations: Collection[UUID], known: datetime | None
) -> defaultdict[UUID, tuple[ActLedgerLine, ...]]:
    lines = list(AreaLedgerLine.objects.filter(operation__in=operations))
    keys = keys_of_parcels({line.parcel_id for line in lines if line.parcel_id}, known=known)
    order = list(AreaLedgerLine.Kind.values)

    def place(line: AreaLedgerLine) -> tuple[int, str, str]:
        borne = keys.get(line.parcel_id, ()) if line.parcel_id else ()
        return order.index(line.kind), borne[-1] if borne else "", str(line.parcel_id or "")

    told: defaultdict[UUID, tuple[ActLedgerLine, ...]] = defaultdict(tuple)
    for line in sorted(lines, key=place):
        borne = keys.get(line.parcel_id, ()) if line.parcel_id else ()
        told[line.operation_id] += (
            ActLedgerLine(
                line.parcel_id,
                borne[-1] if borne else None,
                line.kind,
                line.get_kind_display(),
                line.area_m2,
            ),
        )
    return told


def keys_of_parcels(
    parcels: Collection[UUID], *, known: datetime | None, until: date | None = None
) -> dict[UUID, tuple[str, ...]]:
    """The principal keys that the predio of each parcel bore, the last one last; only those begun by `until`.

    A predio that began and ended on one day was never in force with its key: then the key it was given.
    """
    recorded = KeyAlias.objects.filter(
        unit__parcel__in=parcels, unit__kind=PropertyUnit.Kind.WHOLE, is_principal=True
    ).order_by("valid", "pk")
    told: dict[UUID, tuple[str, ...]] = {}
    given: dict[UUID, tuple[str, ...]] = {}
    for alias in recorded.select_related("unit"):
        span, parcel = alias.recorded, alias.unit.parcel_id
        if known is not None and span.lower > known:
            continue
        if until is not None and alias.valid.lower is not None and alias.valid.lower > until:
            continue
        is_known = span.upper is None if known is None else known in span
        heap = told if is_known else given
        heap[parcel] = (*(k for k in heap.get(parcel, ()) if k != alias.text), alias.text)
    return given | told
