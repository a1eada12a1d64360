"""The accounts of the treasury's ledger, as `chart.toml` tells them."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from cadastre.taxation.debt_parts import DebtPart

_FILE = Path(__file__).parent / "chart.toml"


class Nature(StrEnum):
    """On which side the account grows."""

    DEBIT = "DEBIT"
    CREDIT = "CREDIT"


@dataclass(frozen=True, slots=True)
class Account:
    """``code`` is what the ledger stores; ``number`` and ``name`` are what Contabilidad reads."""

    code: str
    number: str
    name: str
    nature: Nature


@cache
def chart() -> dict[str, Account]:
    """Code → account, in the order of the file."""
    told = tomllib.loads(_FILE.read_text(encoding="utf-8"))["accounts"]
    return {
        code: Account(code, row["number"], row["name"], Nature(row["nature"]))
        for code, row in told.items()
    }


def receivable(part: DebtPart) -> str:
    """The account in which a part of a title is owed."""
    return f"RECEIVABLE_{part}"


def earned(part: DebtPart) -> str:
    """Against which account a part is charged; the fire brigade's levy is nobody's revenue here."""
    return "FIRE_UNCOLLECTED" if part is DebtPart.FIRE_LEVY else f"REVENUE_{part}"
