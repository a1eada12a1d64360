"""The members of a TOML file, read one by one; a refusal names the file, the line and the member."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from gis_project.core.errors import InvalidInput

Path = tuple[str | int, ...]

_NUMBER = re.compile(r"\d{1,8}(?:\.\d{1,4})?")
_ARRAY_HEADER = re.compile(r"\s*\[\[\s*(?P<name>[\w.\-]+)\s*\]\]")
_HEADER = re.compile(r"\s*\[\s*(?P<name>[\w.\-]+)\s*\]\s*(?:#.*)?$")
_KEY = re.compile(r"\s*(?P<name>[\w.\-]+)\s*=")


def lines_of_members(text: str) -> dict[Path, int]:
    """The line (from 1) of every table and key at a line's start; rows count from 0 in the path."""
    found: dict[Path, int] = {}
    rows: dict[str, int] = {}
    table: Path = ()
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _ARRAY_HEADER.match(line):
            row = rows[header["name"]] = rows.get(header["name"], -1) + 1
            table = (*header["name"].split("."), row)
            found.setdefault(table, number)
        elif header := _HEADER.match(line):
            table = tuple(header["name"].split("."))
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault((*table, *key["name"].split(".")), number)
    return found


def place_of(path: Path, *, name: str, lines: dict[Path, int]) -> str:
    """``ordenanza.toml, línea 41, building_cost, fila 2, structure``, to begin a message with.

    A member without a line of its own gets that of the innermost table around it.
    """
    line = next((lines[path[:n]] for n in range(len(path), 0, -1) if path[:n] in lines), None)
    parts = [f"fila {part + 1}" if isinstance(part, int) else part for part in path]
    return ", ".join([name, *([f"línea {line}"] if line else []), *parts])


@dataclass(frozen=True, slots=True)
class TomlMembers:
    """The parsed file, the line of each member, and which refusal to raise about one."""

    name: str
    told: dict[str, Any]
    lines: dict[Path, int]
    refused_as: type[InvalidInput] = InvalidInput

    def refusal(self, path: Path, message: str) -> InvalidInput:
        """The refusal of the member, to be raised."""
        return self.refused_as(f"{place_of(path, name=self.name, lines=self.lines)}: {message}")

    def value(self, *path: str | int, is_needed: bool = True) -> Any:
        """Whatever stands there; None where it may be missing."""
        found: Any = self.told
        for part in path:
            if isinstance(part, str) and part not in found:
                if is_needed:
                    raise self.refusal(path, "falta; la plantilla explica qué va aquí.")
                return None
            found = found[part]
        return found

    def only(self, path: Path, known: tuple[str, ...]) -> None:
        """Refuse a member that nobody reads: a typing error would otherwise go unnoticed."""
        found = self.value(*path)
        if not isinstance(found, dict):
            raise self.refusal(path, "debe ser una tabla con sus miembros; vea la plantilla.")
        for name in found:
            if name not in known:
                raise self.refusal(
                    (*path, name), f"no es un miembro conocido. Aquí van: {', '.join(known)}."
                )

    def rows(self, *path: str | int, is_needed: bool = True) -> int:
        """How many rows the list has."""
        found = self.value(*path, is_needed=is_needed)
        if found is None:
            return 0
        if not isinstance(found, list) or not found:
            raise self.refusal(path, "debe ser una lista con al menos una fila.")
        return len(found)

    def text(self, *path: str | int, most: int, is_needed: bool = True) -> str:
        """A text, trimmed."""
        found = self.value(*path, is_needed=is_needed)
        if found is None:
            return ""
        if not isinstance(found, str) or "\x00" in found:
            raise self.refusal(path, "va entre comillas, como texto.")
        found = found.strip()
        if is_needed and not found:
            raise self.refusal(path, "está vacío.")
        if len(found) > most:
            raise self.refusal(path, f"tiene más de {most} signos.")
        return found

    def word(self, *path: str | int, words: tuple[str, ...]) -> str:
        """One of the words."""
        found = self.value(*path)
        if found not in words:
            raise self.refusal(path, f"debe ser una de estas palabras: {', '.join(words)}.")
        return str(found)

    def flag(self, *path: str | int) -> bool:
        """true or false."""
        found = self.value(*path)
        if not isinstance(found, bool):
            raise self.refusal(path, "debe ser true o false, sin comillas.")
        return found

    def number(self, *path: str | int, decimals: int = 4, is_needed: bool = True) -> str:
        """A number that is written as text, exactly as written; empty where it may be missing."""
        found = self.value(*path, is_needed=is_needed)
        if found is None:
            return ""
        if isinstance(found, int | Decimal) and not isinstance(found, bool):
            raise self.refusal(path, f'escriba el número entre comillas: "{found}".')
        if not isinstance(found, str) or not _NUMBER.fullmatch(found):
            raise self.refusal(
                path, f"{found!r} no es un número: use punto decimal y sin miles, como «1.25»."
            )
        if len(found.partition(".")[2]) > decimals:
            raise self.refusal(path, f"admite hasta {decimals} decimales.")
        return found

    def day(self, *path: str | int, is_needed: bool = True) -> date | None:
        """A date."""
        found = self.value(*path, is_needed=is_needed)
        if found is None:
            return None
        if not isinstance(found, date) or isinstance(found, datetime):
            raise self.refusal(path, "va como AAAA-MM-DD, sin comillas: 2026-01-01.")
        return found
