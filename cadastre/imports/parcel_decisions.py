"""What to do with each judged record, given what the register holds already.

Identity is, in this order: the cadastral key; the origin's identifier; the fingerprint of the
geometry. The last one serves records that have neither of the others, and records whose predio has
so far only a provisional key. Records of equal fingerprints meet their predios in order.
"""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from cadastre.imports.parcel_records import ParcelRecord, Reason


class Status(StrEnum):
    """How a record stands to the register."""

    NEW = "NEW"
    NEW_MAP = "NEW_MAP"  # the unit came with import_register and now gets its ground
    CONDOMINIUM = "CONDOMINIUM"  # a unit on the ground of its matrix
    UNCHANGED = "UNCHANGED"
    CHANGED_ATTRIBUTES = "CHANGED_ATTRIBUTES"
    CHANGED_GEOMETRY = "CHANGED_GEOMETRY"
    REJECTED = "REJECTED"


NO_ALIQUOT = Reason("no_aliquot", "La unidad de propiedad horizontal no trae alícuota: complétela.")
WITHOUT_MATRIX = Reason(
    "without_map", "La matriz de la propiedad horizontal no está: cargue o dibuje su predio."
)
# Among a decision's changes: from which day on its predio is in force.
BEGINNING = "valid_from"
CHANGED = (Status.CHANGED_ATTRIBUTES, Status.CHANGED_GEOMETRY)


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownParcel:
    """A unit of the register with the current version of its ground (``None``s when it has none)."""

    unit_id: UUID
    parcel_id: UUID | None
    version_id: int | None
    external_id: str
    number: str | None
    is_observed: bool
    geom_hash: str
    attributes: dict[str, Any]
    told: dict[str, Any]
    valid_from: date | None
    keys: frozenset[str]
    principal_key: str
    has_provisional_key: bool
    is_retired: bool = False
    has_map: bool = True
    aliquot: Decimal | None = None  # only units of condominiums have one


@dataclass(frozen=True, slots=True)
class Decision:
    """A record, what it is to the register, the unit that it met, and what the file changes of it."""

    record: ParcelRecord
    status: Status
    known: KnownParcel | None = None
    changes: tuple[str, ...] = ()

    @property
    def is_observed(self) -> bool:
        """Whether the record itself has something to observe (overlaps are found later)."""
        return bool(self.record.observations)

    @property
    def needs_version(self) -> bool:
        """Whether carrying it out opens a version of the ground."""
        if self.status in CHANGED:
            return bool(set(self.changes) - _BESIDE_THE_VERSION)
        return self.status in (Status.NEW, Status.NEW_MAP)


# What these say stands with the unit, the parcel or the key, not in the version of the ground.
_BESIDE_THE_VERSION = {"key", "external_id", "number"}


class Register:
    """The units that an import may meet, by key, origin's identifier and fingerprint."""

    def __init__(self, known: Sequence[KnownParcel]) -> None:
        self.all = list(known)
        self.by_key = {key: unit for unit in known for key in unit.keys}
        self.by_id = {unit.external_id: unit for unit in known if unit.external_id}
        self.numbers = {unit.number: unit.unit_id for unit in known if unit.number}
        self.by_hash: dict[str, list[KnownParcel]] = defaultdict(list)
        for unit in known:
            if unit.geom_hash and not unit.is_retired:
                self.by_hash[unit.geom_hash].append(unit)


def decided(
    records: Sequence[ParcelRecord], register: Register, *, with_id_field: bool
) -> list[Decision]:
    """One decision per record, in their order; no unit of the register is met twice."""
    # Units that some record names come first, so that a fingerprint cannot take them away.
    met: set[UUID] = set()
    named = {unit.unit_id for record in records if (unit := _named(record, register)) is not None}
    numbers: dict[str, int] = {}
    decisions = []
    matrices = _matrix_keys(records, register)
    for record in records:
        decision = _decide(record, register, met, named, matrices, with_id_field=with_id_field)
        decision = _with_lawful_number(decision, register, numbers)
        if decision.known is not None and decision.status is not Status.REJECTED:
            met.add(decision.known.unit_id)
        decisions.append(decision)
    return decisions


def begun_earlier(
    decisions: Sequence[Decision], since: date, with_past: Collection[UUID]
) -> list[Decision]:
    """``decisions`` of a correction: predios that began later than ``since`` are changed to begin then.

    ``with_past``: parcels of which an earlier state is known; the beginning of theirs stays.
    """
    return [
        replace(
            decision,
            status=Status.CHANGED_ATTRIBUTES
            if decision.status is Status.UNCHANGED
            else decision.status,
            changes=(*decision.changes, BEGINNING),
        )
        if _begins_after(decision, since, with_past)
        else decision
        for decision in decisions
    ]


def _begins_after(decision: Decision, since: date, with_past: Collection[UUID]) -> bool:
    known = decision.known
    return (
        decision.status in (Status.UNCHANGED, *CHANGED)
        and known is not None
        and known.version_id is not None
        and known.valid_from is not None
        and known.valid_from > since
        and known.parcel_id not in with_past
    )


def missing(decisions: Sequence[Decision], register: Register) -> list[KnownParcel]:
    """Units with ground that no record of the file met; they are listed, never touched."""
    met = {decision.known.unit_id for decision in decisions if decision.known is not None}
    return [
        unit
        for unit in register.all
        if unit.unit_id not in met and unit.version_id is not None and not unit.is_retired
    ]


def _named(record: ParcelRecord, register: Register) -> KnownParcel | None:
    """The unit that the record's key, or else its identifier, names."""
    if record.rejection is not None:
        return None
    by_key = register.by_key.get(record.key.normalised) if record.has_key else None
    return by_key or (register.by_id.get(record.external_id) if record.external_id else None)


def _decide(
    record: ParcelRecord,
    register: Register,
    met: set[UUID],
    named: set[UUID],
    matrices: set[str],
    *,
    with_id_field: bool,
) -> Decision:
    if record.rejection is not None:
        return Decision(record, Status.REJECTED)
    known = _named(record, register)
    by_id = register.by_id.get(record.external_id) if record.external_id else None
    if known is not None and by_id is not None and known.unit_id != by_id.unit_id:
        return _rejected(
            record,
            "key_of_another",
            "La clave es de un predio y el identificador de otro: decida cuál corresponde.",
        )
    if known is None:
        known = _by_fingerprint(record, register, met, named, with_id_field=with_id_field)
    if known is not None and known.unit_id in met:
        return _rejected(
            record,
            "repeated_key",
            "El predio ya lo trae otro registro del archivo: decida cuál vale.",
        )
    if known is not None and known.is_retired:
        return _rejected(record, "retired_key", "El predio está dado de baja: revise la clave.")
    if known is None:
        status = Status.CONDOMINIUM if record.needs_no_polygon else Status.NEW
        return Decision(_of_condominium(record, matrices), status)
    if known.version_id is None:
        if record.needs_no_polygon:
            return _again(_of_condominium(record, matrices), known, matrices)
        if known.aliquot is not None and known.parcel_id is not None:
            return _rejected(
                record,
                "unit_on_matrix",
                "La unidad está en el suelo de su matriz: déla sin polígono.",
            )
        return Decision(record, Status.NEW_MAP, known)
    if not known.has_map and not known.geom_hash and record.geom is not None:
        return Decision(record, Status.NEW_MAP, known)
    return _compared(record, known)


def _by_fingerprint(
    record: ParcelRecord,
    register: Register,
    met: set[UUID],
    named: set[UUID],
    *,
    with_id_field: bool,
) -> KnownParcel | None:
    identified = record.has_key or (with_id_field and record.external_id)
    for unit in register.by_hash.get(record.geom_hash, []):
        if unit.unit_id in met or unit.unit_id in named:
            continue
        if not identified:
            return unit
        if (unit.has_provisional_key or not record.has_key) and not (
            record.external_id and unit.external_id
        ):
            return unit
    return None


def _compared(record: ParcelRecord, known: KnownParcel) -> Decision:
    changes = [name for name, value in record.told.items() if _differs(name, value, known)]
    if record.has_key and record.key.normalised not in known.keys:
        changes.append("key")
    if record.external_id and record.external_id != known.external_id:
        changes.append("external_id")
    if record.attributes != known.attributes:
        changes.append("attributes")
    moved = record.geom_hash != known.geom_hash
    if not moved and not changes:
        return Decision(record, Status.UNCHANGED, known)
    if not moved:
        return Decision(record, Status.CHANGED_ATTRIBUTES, known, tuple(changes))
    return Decision(record, Status.CHANGED_GEOMETRY, known, ("geometry", *changes))


def _differs(name: str, value: Any, known: KnownParcel) -> bool:
    if name == "number":
        return bool(value) and value != known.number
    if name not in known.told:
        return False
    now = known.told[name]
    if isinstance(value, Decimal) and isinstance(now, Decimal):
        return value != now
    return (value or None) != (now or None)


def _with_lawful_number(
    decision: Decision, register: Register, numbers: dict[str, int]
) -> Decision:
    """A *número de predio* belongs to one unit: the second use is observed and not written."""
    record = decision.record
    number = record.told.get("number")
    if not number or decision.status is Status.REJECTED:
        return decision
    owner = register.numbers.get(number)
    own = decision.known.unit_id if decision.known else None
    first = numbers.setdefault(number, record.position)
    if first == record.position and (owner is None or owner == own):
        return decision
    reason = Reason(
        "repeated_number",
        f"El número de predio {number} ya es de otro predio: no se guardó; corríjalo.",
    )
    told = {**record.told, "number": ""}
    kept = replace(record, told=told, observations=(*record.observations, reason))
    changes = tuple(name for name in decision.changes if name != "number")
    status = decision.status
    if status is Status.CHANGED_ATTRIBUTES and not changes:
        status = Status.UNCHANGED
    return Decision(kept, status, decision.known, changes)


def _matrix_keys(records: Sequence[ParcelRecord], register: Register) -> set[str]:
    """Normal forms of the lots' keys that have ground, in the file or in the register."""
    there = {
        record.key.normalised
        for record in records
        if record.has_key and record.rejection is None and not record.needs_no_polygon
    }
    return there | {key for key, unit in register.by_key.items() if unit.version_id is not None}


def _again(record: ParcelRecord, known: KnownParcel, matrices: set[str]) -> Decision:
    """A unit that is there without ground: it gets its matrix's if all that takes is known now."""
    knows_aliquot = known.aliquot is not None or lawful_aliquot(record) is not None
    waits = known.parcel_id is None and knows_aliquot and _has_matrix(record, matrices)
    return Decision(record, Status.CONDOMINIUM if waits else Status.UNCHANGED, known)


def lawful_aliquot(record: ParcelRecord) -> Decimal | None:
    """The aliquot that the file tells, if it is one."""
    aliquot: Decimal | None = record.told.get("aliquot")
    return aliquot if aliquot is not None and 0 < aliquot <= 1 else None


def _has_matrix(record: ParcelRecord, matrices: set[str]) -> bool:
    national = record.key.national
    return national is not None and national.matrix.digits in matrices


def _of_condominium(record: ParcelRecord, matrices: set[str]) -> ParcelRecord:
    """A unit of a condominium needs no polygon, but its matrix and its aliquot."""
    if not record.needs_no_polygon:
        return record
    kept = [reason for reason in record.observations if reason.code != "no_geometry"]
    if not _has_matrix(record, matrices):
        kept.append(WITHOUT_MATRIX)
    if lawful_aliquot(record) is None:
        kept.append(NO_ALIQUOT)
    return replace(record, observations=tuple(kept))


def _rejected(record: ParcelRecord, code: str, message: str) -> Decision:
    reason = Reason(code, message)
    return Decision(replace(record, rejection=reason, observations=()), Status.REJECTED)
