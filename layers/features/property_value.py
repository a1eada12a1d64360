"""A value for a filter such as ``kind=URBAN``, read as the type of its field."""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

from gis_project.core.errors import BadRequest
from layers.catalogue import Field

_INTEGER = re.compile(r"-?\d{1,18}", re.ASCII)
_NUMBER = re.compile(r"-?\d{1,18}(\.\d{1,18})?", re.ASCII)
_LONGEST = 300

Value = str | int | Decimal | date | datetime


class BadPropertyValue(BadRequest):
    """The value cannot be one of this field: see the field's type in ``/queryables``."""

    code = "bad_property_value"


def parse_value(field: Field, text: str) -> Value:
    """``text`` as the field's type; BadPropertyValue when it is none."""
    try:
        value = _READERS[field.type](text) if len(text) <= _LONGEST else None
    except ValueError:
        value = None
    if value is None:
        raise BadPropertyValue(f"«{text[:60]}» no es un valor de {field.name} ({field.type}).")
    return value


def _integer(text: str) -> int | None:
    return int(text) if _INTEGER.fullmatch(text) else None


def _number(text: str) -> Decimal | None:
    return Decimal(text) if _NUMBER.fullmatch(text) else None


def _instant(text: str) -> datetime | None:
    instant = datetime.fromisoformat(text)
    return instant if instant.utcoffset() is not None else None


_READERS: dict[str, Callable[[str], Value | None]] = {
    "string": str,
    "integer": _integer,
    "number": _number,
    "date": date.fromisoformat,
    "date-time": _instant,
}
