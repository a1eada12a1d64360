"""Reading the alphanumeric cadastre: rows of an old system into predios with holders and values.

An old system writes a predio once per owner. Its value counts once: the rows of a predio and year
must say the same, or those that differ are rejected.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeAlias

from cadastre.imports.ground_facts import kind_of_word
from cadastre.imports.holders import Holder, holder_of
from cadastre.imports.parcel_records import Reason
from cadastre.imports.plain_values import as_text
from cadastre.imports.raw_layer import RawLayer, RawRecord
from cadastre.imports.register_map import RegisterMap, found_columns
from cadastre.imports.shares import share_of, whole
from cadastre.keys.any_key import ClassifiedKey, KeyKind, classify
from cadastre.keys.normal_form import bare_form
from cadastre.keys.plain_text import plain
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO, InvalidAmount, format_usd, parse_decimal, to_cents
from gis_project.core.progress import UNSEEN, Progress, tracked
from gis_project.core.units import ha_to_m2

Cell: TypeAlias = Callable[[str], Any]

_LONGEST_KEY = 60
_LARGEST_AREA_M2 = 10**12
_VALUES = ("land_value", "building_value", "total_value")
_BEGINNINGS = {"URB": "URBAN", "RUR": "RURAL", "RUS": "RURAL"}
_FICHA = {"address": 300, "land_use": 60}


@dataclass(frozen=True, slots=True)
class Value:
    """What the old system says a predio is worth in a year, in dollars and cents."""

    land: Decimal
    building: Decimal
    total: Decimal


@dataclass(frozen=True, slots=True)
class Held:
    """A holder of a predio, as what, and which exact part (``None``: undetermined)."""

    holder: Holder
    kind: str
    share: Fraction | None


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitRecord:
    """A predio of the old system: all its rows together."""

    key: ClassifiedKey
    key_text: str
    number: str
    positions: tuple[int, ...]
    held: tuple[Held, ...]
    values: dict[int, Value]
    ficha: dict[str, Any]
    observations: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class RejectedRow:
    """A row that did not enter, why, and the value that it would have brought."""

    position: int
    reason: Reason
    attributes: dict[str, Any]


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """Predios and rejected rows; ``rows_read`` = rows of the predios + rejected."""

    units: list[UnitRecord]
    rejected: list[RejectedRow]
    rows_read: int
    warnings: Counter[str] = field(default_factory=Counter)
    columns: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Row:
    raw: RawRecord
    key: ClassifiedKey
    key_text: str
    number: str
    holder: Holder | None
    kind: str
    share: Fraction | None
    year: int | None
    value: Value | None
    ficha: dict[str, Any]


class _BadRow(Exception):
    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.reason = Reason(code, message)


def read_register(
    layer: RawLayer, told: RegisterMap, *, default_year: int, progress: Progress = UNSEEN
) -> RegisterFile:
    """The predios of a sheet, in the order of their first rows. Raises ``InvalidMap``."""
    columns = found_columns(told.columns, layer.fields)
    groups: dict[str, list[_Row]] = {}
    rejected: list[RejectedRow] = []
    warnings: Counter[str] = Counter()
    seen: dict[str, int] = {}
    for raw in tracked(layer.records, progress):
        try:
            row = _row(raw, columns, told, default_year, warnings)
            _refuse_repetition(raw, seen)
            group = groups.setdefault(row.key.normalised or f"# {row.number}", [])
            _refuse_other_value(row, group)
        except _BadRow as bad:
            rejected.append(RejectedRow(raw.position, bad.reason, raw.attributes))
            continue
        group.append(row)
    units = [_unit(rows) for rows in groups.values() if rows]
    return RegisterFile(units, rejected, len(layer.records), warnings, columns)


def _row(
    raw: RawRecord,
    columns: dict[str, str],
    told: RegisterMap,
    default_year: int,
    warnings: Counter[str],
) -> _Row:
    def cell(meaning: str) -> Any:
        return raw.attributes.get(columns[meaning]) if meaning in columns else None

    def text(meaning: str) -> str:
        return as_text(cell(meaning))

    key_text = text("key")
    key = classify(key_text)
    if key.kind is KeyKind.DAMAGED or len(key_text) > _LONGEST_KEY:
        raise _BadRow("damaged_key", " ".join(key.warnings) or "La clave es demasiado larga.")
    number = bare_form(text("number"))[:30]
    if not key.normalised and not number:
        raise _BadRow("no_key", "La fila no trae clave ni número de predio: no se sabe de cuál es.")
    warnings.update(key.warnings)
    kind = told.tenure_words.get(plain(text("tenure")), "OWNERSHIP")
    if text("tenure") and plain(text("tenure")) not in told.tenure_words:
        warnings[f"Tenencia «{text('tenure')[:40]}» desconocida: se toma como dominio."] += 1
    name = " ".join(filter(None, (text("surname"), text("name"))))
    holder = holder_of(
        name,
        text("document"),
        tenure=kind,
        phone=text("phone"),
        email=text("email"),
        postal_address=text("postal_address"),
    )
    try:
        share = share_of(text("share"), unit=told.share_unit)
        value = _value(cell, told)
        year = _year(text("year"), told, default_year) if value is not None else None
        ficha = _ficha(cell, told)
    except InvalidInput as refusal:
        raise _BadRow(refusal.code, refusal.message) from refusal
    return _Row(raw, key, key_text, number, holder, kind, share, year, value, ficha)


def _value(cell: Cell, told: RegisterMap) -> Value | None:
    amounts = {name: _amount(cell(name), told) for name in _VALUES}
    if all(amount is None for amount in amounts.values()):
        return None
    land, building = amounts["land_value"] or ZERO, amounts["building_value"] or ZERO
    total = amounts["total_value"]
    if total is None:
        total = land + building
    if total < land + building or min(land, building, total) < 0:
        raise _BadRow(
            "values_do_not_add",
            f"El avalúo total {format_usd(total)} es menor que sus partes {format_usd(land)} + "
            f"{format_usd(building)}.",
        )
    return Value(land, building, total)


def _amount(value: Any, told: RegisterMap) -> Decimal | None:
    number = _decimal(value, told)
    return None if number is None else to_cents(number)


def _decimal(value: Any, told: RegisterMap) -> Decimal | None:
    """A number as a sheet holds it, or a text with the map's decimal sign, or one that leaves no doubt."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        return Decimal(repr(value))
    text = as_text(value)
    if not text:
        return None
    try:
        return parse_decimal(text, decimal_sign=told.decimal_sign)
    except InvalidAmount:
        return parse_decimal(text)


def _year(text: str, told: RegisterMap, default_year: int) -> int:
    if not text:
        return told.year or default_year
    if not (text.isdigit() and 1990 <= int(text) <= 2100):
        raise _BadRow("bad_year", f"«{text[:20]}» no es un año.")
    return int(text)


def _ficha(cell: Cell, told: RegisterMap) -> dict[str, Any]:
    ficha: dict[str, Any] = {}
    for name, longest in _FICHA.items():
        if text := as_text(cell(name)):
            ficha[name] = text[:longest]
    told_kind = as_text(cell("kind"))
    if kind := kind_of_word(told_kind) or _BEGINNINGS.get(plain(told_kind)[:3]):
        ficha["kind"] = kind
    area = _decimal(cell("titled_area"), told)
    if area is not None:
        in_m2 = ha_to_m2(area) if told.titled_area_unit == "ha" else area
        if 0 < in_m2 < _LARGEST_AREA_M2:
            ficha["titled_area"] = round(in_m2, 4)
    aliquot = share_of(as_text(cell("aliquot")), unit=told.aliquot_unit)
    if aliquot is not None:
        ficha["aliquot"] = round(Decimal(aliquot.numerator) / Decimal(aliquot.denominator), 10)
    return ficha


def _refuse_repetition(raw: RawRecord, seen: dict[str, int]) -> None:
    whole_row = repr(sorted(raw.attributes.items()))
    first = seen.setdefault(whole_row, raw.position)
    if first != raw.position:
        raise _BadRow("repeated_row", f"La fila es igual a la {first}: se cuenta una sola vez.")


def _refuse_other_value(row: _Row, group: Sequence[_Row]) -> None:
    for other in group:
        if (
            row.value is not None
            and other.year == row.year
            and other.value not in (None, row.value)
        ):
            raise _BadRow(
                "values_differ",
                f"El avalúo no es el mismo que en la fila {other.raw.position} del mismo predio y año.",
            )


def _unit(rows: list[_Row]) -> UnitRecord:
    observations: list[Reason] = []
    if not rows[0].key.normalised:
        observations.append(
            Reason("no_key", "El predio no trae clave catastral: asígnele la suya.")
        )
    held = _held(rows, observations)
    ficha: dict[str, Any] = {}
    values: dict[int, Value] = {}
    for row in rows:
        ficha = row.ficha | ficha  # the first row that says something counts
        if row.year is not None and row.value is not None:
            values.setdefault(row.year, row.value)
    return UnitRecord(
        key=rows[0].key,
        key_text=rows[0].key_text,
        number=next((row.number for row in rows if row.number), ""),
        positions=tuple(row.raw.position for row in rows),
        held=held,
        values=values,
        ficha=ficha,
        observations=tuple(observations),
    )


def _held(rows: list[_Row], observations: list[Reason]) -> tuple[Held, ...]:
    by_kind: dict[str, dict[str, tuple[Holder, Fraction | None]]] = {}
    for row in rows:
        if row.holder is not None:  # the same person over several years or lines holds once
            by_kind.setdefault(row.kind, {}).setdefault(
                row.holder.identity, (row.holder, row.share)
            )
    if not by_kind:
        message = "El predio no tiene titular conocido: complete la tenencia."
        observations.append(Reason("no_holder", message))
    held = []
    for kind, holders in by_kind.items():
        shares, contradict = whole([share for _, share in holders.values()])
        if contradict:
            message = "Las cuotas de los titulares no suman el todo: quedan por determinar."
            observations.append(Reason("shares_do_not_sum", message))
        for (holder, _), share in zip(holders.values(), shares, strict=True):
            held.append(Held(holder, kind, share))
    if any(not one.holder.has_good_document for one in held):
        message = "Un titular no tiene documento o no es válido: complételo."
        observations.append(Reason("holder_document", message))
    return tuple(held)
