"""One table as RFC 4180: UTF-8, CRLF, a header; nothing between two commas is NULL, `""` is an empty text."""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

from gis_project.core.canonical import decimal_text


class CsvFile:
    """Written row by row; the same rows give the same bytes."""

    def __init__(self, path: Path, header: Iterable[str]) -> None:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8", newline="")
        self.write(header)

    def write(self, row: Iterable[Any]) -> None:
        self._file.write(",".join(_cell(value) for value in row) + "\r\n")

    def close(self) -> None:
        self._file.close()


def plain_text(value: Any) -> str:
    """A value of the database as text: decimals with their decimals, instants in UTC, geometry in hexadecimal."""
    match value:
        case bool():
            return "true" if value else "false"
        case Decimal():
            return decimal_text(value)
        case datetime():
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case bytes() | memoryview():
            return bytes(value).hex()
        case int() | str() | UUID():
            return str(value)
    raise TypeError(f"no text for {type(value).__name__}")


def _cell(value: Any) -> str:
    if value is None:
        return ""
    text = plain_text(value)
    if text == "" or any(mark in text for mark in ',"\r\n') or text != text.strip():
        return '"' + text.replace('"', '""') + '"'
    return text
