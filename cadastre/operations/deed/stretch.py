"""For how long the register said the same: what a correction of what was never so must write anew."""

from collections.abc import Callable
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
