"""Cells of a declared sheet, each read as what its column holds; a row that does not fit is told, not mended."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from gis_project.core.errors import InvalidInput

_NUMBER = re.compile(r"-?\d{1,12}(?:\.\d{1,12})?")
_YES, _NO = {"sí", "si", "true", "verdadero", "1"}, {"no", "false", "falso", "0"}


class CellKind(StrEnum):
    """What a cell holds."""

    TEXT = "TEXT"
    NUMBER = "NUMBER"
    WHOLE = "WHOLE"
    FLAG = "FLAG"
    LIST = "LIST"
    DAY = "DAY"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """A column: its heading, the member it stands for, what it holds."""

    heading: str
    member: str
    kind: CellKind = CellKind.TEXT
    is_needed: bool = False


class CellUnfit(InvalidInput):
    """A cell of a sheet holds something else than its column: correct the cell that is named."""

    code = "cell_unfit"


def read_cells(columns: tuple[SheetColumn, ...], cells: Mapping[str, Any]) -> dict[str, Any]:
    """The row's members by name; empty cells are left out. CellUnfit."""
    headings = {column.heading for column in columns}
    unknown = [name for name, told in cells.items() if name not in headings and not _is_empty(told)]
    if unknown:
        raise CellUnfit(
            f"no se conoce la columna «{unknown[0]}»: van {', '.join(sorted(headings))}."
        )
    found: dict[str, Any] = {}
    for column in columns:
        told = cells.get(column.heading)
        if _is_empty(told):
            if column.is_needed:
                raise CellUnfit(f"falta «{column.heading}».")
            continue
        found[column.member] = typed(told, column.kind, heading=column.heading)
    return found


def cell_text(value: Any) -> str:
    """A member as the text of its cell."""
    if isinstance(value, bool):
        return "sí" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(str(part) for part in value)
    return str(value)


def typed(told: Any, kind: CellKind, *, heading: str) -> Any:
    """The cell as its kind; numbers stay texts, exactly as written. CellUnfit."""
    text = _plain(told)
    if kind is CellKind.TEXT:
        return text
    if kind is CellKind.LIST:
        return [part.strip() for part in text.split(",") if part.strip()]
    if kind is CellKind.FLAG:
        if text.lower() not in _YES | _NO:
            raise CellUnfit(f"«{heading}» es sí o no, y dice «{text}».")
        return text.lower() in _YES
    if kind is CellKind.DAY:
        try:
            return date.fromisoformat(text[:10])
        except ValueError as error:
            raise CellUnfit(f"«{heading}» va como AAAA-MM-DD, y dice «{text}».") from error
    number = text.replace(",", ".") if text.count(",") == 1 and "." not in text else text
    if not _NUMBER.fullmatch(number):
        raise CellUnfit(f"«{heading}» es un número sin miles, y dice «{text}».")
    if kind is CellKind.NUMBER:
        return number
    if Decimal(number) != int(Decimal(number)):
        raise CellUnfit(f"«{heading}» es un número entero, y dice «{text}».")
    return int(Decimal(number))


def _is_empty(told: Any) -> bool:
    return told is None or (isinstance(told, str) and not told.strip())


def _plain(told: Any) -> str:
    """A spreadsheet keeps 5 as 5.0: what it shows is meant."""
    if isinstance(told, bool):
        return "sí" if told else "no"
    if isinstance(told, float):
        found = format(Decimal(repr(told)), "f")
        return found.rstrip("0").rstrip(".") if "." in found else found
    return str(told).strip()
