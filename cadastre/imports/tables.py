"""Rows of a CSV or XLSX file or an Access table, as they come out of old systems and spreadsheets."""

import csv
import io
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from cadastre.imports.access import open_table
from cadastre.imports.choose_layer import ChooseLayer
from cadastre.imports.formats import FileFormat
from cadastre.imports.plain_values import plain_text, plain_value
from cadastre.imports.raw_layer import TooMuchRead
from gis_project.core.errors import InvalidInput

_DELIMITERS = ";,\t|"
_MOST_COLUMNS = 500
_MOST_CELL = 1024 * 1024
_ENCODINGS = ("utf-8-sig", "cp1252", "latin-1")


class UnreadableTable(InvalidInput):
    """The sheet has no heading row or is damaged: save it again as XLSX or CSV."""

    code = "unreadable_table"


@dataclass(frozen=True, slots=True)
class Table:
    """Heading and rows (column → plain value); ``name`` of the sheet, ``encoding`` of the text."""

    header: list[str]
    rows: list[dict[str, Any]]
    name: str = ""
    encoding: str = ""


def read_table(path: Path, *, file_format: FileFormat, sheet: str | None, most_rows: int) -> Table:
    """The table; blank rows are no rows. The first row with two cells or more is the heading."""
    if file_format is FileFormat.XLSX:
        return _read_xlsx(path, sheet, most_rows)
    if file_format is FileFormat.ACCESS:
        with open_table(path, sheet) as (name, lines):
            header, rows = _headed(lines, most_rows)
        return Table(header, rows, name, "UTF-8")
    return _read_csv(path, most_rows)


def _read_csv(path: Path, most_rows: int) -> Table:
    text, encoding = _decoded(path.read_bytes())
    first_line = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(_DELIMITERS, key=first_line.count)
    csv.field_size_limit(_MOST_CELL)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        header, rows = _headed(lines, most_rows)
    except csv.Error as error:
        raise UnreadableTable("El CSV está dañado: ábralo y guárdelo de nuevo.") from error
    return Table(header, rows, path.stem, encoding)


def _read_xlsx(path: Path, sheet: str | None, most_rows: int) -> Table:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and validations that we do not need
            book = openpyxl.load_workbook(path, read_only=True, data_only=True)
            if sheet is not None and sheet not in book.sheetnames:
                there = ", ".join(book.sheetnames)
                raise ChooseLayer(f"El libro no tiene la hoja «{sheet}». Hay: {there}.")
            chosen = book[sheet] if sheet is not None else book.worksheets[0]
            header, rows = _headed(chosen.iter_rows(values_only=True), most_rows)
    except (
        InvalidFileException,
        KeyError,
        ValueError,
        SyntaxError,
        IndexError,
        TypeError,
    ) as error:
        # What openpyxl and its XML parser raise for sheets that are none; hostile XML is a ValueError.
        raise UnreadableTable("El XLSX está dañado: ábralo y guárdelo de nuevo.") from error
    return Table(header, rows, str(chosen.title))


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace"), "UTF-16"
    for encoding in _ENCODINGS[:-1]:
        try:
            return content.decode(encoding), encoding.upper().removesuffix("-SIG")
        except UnicodeDecodeError:
            continue
    return content.decode(_ENCODINGS[-1]), "ISO-8859-1"


def _headed(
    lines: Iterable[Iterable[Any]], most_rows: int
) -> tuple[list[str], list[dict[str, Any]]]:
    header: list[str] = []
    rows: list[dict[str, Any]] = []
    for cells in _filled(lines):
        if not header:
            if sum(cell not in (None, "") for cell in cells) >= 2:
                header = _names(cells)
            continue
        if len(rows) >= most_rows:
            raise TooMuchRead(f"La hoja tiene más de {most_rows} filas: divídala.")
        rows.append(dict(zip(header, [*cells, *[None] * (len(header) - len(cells))], strict=False)))
    if not header:
        raise UnreadableTable("La hoja no tiene una fila de títulos con al menos dos columnas.")
    return header, rows


def _filled(lines: Iterable[Iterable[Any]]) -> Iterator[list[Any]]:
    for line in lines:
        cells = [plain_value(cell) for cell in line]
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if len(cells) > _MOST_COLUMNS:
            raise UnreadableTable(f"La hoja tiene más de {_MOST_COLUMNS} columnas.")
        if any(cell not in (None, "") for cell in cells):
            yield cells


def _names(cells: list[Any]) -> list[str]:
    seen: Counter[str] = Counter()
    names = []
    for number, cell in enumerate(cells, start=1):
        name = plain_text(str(cell)) if cell not in (None, "") else f"columna_{number}"
        seen[name.casefold()] += 1
        names.append(name if seen[name.casefold()] == 1 else f"{name}_{seen[name.casefold()]}")
    return names
