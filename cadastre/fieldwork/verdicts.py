"""What may be proposed of a change of data: column by column, against what the register says now.

taken     the register still says what the package held
known     the register says already what came back
conflict  the register says something else by now: a person decides
refused   the column is not changed in the field, or the value is none that it may have
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from cadastre.ficha.check import flaws
from cadastre.ficha.variables import PredioKind, Subject, variables_of
from cadastre.fieldwork.compare import Change
from cadastre.fieldwork.field_layer import FieldLayer
from cadastre.fieldwork.records import Record

# Of the land itself; the other columns of a predio are answers of its ficha.
LAND = ("kind", "address", "land_use")


class Verdict(StrEnum):
    TAKEN = "taken"
    KNOWN = "known"
    CONFLICT = "conflict"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class ColumnVerdict:
    """One column side by side: the package, the field, the register now."""

    name: str
    label: str
    held: Any
    brought: Any
    now: Any
    verdict: Verdict
    message: str = ""

    def plain(self) -> dict[str, Any]:
        return asdict(self) | {"verdict": self.verdict.value}


def verdicts(
    change: Change, *, now: Record, layer: FieldLayer, kind: PredioKind
) -> list[ColumnVerdict]:
    """The verdict on each changed column of a predio; ``kind`` decides which variables are asked of it."""
    labels = _labels(layer)
    found = []
    for name, (held, brought) in change.columns.items():
        says = now.values.get(name)
        verdict, message = _verdict(name, held, brought, says, layer, kind)
        found.append(
            ColumnVerdict(
                name=name,
                label=labels.get(name, name),
                held=held,
                brought=brought,
                now=says,
                verdict=verdict,
                message=message,
            )
        )
    return found


def told_inputs(columns: Mapping[str, Any]) -> dict[str, Any]:
    """The members of ``correct_attributes`` for these columns: the land's attributes, the ficha's answers."""
    land = {name: value or "" for name, value in columns.items() if name in LAND}
    answers = {name: value for name, value in columns.items() if name not in LAND}
    told: dict[str, Any] = {"was_always_so": False}
    if land:
        told["attributes"] = land
    if answers:
        told["answers"] = answers
    return told


def _verdict(
    name: str, held: Any, brought: Any, now: Any, layer: FieldLayer, kind: PredioKind
) -> tuple[Verdict, str]:
    if not _is_open(name, layer):
        return Verdict.REFUSED, "Este dato no se cambia en el campo."
    if brought == now:
        return Verdict.KNOWN, "El catastro ya lo dice así."
    message = _unfit(name, brought, layer, kind)
    if message:
        return Verdict.REFUSED, message
    if now != held:
        return Verdict.CONFLICT, "El catastro cambió este dato después de entregar el paquete."
    return Verdict.TAKEN, ""


def _is_open(name: str, layer: FieldLayer) -> bool:
    if name in layer.names:
        column = layer.column(name)
        return column.is_editable and not column.new_only
    return name in variables_of(Subject.PREDIO)


def _unfit(name: str, brought: Any, layer: FieldLayer, kind: PredioKind) -> str:
    if name not in LAND:
        return " ".join(flaw.message for flaw in flaws({name: brought}, kind=kind))
    column = layer.column(name)
    if column.codes is not None and brought not in column.codes:
        return f"Use uno de {', '.join(column.codes)}."
    if column.max_length and len(brought or "") > column.max_length:
        return f"Admite {column.max_length} letras."
    return ""


def _labels(layer: FieldLayer) -> dict[str, str]:
    variables = variables_of(Subject.PREDIO).values()
    return {v.code: v.label for v in variables} | {c.name: c.label for c in layer.columns}
