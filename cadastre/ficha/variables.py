"""The variables of the ficha predial, one file a section in ``variables/``: what may be asked of which predio.

A variable is of type code, codes (several), number, text, boolean, date, or rows of columns that are
themselves variables. ``subject`` says what it describes: the predio, a building, a work or its households.
``measured`` marks what was measured, counted or pictured on exactly one ground: no other ground inherits it.
"""

import tomllib
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from cadastre.ficha.code_lists import CodeList, MalformedFicha, code_lists
from gis_project.core.law import VerificationStatus

FOLDER = Path(__file__).parent / "variables"


class PredioKind(StrEnum):
    """Of which predios a variable is asked."""

    URBAN = "urban"
    RURAL = "rural"
    CONDOMINIUM = "condominium"


class Subject(StrEnum):
    """What a section describes."""

    PREDIO = "predio"
    BUILDING = "building"
    WORK = "work"
    HOUSEHOLD = "household"


class VariableType(StrEnum):
    """The form of an answer."""

    CODE = "code"
    CODES = "codes"
    NUMBER = "number"
    TEXT = "text"
    BOOLEAN = "boolean"
    DATE = "date"
    ROWS = "rows"


@dataclass(frozen=True, slots=True, kw_only=True)
class Variable:
    """One variable: bounds are inclusive, in ``unit``; ``decimals`` is how many it may have.

    ``is_measured``: true of this ground only, so that neither a part of it nor what it is united into takes it over.
    """

    code: str
    label: str
    type: VariableType
    applies: frozenset[PredioKind]
    is_required: bool
    is_measured: bool = False
    codes: CodeList | None = None
    unit: str = ""
    minimum: Decimal = Decimal(0)
    maximum: Decimal = Decimal(0)
    decimals: int = 0
    max_length: int = 0
    columns: tuple["Variable", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """One section of the ficha."""

    stem: str
    order: int
    title: str
    subject: Subject
    origin: str
    verification_status: VerificationStatus
    variables: tuple[Variable, ...]


@cache
def sections() -> tuple[Section, ...]:
    """All sections in their order."""
    found = (_section(path) for path in FOLDER.glob("*.toml"))
    return tuple(sorted(found, key=lambda section: section.order))


@cache
def variables_of(subject: Subject) -> MappingProxyType[str, Variable]:
    """The variables of a subject by code, in the order of the ficha; no code stands twice."""
    found: dict[str, Variable] = {}
    for section in sections():
        if section.subject is not subject:
            continue
        for variable in section.variables:
            if variable.code in found:
                raise MalformedFicha(f"La variable «{variable.code}» de la ficha está dos veces.")
            found[variable.code] = variable
    return MappingProxyType(found)


def _section(path: Path) -> Section:
    told = tomllib.loads(path.read_text(encoding="utf-8"))
    try:
        applies = frozenset(PredioKind(kind) for kind in told["applies"])
        return Section(
            stem=path.stem,
            order=int(told["order"]),
            title=told["title"],
            subject=Subject(told.get("subject", Subject.PREDIO)),
            origin=told["origin"],
            verification_status=VerificationStatus(told["verification_status"]),
            variables=tuple(_variable(row, applies) for row in told["variable"]),
        )
    except (KeyError, TypeError, ValueError, ArithmeticError) as error:
        raise MalformedFicha(
            f"La sección «{path.stem}» de la ficha está mal escrita: {error!r}."
        ) from error


def _variable(told: dict[str, Any], inherited: frozenset[PredioKind]) -> Variable:
    applies = frozenset(PredioKind(kind) for kind in told.get("applies", ())) or inherited
    kind = VariableType(told["type"])
    common: dict[str, Any] = {
        "code": str(told["code"]),
        "label": str(told["label"]),
        "type": kind,
        "applies": applies,
        "is_required": bool(told.get("required", False)),
        "is_measured": bool(told.get("measured", False)),
    }
    return Variable(**common, **_of_type(kind, told, applies))


def _of_type(
    kind: VariableType, told: dict[str, Any], applies: frozenset[PredioKind]
) -> dict[str, Any]:
    """What only this type says; a member that is missing raises KeyError, one too many TypeError."""
    own = {key: told[key] for key in told if key not in _COMMON}
    found: dict[str, Any] = {}
    match kind:
        case VariableType.CODE | VariableType.CODES:
            found = {"codes": code_lists()[own.pop("list")]}
        case VariableType.NUMBER:
            found = {
                "unit": own.pop("unit"),
                "minimum": Decimal(own.pop("min")),
                "maximum": Decimal(own.pop("max")),
                "decimals": int(own.pop("decimals")),
            }
        case VariableType.TEXT:
            found = {"max_length": int(own.pop("max_length"))}
        case VariableType.ROWS:
            found = {"columns": tuple(_variable(row, applies) for row in own.pop("columns"))}
    if own:
        raise TypeError(f"{told['code']}: {', '.join(own)}")
    return found


_COMMON = ("code", "label", "type", "applies", "required", "measured")
