"""What to do with each predio of an old system's sheet, given what the register holds."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cadastre.imports.parcel_decisions import KnownParcel, Register
from cadastre.imports.parcel_records import Reason
from cadastre.imports.register_rows import UnitRecord

# What the ficha says stands in the version of the ground; its names there.
FICHA = ("kind", "address", "land_use", "titled_area")


@dataclass(frozen=True, slots=True)
class UnitDecision:
    """A predio of the sheet, the unit it met (``None``: a new one), and what its ficha adds or changes."""

    record: UnitRecord
    known: KnownParcel | None
    ficha: dict[str, Any] = field(default_factory=dict)
    ficha_changes: dict[str, Any] = field(default_factory=dict)
    writes_number: bool = False
    brings_key: bool = False


@dataclass(frozen=True, slots=True)
class RefusedUnit:
    """A predio of the sheet that cannot enter, and why."""

    record: UnitRecord
    reason: Reason


def decided_units(
    records: Sequence[UnitRecord], register: Register
) -> tuple[list[UnitDecision], list[RefusedUnit]]:
    """One decision or refusal per predio; the key decides, then the *número de predio*."""
    decisions: list[UnitDecision] = []
    refused: list[RefusedUnit] = []
    met: dict[Any, UnitRecord] = {}
    numbers: set[str] = set()
    for record in records:
        known = register.by_key.get(record.key.normalised) if record.key.normalised else None
        owner = register.numbers.get(record.number) if record.number else None
        if known is None and owner is not None:
            known = next(unit for unit in register.all if unit.unit_id == owner)
            if record.key.normalised and not known.has_provisional_key:
                known = None  # another key: another predio, whose number is then taken
        if known is not None and known.is_retired:
            message = "El predio está dado de baja: revise la clave."
            refused.append(RefusedUnit(record, Reason("retired_key", message)))
            continue
        if known is not None and known.unit_id in met:
            first = met[known.unit_id].positions[0]
            message = f"Es el mismo predio que el de la fila {first}: decida cuál vale."
            refused.append(RefusedUnit(record, Reason("repeated_key", message)))
            continue
        taken = bool(record.number) and (
            record.number in numbers
            or (owner is not None and (not known or owner != known.unit_id))
        )
        if taken:
            message = f"El número de predio {record.number} ya es de otro predio: no se guardó."
            reasons = (*record.observations, Reason("repeated_number", message))
            record = replace(record, number="", observations=reasons)
        numbers.add(record.number)
        decision = _decision(record, known)
        decisions.append(decision)
        if known is not None:
            met[known.unit_id] = record
    return decisions, refused


def _decision(record: UnitRecord, known: KnownParcel | None) -> UnitDecision:
    if known is None:
        return UnitDecision(record, None, writes_number=bool(record.number), brings_key=True)
    added: dict[str, Any] = {}
    changed: dict[str, Any] = {}
    if known.version_id is not None:
        for name in FICHA:
            value, now = record.ficha.get(name), known.told.get(name)
            if value in (None, "") or value == now:
                continue
            (changed if now not in (None, "") else added)[name] = value
    return UnitDecision(
        record,
        known,
        ficha=added,
        ficha_changes=changed,
        writes_number=bool(record.number) and not known.number,
        brings_key=bool(record.key.normalised) and record.key.normalised not in known.keys,
    )
