"""The shipped template as a town's own file: what every test of ordinances begins with."""

from pathlib import Path

import fixtures
from cadastre.imports.ordinance_file import OrdinanceFile, ordinance_file

TEMPLATE = Path(fixtures.__path__[0]) / "ordinances" / "template.toml"


def ordinance_text(*changes: tuple[str, str], number: str = "001-2025") -> str:
    """The template with its number and each (old, new) text replaced; the old must occur once."""
    text = TEMPLATE.read_text(encoding="utf-8")
    for old, new in (("PLANTILLA-000", number), *changes):
        assert text.count(old) == 1, f"{old!r} occurs {text.count(old)} times"
        text = text.replace(old, new)
    return text


def ordinance(*changes: tuple[str, str], number: str = "001-2025") -> OrdinanceFile:
    return ordinance_file(ordinance_text(*changes, number=number), name="ordenanza.toml")
