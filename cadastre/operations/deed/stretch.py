"""For how long the register said the same: what a correction of what was never so must write anew."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, TypeVar

from cadastre.models.versioned import Versioned

Row = TypeVar("Row", bound=Versioned)


def stretch(current: Row, history: Any, says_the_same: Callable[[Any], bool]) -> list[Row]:
    """The rows of ``history`` that follow each other without gap up to the current one and say the same; it first."""
    found = [current]
    begins: date | None = current.valid.lower
    for row in history.exclude(pk=current.pk).order_by("-valid"):
        if row.valid.upper != begins or not says_the_same(row):
            break
        found.append(row)
        begins = row.valid.lower
    return found


def rewritten_since(rows: Sequence[Versioned]) -> str:
    """The note that tells who approves from which day on the past is written anew."""
    first: date = min(row.valid.lower for row in rows)
    return f"El catastro dirá que fue así desde el {first:%d/%m/%Y}; los títulos ya emitidos no cambian con este acto."
