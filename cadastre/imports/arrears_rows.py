"""Rows of a former system's debts as titles with their concepts; a row that cannot be read keeps its reason.

Rows of one title (year and number) belong together: if one cannot be read, none of that title enters, because its
balance would be another. Nothing is rounded or made up.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from cadastre.imports.arrears_map import ArrearsMap
from cadastre.imports.ground_facts import kind_of_word
from cadastre.imports.parcel_map import InvalidMap
from cadastre.imports.parcel_records import Reason
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer, RawRecord
from cadastre.imports.register_map import found_columns
from cadastre.imports.register_rows import RejectedRow
from cadastre.keys.any_key import classify
from cadastre.keys.normal_form import bare_form
from cadastre.keys.plain_text import plain
from gis_project.core.money import ZERO, InvalidAmount, parse_decimal, to_cents

_LOCAL_DATE = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})")
_NEEDED = ("number", "year", "concept", "issued", "state")
_LARGEST = Decimal(10) ** 12


@dataclass(frozen=True, slots=True)
class ArrearsConcept:
    """One concept of a title: as told, which part of a debt it is, issued and paid in USD."""

    concept: str
    part: str
    issued: Decimal
    paid: Decimal

    @property
    def balance(self) -> Decimal:
        return self.issued - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsRecord:
    """One title of the former system; ``key`` is the normal form of ``key_text``."""

    position: int
    number: str
    year: int
    kind: str
    state: str
    key_text: str
    key: str
    property_number: str
    debtor_document: str
    debtor_name: str
    issued_on: date | None
    notified_on: date | None
    worked_through: date | None
    concepts: tuple[ArrearsConcept, ...]

    @property
    def balance(self) -> Decimal:
        return sum((one.balance for one in self.concepts), ZERO)


class _Unreadable(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.reason = Reason(code, message)


def read_arrears(
    layer: RawLayer, told: ArrearsMap
) -> tuple[list[ArrearsRecord], list[RejectedRow]]:
    """The titles of the sheet, and the rows that do not enter. Raises InvalidMap without a needed column."""
    columns = found_columns(told.columns, layer.fields)
    missing = [name for name in _NEEDED if name not in columns]
    if missing:
        raise InvalidMap(
            f"El mapeo no encuentra las columnas de: {', '.join(missing)}. "
            f"Columnas del archivo: {', '.join(layer.fields)}."
        )
    by_title: dict[tuple[str, str], list[RawRecord]] = {}
    for raw in layer.records:
        cell = _cells(raw, columns)
        by_title.setdefault((cell("year"), cell("number")), []).append(raw)
    records, rejected = [], []
    for rows in by_title.values():
        try:
            records.append(_title(rows, columns, told))
        except _Unreadable as bad:
            rejected += [RejectedRow(raw.position, bad.reason, raw.attributes) for raw in rows]
    return records, rejected


def _cells(raw: RawRecord, columns: dict[str, str]) -> Callable[[str], str]:
    def cell(meaning: str) -> str:
        value: Any = raw.attributes.get(columns[meaning]) if meaning in columns else None
        return " ".join(as_text(value).split())

    return cell


def _title(rows: list[RawRecord], columns: dict[str, str], told: ArrearsMap) -> ArrearsRecord:
    cells = [_cells(raw, columns) for raw in rows]
    first = cells[0]
    year = first("year").removesuffix(".0")
    if not first("number"):
        raise _Unreadable("no_number", "La fila no dice el número del título.")
    if not re.fullmatch(r"(19|20)\d\d", year):
        raise _Unreadable("bad_year", "El año no se entiende: escriba cuatro cifras.")
    concepts = tuple(_concept(cell, told) for cell in cells)
    if len({plain(one.concept) for one in concepts}) < len(concepts):
        raise _Unreadable("repeated_concept", "El título repite un rubro: sume sus filas.")
    record = ArrearsRecord(
        position=rows[0].position,
        number=first("number")[:40],
        year=int(year),
        kind=_kind(first("kind"), concepts, told),
        state=_word(first("state"), told.state_words, "state", "estado"),
        key_text=first("key")[:60],
        key=classify(first("key")).normalised,
        property_number=bare_form(first("property_number"))[:30],
        debtor_document=bare_form(first("document"))[:20],
        debtor_name=first("name")[:300],
        issued_on=_day(first("issued_on")),
        notified_on=_day(first("notified_on")),
        worked_through=_day(first("worked_through")),
        concepts=concepts,
    )
    _check_state(record)
    return record


def _concept(cell: Callable[[str], str], told: ArrearsMap) -> ArrearsConcept:
    concept = cell("concept")[:60]
    part = _word(concept, told.concept_words, "concept", "rubro")
    issued = _amount(cell("issued"), told)
    paid = _amount(cell("paid"), told) if cell("paid") else ZERO
    if paid > issued:
        raise _Unreadable("paid_more", "Lo pagado es más que lo emitido: corrija la fila.")
    return ArrearsConcept(concept, part, issued, paid)


def _kind(text: str, concepts: tuple[ArrearsConcept, ...], told: ArrearsMap) -> str:
    """As the column says; without one as the concepts' words do, or the map for the whole file."""
    words = [text] if text else [word for one in concepts for word in one.concept.split()]
    found = {kind for word in words if (kind := kind_of_word(word)) is not None}
    if not found and not text and told.kind:
        return told.kind
    if len(found) != 1:
        raise _Unreadable(
            "bad_kind",
            "No se sabe si es urbano o rural: complete la columna, o diga kind en el mapeo.",
        )
    return found.pop()


def _check_state(record: ArrearsRecord) -> None:
    if record.state == "PAID" and record.balance:
        raise _Unreadable("paid_with_balance", "Dice pagado y tiene saldo: corrija uno de los dos.")
    has_interest = any(one.part == "INTEREST" and one.balance for one in record.concepts)
    if has_interest and record.worked_through is None:
        raise _Unreadable(
            "interest_without_day",
            "Trae interés y no dice hasta qué día está calculado: complete esa columna.",
        )


def _word(text: str, words: dict[str, str], code: str, name: str) -> str:
    found = words.get(plain(text))
    if found is None:
        raise _Unreadable(
            f"unknown_{code}", f"El {name} «{text}» no está en el mapeo: agréguelo y repita."
        )
    return found


def _amount(text: str, told: ArrearsMap) -> Decimal:
    try:
        amount = parse_decimal(text, decimal_sign=told.decimal_sign)
    except InvalidAmount:
        try:
            amount = parse_decimal(text)  # a number that a sheet held as a number
        except InvalidAmount:
            raise _Unreadable("bad_amount", f"«{text}» no es un monto.") from None
    if not 0 <= amount < _LARGEST or amount != to_cents(amount):
        raise _Unreadable(
            "bad_amount", f"El monto {text} es negativo o tiene más de dos decimales."
        )
    return to_cents(amount)


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        if found := _LOCAL_DATE.fullmatch(text):
            return date(int(found[3]), int(found[2]), int(found[1]))
        return date.fromisoformat(text[:10])
    except ValueError:
        raise _Unreadable("bad_date", f"La fecha «{text}» no se entiende: día/mes/año.") from None
