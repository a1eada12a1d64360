"""Sales read from the rows of any sheet: which column is what is said, and a row that cannot be read is told."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from cadastre.imports.plain_values import as_text
from cadastre.ratio_studies.sale import Exclusion, Sale
from gis_project.core.errors import InvalidInput
from gis_project.core.money import InvalidAmount, parse_decimal

_LOCAL_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")


class ColumnMissing(InvalidInput):
    """The sheet has no column of that name: name one that it has."""

    code = "sales_column_missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class SalesColumns:
    """Names of columns; empty for what the sheet does not say. ``excluded`` holds a reason's code or words."""

    price: str
    value: str = ""
    sold_on: str = ""
    stratum: str = ""
    name: str = ""
    excluded: str = ""


@dataclass(frozen=True, slots=True)
class RejectedSale:
    """A row that could not be read, with the Spanish reason; ``position`` counts from 1 below the heading."""

    position: int
    reason: str


def check_columns(columns: SalesColumns, header: Iterable[str]) -> None:
    """Raise ``ColumnMissing`` naming the columns that there are."""
    there = list(header)
    asked = (columns.price, columns.value, columns.sold_on, columns.stratum, columns.name)
    missing = [name for name in (*asked, columns.excluded) if name and name not in there]
    if missing:
        raise ColumnMissing(
            f"La hoja no tiene la columna «{missing[0]}». Tiene: {', '.join(there)}."
        )


def read_sales(
    rows: Iterable[Mapping[str, Any]],
    columns: SalesColumns,
    *,
    decimal_sign: Literal[",", "."] = ".",
) -> tuple[list[Sale], list[RejectedSale]]:
    """All rows, as sales or rejected. Where no column names sales, each goes by its position."""
    sales, rejected = [], []
    for position, row in enumerate(rows, start=1):
        try:
            sales.append(_sale(position, row, columns, decimal_sign))
        except _Unreadable as bad:
            rejected.append(RejectedSale(position, bad.reason))
    return sales, rejected


class _Unreadable(Exception):
    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def _sale(
    position: int, row: Mapping[str, Any], columns: SalesColumns, sign: Literal[",", "."]
) -> Sale:
    def told(column: str) -> str:
        return " ".join(as_text(row.get(column)).split()) if column else ""

    return Sale(
        name=told(columns.name) if columns.name else str(position),
        price=_amount(row.get(columns.price), "precio", sign),
        value=_amount(row.get(columns.value), "avalúo", sign) if columns.value else None,
        sold_on=_day(told(columns.sold_on)),
        stratum=told(columns.stratum),
        told=_exclusion(told(columns.excluded)),
    )


def _amount(value: Any, what: str, sign: Literal[",", "."]) -> Decimal | None:
    text = as_text(value).strip()
    if not text:
        return None
    if isinstance(value, int | float):
        return Decimal(text)
    try:
        return parse_decimal(text, decimal_sign=sign)
    except InvalidAmount as error:
        raise _Unreadable(f"El {what} «{text}» no es un número.") from error


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        if found := _LOCAL_DATE.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Unreadable(f"La fecha «{text}» no se entiende: escriba día/mes/año.") from None


def _exclusion(text: str) -> Exclusion | None:
    """A reason by its code or its Spanish words; other words are no market sale, said in other words."""
    if not text:
        return None
    for reason in Exclusion:
        if text.upper() == reason or text.casefold() == reason.label_es.casefold():
            return reason
    return Exclusion.NOT_MARKET
