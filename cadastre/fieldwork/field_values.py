"""One form for every value, whether it comes from the register, the package or its return, so that they compare.

Numbers are plain decimal text, dates ISO text, several codes a list in the order of the list; what is not
answered is None. A value of no such form stays as text: the rules of the ficha refuse it in words.
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from cadastre.ficha.variables import VariableType
from cadastre.fieldwork.field_layer import Column
from cadastre.imports.plain_values import plain_text

_TRUE, _FALSE = ("1", "true", "t"), ("0", "false", "f")


def canonical(column: Column, raw: Any) -> Any:
    """The value of the column in its one form: str, bool, list of str or None."""
    if raw is None or raw == "" or raw == []:
        return None
    match column.type:
        case VariableType.NUMBER:
            return _number(raw)
        case VariableType.BOOLEAN:
            return _boolean(raw)
        case VariableType.CODES:
            return _codes(raw, column.codes or {})
        case VariableType.DATE:
            return raw.isoformat() if isinstance(raw, date) else plain_text(str(raw))[:10]
    return plain_text(str(raw)) or None


def canonical_row(columns: Mapping[str, Column], row: Mapping[str, Any]) -> dict[str, Any]:
    """The answered columns of a row of rows."""
    told = {name: canonical(column, row.get(name)) for name, column in columns.items()}
    return {name: value for name, value in told.items() if value is not None}


def cell(column: Column, value: Any) -> Any:
    """What stands in the package for a canonical value."""
    if value is None:
        return None
    match column.type:
        case VariableType.NUMBER:
            return int(value) if column.decimals == 0 else float(value)
        case VariableType.CODES:
            return "{" + ",".join(value) + "}"
    return value


def _number(raw: Any) -> str:
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        return plain_text(str(raw))
    if not number.is_finite() or abs(number.adjusted()) > 30:
        return plain_text(str(raw))
    return format(number.normalize() + 0, "f")


def _boolean(raw: Any) -> bool | str:
    told = str(raw).strip().lower()
    if told in _TRUE:
        return True
    return False if told in _FALSE else plain_text(told)


def _codes(raw: Any, names: Mapping[str, str]) -> list[str] | None:
    """From a list, or the text ``{A,"B"}`` that the forms write."""
    if isinstance(raw, str):
        raw = raw.strip().removeprefix("{").removesuffix("}").split(",")
    told = dict.fromkeys(plain_text(str(part)).strip('"')[:100] for part in raw)
    found = [code for code in told if code]
    order = {code: place for place, code in enumerate(names)}
    return sorted(found, key=lambda code: (order.get(code, len(order)), code)) or None
