"""The rows that an import of parcels writes: which identity, which version, which key, by COPY."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import shapely

from cadastre.imports.ground_facts import Place
from cadastre.imports.parcel_decisions import BEGINNING, CHANGED, Decision, Status, lawful_aliquot
from cadastre.imports.parcel_records import ParcelRecord, Reason
from cadastre.keys.any_key import KeyKind
from cadastre.keys.cadastral_key import CadastralKey
from cadastre.keys.normal_form import bare_form
from cadastre.keys.provisional_key import ProvisionalKey
from cadastre.operations.copy_rows import copy_rows
from cadastre.operations.import_act import ImportAct
from gis_project.core.crs import STORAGE_SRID

_SCHEMES = {KeyKind.NATIONAL: "NATIONAL", KeyKind.PROVISIONAL: "PROVISIONAL"}
_VERSION_COLUMNS = (
    "municipality_id, parcel_id, parish_id, kind, block_code, address, land_use, geom, geom_hash, "
    "source_srid, legal_area_m2, ellipsoidal_area_m2, titled_area_m2, attributes, is_observed, valid, "
    "recorded, opened_by_id"
)
_UNIT_COLUMNS = "id, municipality_id, parcel_id, kind, state, number, aliquot, is_taxable, opened_by_id, created_at"
_KEY_COLUMNS = "municipality_id, unit_id, text, normalised, scheme, is_principal, valid, recorded, opened_by_id"
_OBSERVATION_COLUMNS = (
    "municipality_id, parcel_id, unit_id, code, message, detail, operation_id, recorded_at"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A decision that is carried out: the identities it has or gets, its key, its place."""

    decision: Decision
    place: Place
    parcel_id: UUID | None
    unit_id: UUID
    key_text: str
    key_normalised: str
    key_scheme: str
    valid_from: date
    is_observed: bool
    brings_key: bool

    @property
    def record(self) -> ParcelRecord:
        """What the file says."""
        return self.decision.record

    @property
    def status(self) -> Status:
        """What it is to the register."""
        return self.decision.status


def to_write(
    decisions: Sequence[tuple[Decision, Place]],
    act: ImportAct,
    *,
    last_provisional: int,
    is_correction: bool,
) -> list[Written]:
    """The identities and keys of everything that this import writes, in the file's order."""
    given = [
        d.record.key.normalised for d, _ in decisions if d.record.key.kind is KeyKind.PROVISIONAL
    ]
    number = max([last_provisional, *(ProvisionalKey.parse(key).number for key in given)])
    written = []
    for decision, place in decisions:
        record, known = decision.record, decision.known
        if record.has_key:
            text, normalised = record.key_text, record.key.normalised
            scheme = _SCHEMES.get(record.key.kind, "LEGACY")
            brings_key = known is None or normalised not in known.keys
        else:
            brings_key = known is None
            number += brings_key
            text = str(ProvisionalKey(act.municipality.dpa_code, number)) if brings_key else ""
            normalised, scheme = bare_form(text), "PROVISIONAL"
        parcel_id = known.parcel_id if known else None
        if parcel_id is None and decision.status is not Status.CONDOMINIUM:
            parcel_id = uuid4()
        since = act.valid_from
        if decision.status in CHANGED and known and known.valid_from:
            if not is_correction:
                since = max(since, known.valid_from)
            elif BEGINNING not in decision.changes:
                since = known.valid_from
        elif decision.status is Status.NEW_MAP and known and known.valid_from:
            since = known.valid_from  # the ground was there; only its map was missing
        written.append(
            Written(
                decision=decision,
                place=place,
                parcel_id=parcel_id,
                unit_id=known.unit_id if known else uuid4(),
                key_text=text,
                key_normalised=normalised,
                key_scheme=scheme,
                valid_from=since,
                is_observed=bool(record.observations),
                brings_key=brings_key,
            )
        )
    return written


def on_matrices(rows: list[Written], grounds: Mapping[str, UUID]) -> list[Written]:
    """``rows`` with each unit of a condominium put on the ground of its matrix."""
    own = {row.key_normalised: row.parcel_id for row in rows if row.parcel_id is not None}
    placed = []
    for row in rows:
        national = row.record.key.national
        if row.status is Status.CONDOMINIUM and national is not None and _aliquot(row) is not None:
            matrix = national.matrix.digits
            row = replace(row, parcel_id=own.get(matrix) or grounds.get(matrix))
        placed.append(row)
    return placed


def write_identities(
    rows: Sequence[Written], act: ImportAct, key_since: Mapping[UUID, date]
) -> None:
    """New parcels, units and keys; ``key_since``: the first day of keys that replace others.

    Other changes of existing units are ``import_parcel_changes``'s.
    """
    new = [
        row
        for row in rows
        if row.status is Status.NEW
        or (
            row.status is Status.NEW_MAP and row.decision.known and not row.decision.known.parcel_id
        )
    ]
    copy_rows(
        "cadastre_parcel",
        "id, municipality_id, external_id",
        ((row.parcel_id, act.municipality.pk, row.record.external_id) for row in new),
    )
    copy_rows(
        "cadastre_propertyunit", _UNIT_COLUMNS, (_unit(row, act) for row in rows if _is_new(row))
    )
    copy_rows(
        "cadastre_keyalias",
        _KEY_COLUMNS,
        (_key(row, act, key_since) for row in rows if row.brings_key),
    )


def write_versions(
    rows: Sequence[Written], act: ImportAct, overlapping: set[UUID], parish_ids: Mapping[str, int]
) -> None:
    """One version of the ground per row that has one; ``overlapping`` parcels are marked observed."""
    grounded = [row for row in rows if row.decision.needs_version]
    geoms = [row.record.geom for row in grounded]
    shapes = shapely.to_wkb(
        shapely.set_srid(geoms, STORAGE_SRID), hex=True, include_srid=True, output_dimension=2
    )
    copy_rows(
        "cadastre_parcelversion",
        _VERSION_COLUMNS,
        (
            _version(row, act, shape, row.parcel_id in overlapping, parish_ids)
            for row, shape in zip(grounded, shapes, strict=True)
        ),
    )


def write_observations(
    observed: Iterable[tuple[UUID | None, UUID | None, Reason]], act: ImportAct
) -> None:
    """What is to be mended, each for a parcel, a unit or both."""
    copy_rows(
        "cadastre_observation",
        _OBSERVATION_COLUMNS,
        (
            (
                act.municipality.pk,
                parcel,
                unit,
                reason.code,
                reason.message[:500],
                _json(_place_of(reason) | reason.detail),
                act.operation.pk,
                act.recorded_at,
            )
            for parcel, unit, reason in observed
        ),
    )


def block_of(key: CadastralKey | None) -> str:
    """How the block of a national key is called within its municipality."""
    return f"{key.parish}-{key.zone}-{key.sector}-{key.block}" if key else ""


def _is_new(row: Written) -> bool:
    return row.decision.known is None and row.status in (Status.NEW, Status.CONDOMINIUM)


def _aliquot(row: Written) -> Decimal | None:
    known = row.decision.known
    return lawful_aliquot(row.record) if known is None or known.aliquot is None else known.aliquot


def _unit(row: Written, act: ImportAct) -> tuple[Any, ...]:
    is_condominium = row.status is Status.CONDOMINIUM and _aliquot(row) is not None
    return (
        row.unit_id,
        act.municipality.pk,
        row.parcel_id,
        "CONDOMINIUM" if is_condominium else "WHOLE",
        "OBSERVED" if row.is_observed else "ACTIVE",
        row.record.told.get("number") or None,
        _aliquot(row) if is_condominium else None,
        True,
        act.operation.pk,
        act.recorded_at,
    )


def _key(row: Written, act: ImportAct, key_since: Mapping[UUID, date]) -> tuple[Any, ...]:
    return (
        act.municipality.pk,
        row.unit_id,
        row.key_text,
        row.key_normalised,
        row.key_scheme,
        True,
        f"[{key_since.get(row.unit_id, act.valid_from)},)",
        act.recorded,
        act.operation.pk,
    )


def _version(
    row: Written, act: ImportAct, shape: str | None, overlaps: bool, parish_ids: Mapping[str, int]
) -> tuple[Any, ...]:
    record, known = row.record, row.decision.known
    before = known.told if known is not None else {}
    value = before | record.told
    parish = parish_ids.get(value.get("parish") or "")
    if parish is None and row.place.parish is not None:
        parish = row.place.parish.id
    return (
        act.municipality.pk,
        row.parcel_id,
        parish,
        value.get("kind") or row.place.kind,
        value.get("block") or block_of(record.key.national),
        value.get("address") or "",
        value.get("land_use") or "",
        shape,
        record.geom_hash,
        act.source_srid,
        record.legal_area_m2,
        record.ellipsoidal_area_m2,
        value.get("titled_area"),
        _json(record.attributes),
        row.is_observed or overlaps or shape is None,
        f"[{row.valid_from},)",
        act.recorded,
        act.operation.pk,
    )


def _place_of(reason: Reason) -> dict[str, Any]:
    return {} if reason.x is None else {"x": reason.x, "y": reason.y}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
