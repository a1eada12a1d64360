"""An ordinance of area tolerances (COOTAD 481.1) as its TOML file tells it, checked member by member.

``fixtures/ordinances/area_tolerance.toml`` explains every member; whether the ranges join without gap or
overlap is judged by ``cadastre.acts.area_tolerance``.
"""

import tomllib
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from cadastre.imports.ordinance_file import InvalidOrdinanceFile
from cadastre.imports.toml_members import Path, TomlMembers, lines_of_members, place_of

SUBJECT = "AREA_TOLERANCE"
_TOP = ("subject", "number", "title", "gazette", "valid_from", "valid_until", "article")
_KINDS = ("urban", "rural")
_ROW = ("from_m2", "to_m2", "tolerance_pct", "tolerance_m2")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToleranceFile:
    """What the file says; ``parameters`` in the shape that ``cadastre.acts.area_tolerance`` reads."""

    name: str
    number: str
    title: str
    gazette: str
    valid_from: date
    ends_before: date | None
    parameters: dict[str, Any]
    lines: dict[Path, int]

    def place_of(self, *path: str | int) -> str:
        """File, line and member, to begin a refusal with."""
        return place_of(path, name=self.name, lines=self.lines)


def is_tolerance_file(text: str) -> bool:
    """Whether the text is TOML that says so by its ``subject``; what is no TOML is left to its reader."""
    try:
        return tomllib.loads(text).get("subject") == SUBJECT
    except tomllib.TOMLDecodeError:
        return False


def tolerance_file(text: str, *, name: str) -> ToleranceFile:
    """The ordinance in ``text``; InvalidOrdinanceFile names file, line and member."""
    told = tomllib.loads(text, parse_float=Decimal)
    reader = TomlMembers(name, told, lines_of_members(text), InvalidOrdinanceFile)
    reader.only((), (*_TOP, *_KINDS))
    starts, last = reader.day("valid_from"), reader.day("valid_until", is_needed=False)
    if starts is None:
        raise reader.refusal(("valid_from",), "falta.")
    if last is not None and last < starts:
        raise reader.refusal(("valid_until",), "es anterior a valid_from.")
    return ToleranceFile(
        name=name,
        number=reader.text("number", most=60),
        title=reader.text("title", most=300),
        gazette=reader.text("gazette", most=200, is_needed=False),
        valid_from=starts,
        ends_before=last + timedelta(days=1) if last is not None else None,
        parameters={"article": reader.text("article", most=30)}
        | {kind: _ranges(reader, kind) for kind in _KINDS},
        lines=reader.lines,
    )


def _ranges(reader: TomlMembers, kind: str) -> list[dict[str, str]]:
    rows = []
    for row in range(reader.rows(kind)):
        reader.only((kind, row), _ROW)
        told = {name: reader.number(kind, row, name, is_needed=name == "from_m2") for name in _ROW}
        rows.append({name: number for name, number in told.items() if number})
    return rows
