"""The writing order of an import of parcels: what replaces, what is checked against what, what follows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction

from cadastre.imports.parcel_decisions import BEGINNING, CHANGED, Status, lawful_aliquot
from cadastre.imports.parcel_records import Reason
from cadastre.models import Observation
from cadastre.operations.import_act import ImportAct, run_sql
from cadastre.operations.import_condominiums import attach_to_matrices, untax_matrices
from cadastre.operations.import_old_keys import replace_principal_keys
from cadastre.operations.import_parcel_rows import (
    Written,
    write_identities,
    write_observations,
    write_versions,
)
from gis_project.core.units import format_m, format_m2

# Observations that judging a file makes; a new judgement of the same predio replaces them.
JUDGED_CODES = [
    "no_key",
    "damaged_key",
    "no_geometry",
    "curved",
    "unreadable_geometry",
    "not_a_polygon",
    "open_line",
    "too_few_vertices",
    "too_many_vertices",
    "not_finite",
    "invalid_geometry",
    "invalid_on_grid",
    "out_of_bounds",
    "too_small",
    "repeated_number",
    "without_map",
]


@dataclass(frozen=True, slots=True)
class OverlapPair:
    """Two parcels whose overlap was admitted as tolerated, its size, and its shape (WKB) if drawn."""

    low: UUID
    high: UUID
    area_m2: Decimal
    width_m: Decimal
    shape: bytes | None = None


@dataclass(slots=True)
class Carried:
    """What the writing found out: the pairs, and every parcel whose standing may have changed."""

    pairs: list[OverlapPair] = field(default_factory=list)
    affected: set[UUID] = field(default_factory=set)


def carry_out(rows: Sequence[Written], act: ImportAct, parish_ids: Mapping[str, int]) -> Carried:
    """Write everything; afterwards all laws of the database have been checked."""
    carried = Carried(affected={row.parcel_id for row in rows if row.parcel_id})
    changed = [row for row in rows if row.status in CHANGED or row.status is Status.NEW_MAP]
    key_since: Mapping[UUID, date] = {}
    if changed:
        _resolve(rows, act, carried)
        key_since = _change_units(rows, act)
        rows = _still_observed(rows)
    run_sql(
        "import_begin_keys_earlier",
        **_of_act(act),
        units=[
            row.unit_id
            for row in changed
            if BEGINNING in row.decision.changes and not row.brings_key
        ],
        since=act.valid_from,
    )
    write_identities(rows, act, key_since)
    write_observations(
        (
            (row.parcel_id, row.unit_id, reason)
            for row in rows
            for reason in row.record.observations
        ),
        act,
    )
    carried.pairs = _write_ground(rows, changed, act, parish_ids)
    for pair in carried.pairs:
        carried.affected |= {pair.low, pair.high}
    past = [row for row in changed if _leaves_a_past(row)]
    run_sql("import_keep_past", **_of_act(act), versions=_versions(past), until=act.valid_from)
    aliquots = {row.unit_id: lawful_aliquot(row.record) for row in rows}
    _follow_up(act, carried, {unit: aliquot for unit, aliquot in aliquots.items() if aliquot})
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return carried


def drawn(pairs: Sequence[OverlapPair]) -> list[OverlapPair]:
    """The pairs with the shape of their common ground."""
    found = run_sql(
        "import_overlap_shapes",
        low=[pair.low for pair in pairs],
        high=[pair.high for pair in pairs],
    )
    shapes = {(low, high): bytes(shape) for low, high, shape in found if shape is not None}
    return [
        OverlapPair(p.low, p.high, p.area_m2, p.width_m, shapes.get((p.low, p.high))) for p in pairs
    ]


def _resolve(rows: Sequence[Written], act: ImportAct, carried: Carried) -> None:
    judged = [row.parcel_id for row in rows if _stands_alone(row)]
    moved = [row.parcel_id for row in rows if row.status is Status.CHANGED_GEOMETRY]
    for low, high in run_sql("import_resolve_overlaps", operation=act.operation.pk, parcels=moved):
        carried.affected |= {low, high}
    resolved = run_sql(
        "import_resolve_observations",
        operation=act.operation.pk,
        judged=judged,
        codes=JUDGED_CODES,
        moved=moved,
        moved_text=[str(parcel) for parcel in moved],
        units=[row.unit_id for row in rows if row.status is Status.NEW_MAP],
        placed=[row.unit_id for row in rows if row.decision.known and row.decision.needs_version],
    )
    carried.affected |= {parcel for (parcel,) in resolved if parcel is not None}


def _still_observed(rows: Sequence[Written]) -> list[Written]:
    """``rows`` with those marked whose ground has something unresolved that this import cannot judge."""
    left = set(
        Observation.objects.filter(
            parcel_id__in=[row.parcel_id for row in rows if _stands_alone(row)],
            resolved_by__isnull=True,
        ).values_list("parcel_id", flat=True)
    )
    return [replace(row, is_observed=row.is_observed or row.parcel_id in left) for row in rows]


def _change_units(rows: Sequence[Written], act: ImportAct) -> dict[UUID, date]:
    """Returns from which day on each new principal key is in force."""
    there = [row for row in rows if _stands_alone(row)]
    key_since = replace_principal_keys([row.unit_id for row in there if row.brings_key], act)
    run_sql(
        "import_unit_changes",
        units=[row.unit_id for row in there],
        parcels=[row.parcel_id for row in there],
        numbers=[row.record.told.get("number") or "" for row in there],
    )
    run_sql(
        "import_external_ids",
        parcels=[row.parcel_id for row in there],
        external_ids=[row.record.external_id for row in there],
    )
    return key_since


def _write_ground(
    rows: Sequence[Written],
    changed: Sequence[Written],
    act: ImportAct,
    parish_ids: Mapping[str, int],
) -> list[OverlapPair]:
    """New versions in place of the old ones; returns the overlaps that came with them.

    Only the check tells which parcels overlap, and history rows carry their mark from the start: when
    some do, the versions are taken back and written once more with it.
    """
    run_sql("import_close_versions", **_of_act(act), versions=_versions(changed))
    mine = {row.parcel_id for row in rows if row.decision.needs_version and not row.is_observed}
    savepoint = transaction.savepoint()
    write_versions(rows, act, set(), parish_ids)
    pairs = _settled(act)
    overlapping = {parcel for pair in pairs for parcel in (pair.low, pair.high)}
    if overlapping & mine:
        transaction.savepoint_rollback(savepoint)
        write_versions(rows, act, overlapping, parish_ids)
        pairs = _settled(act)
    else:
        transaction.savepoint_commit(savepoint)
    return pairs


def _settled(act: ImportAct) -> list[OverlapPair]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT * FROM cadastre_settle_overlaps(%s) ORDER BY 1, 2", [act.operation.pk]
        )
        return [OverlapPair(*row) for row in cursor.fetchall()]


def _follow_up(act: ImportAct, carried: Carried, aliquots: Mapping[UUID, Decimal]) -> None:
    write_observations(
        (
            (own, None, _overlap(other, pair))
            for pair in carried.pairs
            for own, other in ((pair.low, pair.high), (pair.high, pair.low))
        ),
        act,
    )
    carried.affected |= attach_to_matrices(act, aliquots)
    parcels = list(carried.affected)
    marked = run_sql("import_mark_neighbours", **_of_act(act), parcels=parcels)
    run_sql("import_reopen_marked", **_of_act(act), versions=[version for (version,) in marked])
    run_sql("import_unit_states", parcels=parcels)
    untax_matrices(act)


def _overlap(other: UUID, pair: OverlapPair) -> Reason:
    return Reason(
        "overlap",
        f"Se traslapa con otro predio en {format_m2(pair.area_m2)} (ancho medio {format_m(pair.width_m)}): "
        "corrija el lindero común.",
        detail={
            "other": str(other),
            "area_m2": str(pair.area_m2),
            "width_m": str(pair.width_m),
        },
    )


def _stands_alone(row: Written) -> bool:
    """Whether it was there with ground of its own, or gets some: no unit on its matrix's."""
    return row.decision.known is not None and row.status is not Status.CONDOMINIUM


def _leaves_a_past(row: Written) -> bool:
    """Whether the replaced version was in force for a time before the new one begins."""
    known = row.decision.known
    return bool(known and known.valid_from and known.valid_from < row.valid_from)


def _versions(changed: Sequence[Written]) -> list[int]:
    known = (row.decision.known for row in changed if row.decision.needs_version)
    return [unit.version_id for unit in known if unit is not None and unit.version_id is not None]


def _of_act(act: ImportAct) -> dict[str, object]:
    return {"operation": act.operation.pk, "now": act.recorded_at}
