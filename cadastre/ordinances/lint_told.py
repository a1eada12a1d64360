"""Tables read as they are stored: rows that overlap, leave gaps or fall, even where the reader refuses them.

The reader stops at the first defect; the valuer wants all of them at once. Rows that are no numbers are
left to the reader, whose refusal says what is wrong with them.
"""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import Any, NamedTuple

from cadastre.ordinances.finding import Finding
from cadastre.ordinances.words import RATES_ES, plain
from cadastre.valuation import told_parameters as told
from cadastre.valuation.told_parameters import InvalidOrdinance, citation

Row = tuple[Decimal, Decimal]


class _Table(NamedTuple):
    """Rows (start, value) of one table; ``what`` names its start, ``falls`` the rule that a fall breaks."""

    where: str
    what: str
    rows: Sequence[Row]
    article: str
    starts_at_zero: bool
    falls: str = ""


def lint_told(parameters: Mapping[str, Any], number: str) -> list[Finding]:
    """The defects of order in every table of ``parameters`` (shape: ``cadastre/valuation/ordinance.py``)."""
    return [finding for table in _tables(parameters, number) for finding in _order(table)]


def _order(table: _Table) -> Iterator[Finding]:
    first = table.rows[0][0]
    if table.starts_at_zero and all(start > 0 for start, _ in table.rows):
        yield Finding(
            "TABLE_START",
            f"{table.where}, fila 1",
            f"La tabla empieza en {plain(first)}: agregue la fila desde 0 {table.what}.",
            table.article,
        )
    for place, ((start, value), (later, next_value)) in enumerate(pairwise(table.rows), start=2):
        where = f"{table.where}, fila {place}"
        if later == start:
            yield Finding(
                "RANGE_OVERLAP",
                where,
                f"Hay dos filas desde {plain(start)} {table.what} ({plain(value)} y "
                f"{plain(next_value)}): deje una sola.",
                table.article,
            )
        elif later < start:
            yield Finding(
                "RANGE_OVERLAP",
                where,
                f"La fila desde {plain(later)} {table.what} va después de la de {plain(start)} y se "
                "traslapa con ella: ordénelas de menor a mayor.",
                table.article,
            )
        elif table.falls and next_value < value:
            yield Finding(
                table.falls,
                where,
                f"Desde {plain(later)} {table.what} baja de {plain(value)} a {plain(next_value)}: "
                "corrija la fila o la anterior.",
                table.article,
            )


def _tables(parameters: Mapping[str, Any], number: str) -> Iterator[_Table]:
    for member, name in RATES_ES.items():
        rates = _member(parameters, member)
        rows = _rows(rates.get("bands"), ("from", "rate_per_mille"))
        if rows:
            article = citation(number, rates.get("article"))
            yield _Table(name, "dólares", rows, article, True, "RATE_FALLS")
    methods = _member(parameters, "valuation")
    for member, name in _FACTORED.items():
        for factor in _member(methods, member).get("factors", ()):
            yield from _factor_table(factor, name, number)
    buildings = _member(methods, "buildings")
    if buildings.get("depreciation") == "TABLE":
        article = citation(number, buildings.get("article"))
        for state, states in _member(buildings, "states").items():
            rows = _rows(states, (0, 1))
            if rows:
                where = f"Depreciación, estado «{state}»"
                yield _Table(where, "años", rows, article, True, "DEPRECIATION_FALLS")


_FACTORED = {
    "urban_land": "Suelo urbano",
    "rural_land": "Suelo rural",
    "buildings": "Edificaciones",
}


def _factor_table(factor: object, name: str, number: str) -> Iterator[_Table]:
    if not isinstance(factor, Mapping) or factor.get("kind") not in ("RANGE", "POINTS"):
        return
    rows = _rows(factor.get("rows"), (0, 1))
    if rows:
        label = factor.get("label") or factor.get("code")
        article = citation(number, factor.get("article"))
        yield _Table(f"{name}, factor «{label}»", "", rows, article, False)


def _member(holder: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = holder.get(name, {})
    return found if isinstance(found, Mapping) else {}


def _rows(rows: object, names: tuple[Any, Any]) -> list[Row]:
    """The rows as numbers; none at all if any of them is not readable."""
    if not isinstance(rows, Sequence) or isinstance(rows, str):
        return []
    try:
        return [(told.number(row[names[0]]), told.number(row[names[1]])) for row in rows]
    except (InvalidOrdinance, KeyError, IndexError, TypeError):
        return []
