"""An ordinance from an XLSX or GPKG file: each sheet read in the limited process, then judged as its TOML would be."""

import csv
from pathlib import Path

from cadastre.imports.ordinance_columns import MAIN, SHEETS
from cadastre.imports.ordinance_file import (
    InvalidOrdinanceFile,
    OrdinanceFile,
    told_ordinance,
)
from cadastre.imports.ordinance_from_sheets import RefusedRow, SheetsRead, from_sheets
from cadastre.imports.reading import FileRefused, read_file
from cadastre.imports.sheet_text import sheet_text

SUFFIXES = (".xlsx", ".gpkg")


class RowsRefused(InvalidOrdinanceFile):
    """Rows of the sheets do not fit: correct those that are listed and load again."""

    code = "rows_refused"

    def __init__(self, rows: list[RefusedRow]) -> None:
        first = rows[0]
        super().__init__(
            f"{len(rows)} filas no entran, y por eso nada. La primera: hoja «{first.sheet}», fila {first.row}: "
            f"{first.why}"
        )
        self.rows = rows


def ordinance_book(path: Path) -> OrdinanceFile:
    """The ordinance in the file's sheets. RowsRefused, InvalidOrdinanceFile, FileRefused."""
    asked = {"has_geometry": False} if path.suffix.lower() == ".xlsx" else {"attributes": True}
    sheets = {}
    for name in SHEETS:
        try:
            layer = read_file(path, layer=name, table=asked)
        except FileRefused as refusal:
            if refusal.details.get("reason") == "choose_layer" and name != MAIN:
                continue  # a sheet that the town does not need is not there
            raise
        sheets[name] = [record.attributes for record in layer.records]
    read: SheetsRead = from_sheets(sheets)
    if read.refused:
        raise RowsRefused(read.refused)
    return told_ordinance(read.told, name=path.name, lines=read.lines)


def write_refused(path: Path, rows: list[RefusedRow]) -> Path:
    """The refused rows with their reasons as CSV, ready to be corrected."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(("hoja", "fila", "motivo", "celdas"))
        for row in rows:
            cells = "; ".join(f"{name}={told}" for name, told in row.cells.items() if told)
            writer.writerow((row.sheet, row.row, sheet_text(row.why), sheet_text(cells)))
    return path
