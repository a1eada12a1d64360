"""Attribute values of any file as what JSON and PostgreSQL hold: text, numbers, booleans, nothing."""

import math
from datetime import date, datetime
from typing import Any

import numpy as np

_MOST_TEXT = 4_000
_LARGEST_SAFE_INTEGER = 2**53


def plain_value(value: Any) -> str | int | float | bool | None:
    """``value`` as a JSON scalar; NUL signs and lone surrogates leave texts, bytes become hex."""
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, np.generic):
        if isinstance(value, np.datetime64):
            return None if np.isnat(value) else _moment(str(value))
        return plain_value(value.item())
    if isinstance(value, str):
        return plain_text(value)
    if isinstance(value, int):
        return value if abs(value) <= _LARGEST_SAFE_INTEGER else str(value)
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, datetime | date):
        return _moment(value.isoformat())
    if isinstance(value, bytes | bytearray | memoryview):
        return bytes(value)[: _MOST_TEXT // 2].hex()
    return plain_text(str(value))


def plain_text(text: str) -> str:
    """The text without NUL and without halves of characters, trimmed, at most 4,000 signs."""
    clean = text.replace("\x00", "").encode("utf-8", "replace").decode("utf-8")
    return clean.strip()[:_MOST_TEXT]


def as_text(value: Any) -> str:
    """A plain value as people would type it: ``12.0`` is ``12``, nothing is ``""``."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value).strip()


def _number(value: float) -> float | int | None:
    if not math.isfinite(value):
        return None
    return int(value) if value.is_integer() and abs(value) <= _LARGEST_SAFE_INTEGER else value


def _moment(text: str) -> str:
    return text.removesuffix("T00:00:00").removesuffix("T00:00:00.000")
