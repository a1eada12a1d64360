"""How a collecting bank's files are written and read, as a layout file declares it: separated or of fixed width.

No name and no cédula leave in them: a title's number and its amount are enough to collect.
"""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from cadastre.taxation.debt_due import DebtDue
from cadastre.taxation.debt_parts import PRINCIPAL
from gis_project.core.errors import InvalidInput
from gis_project.core.money import ZERO, InvalidAmount, parse_decimal, to_cents

READY = Path(__file__).parent / "bank_layouts"
OUT = ("title", "year", "key", "principal", "accessories", "relief", "total", "valid_through")
IN = ("reference", "title", "paid_on", "amount")
_NUMBERS = ("year", "principal", "accessories", "relief", "total", "amount")
_LONGEST_REFERENCE = 60


class InvalidBankLayout(InvalidInput):
    """The layout names what does not exist, or lacks a column that a payment needs: correct the file."""

    code = "invalid_bank_layout"


class FieldTooLong(InvalidInput):
    """A value does not fit its fixed width: widen it in the layout, as the bank agrees."""

    code = "field_too_long"


@dataclass(frozen=True, slots=True)
class BankField:
    """A column: its heading, what it holds, and its width in a fixed file."""

    column: str
    holds: str
    width: int


@dataclass(frozen=True, slots=True)
class BankLayout:
    """Both files of a bank."""

    title: str
    form: str
    separator: str
    encoding: str
    out_fields: tuple[BankField, ...]
    in_fields: tuple[BankField, ...]


@dataclass(frozen=True, slots=True)
class BankLine:
    """A payment that the bank tells; ``flaw`` says why a line cannot be read (in Spanish)."""

    position: int
    text: str
    reference: str = ""
    title: str = ""
    paid_on: date | None = None
    amount: Decimal = ZERO
    flaw: str = ""


def bank_layout(name: str) -> BankLayout:
    """The ready layout of that name (``separated``, ``fixed``), or the one in a TOML file. Raises InvalidBankLayout."""
    ready = READY / f"{name}.toml"
    path = ready if ready.parent == READY and ready.is_file() else Path(name)
    if not path.is_file():
        known = ", ".join(sorted(one.stem for one in READY.glob("*.toml")))
        raise InvalidBankLayout(
            f"No hay un formato «{name}». Listos: {known}; o dé un archivo TOML."
        )
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        fields = {
            side: tuple(
                BankField(row["column"], row["holds"], int(row.get("width", 0)))
                for row in told[side]
            )
            for side in ("out", "in")
        }
        layout = BankLayout(
            told["title"],
            told["form"],
            told.get("separator", ";"),
            told.get("encoding", "utf-8"),
            fields["out"],
            fields["in"],
        )
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, KeyError, TypeError) as error:
        raise InvalidBankLayout(f"El formato «{path.name}» no está completo: {error}.") from error
    _check(layout)
    return layout


def written(dues: Iterable[tuple[str, DebtDue]], layout: BankLayout) -> Iterator[str]:
    """The lines of the file out, each with its end; ``dues`` are keys and what settles a title on the day."""
    if layout.form == "separated":
        yield layout.separator.join(field.column for field in layout.out_fields) + "\r\n"
    for key, due in dues:
        values = _values(key, due)
        cells = [_cell(values[field.holds], field, layout) for field in layout.out_fields]
        yield (
            layout.separator.join(cells) if layout.form == "separated" else "".join(cells)
        ) + "\r\n"


def read_lines(text: str, layout: BankLayout) -> list[BankLine]:
    """The payments of the file in; blank lines are none, nor a first line that is the declared heading."""
    found = []
    for position, line in enumerate(text.removeprefix("\ufeff").splitlines(), start=1):
        if not line.strip() or (position == 1 and _is_heading(line, layout)):
            continue
        found.append(_line(position, line, layout))
    return found


def _is_heading(line: str, layout: BankLayout) -> bool:
    told = [cell.strip().casefold() for cell in line.split(layout.separator)]
    declared = [field.column.casefold() for field in layout.in_fields]
    return layout.form == "separated" and told == declared


def _values(key: str, due: DebtDue) -> dict[str, str]:
    principal = sum((due.unpaid.get(part, ZERO) for part in PRINCIPAL), ZERO)
    return {
        "title": due.debt.number,
        "year": str(due.debt.year),
        "key": key,
        "principal": str(principal),
        "accessories": str(due.gross - principal),
        "relief": str(due.relief),
        "total": str(due.total),
        "valid_through": due.valid_through.isoformat(),
    }


def _cell(text: str, field: BankField, layout: BankLayout) -> str:
    if layout.form == "separated":
        return text.replace(layout.separator, " ").replace("\n", " ")
    if len(text) > field.width:
        raise FieldTooLong(
            f"«{text}» no cabe en {field.width} caracteres de {field.column}: amplíe el formato."
        )
    return text.rjust(field.width) if field.holds in _NUMBERS else text.ljust(field.width)


def _line(position: int, line: str, layout: BankLayout) -> BankLine:
    cells = _cut(line, layout)
    if len(cells) != len(layout.in_fields):
        return BankLine(position, line, flaw="La línea no tiene los campos del formato.")
    told: dict[str, Any] = {
        field.holds: cell.strip() for field, cell in zip(layout.in_fields, cells, strict=True)
    }
    reference, title = told["reference"], told["title"]
    if not reference or len(reference) > _LONGEST_REFERENCE or not title:
        return BankLine(position, line, flaw="Falta la referencia o el título, o son muy largos.")
    try:
        paid_on = date.fromisoformat(told["paid_on"])
        amount = parse_decimal(told["amount"], decimal_sign=".")
    except (ValueError, InvalidAmount):
        return BankLine(
            position, line, reference, title, flaw="La fecha o el valor no se entienden."
        )
    if amount <= 0 or amount != to_cents(amount):
        return BankLine(
            position, line, reference, title, flaw="El valor no es un monto en centavos."
        )
    return BankLine(position, line, reference, title, paid_on, to_cents(amount))


def _cut(line: str, layout: BankLayout) -> Sequence[str]:
    if layout.form == "separated":
        return line.split(layout.separator)
    cells, at = [], 0
    for field in layout.in_fields:
        cells.append(line[at : at + field.width])
        at += field.width
    return cells if len(line) <= at else []


def _check(layout: BankLayout) -> None:
    wrong = [one.holds for one in layout.out_fields if one.holds not in OUT]
    wrong += [one.holds for one in layout.in_fields if one.holds not in IN]
    missing = set(IN) - {one.holds for one in layout.in_fields}
    missing |= {"title", "total"} - {one.holds for one in layout.out_fields}
    widths = [one.width for one in (*layout.out_fields, *layout.in_fields)]
    if wrong or missing or layout.form not in ("separated", "fixed"):
        raise InvalidBankLayout(
            f"El formato nombra lo que no existe o le falta: {', '.join([*wrong, *sorted(missing)])}."
        )
    if layout.form == "fixed" and min(widths) < 1:
        raise InvalidBankLayout("En ancho fijo cada campo dice su ancho.")
