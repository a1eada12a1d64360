"""What the load of a monthly list tells, and its files: summary, the crossing as CSV and XLSX, unread rows."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from cadastre.imports.findings_files import write_sheet
from cadastre.imports.register_rows import RejectedRow
from cadastre.imports.sheet_text import sheet_text

HEAD = (
    "fila",
    "resultado",
    "que_hacer",
    "fecha",
    "inscripcion",
    "repertorio",
    "notaria",
    "clave",
    "numero_de_predio",
    "documento_transfiere",
    "transfiere",
    "documento_adquiere",
    "adquiere",
    "precio",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferReport:
    """read = new + repeated + rejected; ``lines`` are the readable rows as HEAD names them, work first."""

    municipality: str
    file_name: str
    map_title: str
    is_committed: bool
    read: int
    new: int
    repeated: int
    rejected: Sequence[RejectedRow]
    verdicts: Counter[str]
    lines: Sequence[Sequence[str]]


def transfers_told_in_spanish(report: TransferReport) -> str:
    """The summary that a technician reads first."""
    lines = [
        f"Transferencias de {report.file_name} en {report.municipality} (mapeo «{report.map_title}»)",
        f"  Filas leídas  {report.read:>8}",
        f"  Nuevas        {report.new:>8}",
        f"  Repetidas     {report.repeated:>8}",
        f"  Sin leer      {len(report.rejected):>8}",
        "",
        *(f"  {count:>8}  {told}" for told, count in report.verdicts.most_common()),
        "",
        "Guardado. El catastro no cambió: cada transferencia se registra con su acto."
        if report.is_committed
        else "Ensayo: no se guardó nada. Repita con --commit y --by.",
    ]
    return "\n".join(lines)


def write_transfer_files(report: TransferReport, folder: Path) -> list[Path]:
    """`informe.txt`, `cruce.csv`, `cruce.xlsx` and, if any, `sin_leer.csv` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    text = folder / "informe.txt"
    text.write_text(transfers_told_in_spanish(report) + "\n", encoding="utf-8")
    sheet, book = folder / "cruce.csv", folder / "cruce.xlsx"
    write_sheet(sheet, HEAD, report.lines)
    _write_book(book, report.lines)
    written = [text, sheet, book]
    if report.rejected:
        unread = folder / "sin_leer.csv"
        names = sorted({name for row in report.rejected for name in row.attributes})
        rows: list[list[Any]] = [
            [row.position, row.reason.message, *(row.attributes.get(name) for name in names)]
            for row in report.rejected
        ]
        write_sheet(unread, ["fila", "que_hacer", *names], rows)
        written.append(unread)
    return written


def _write_book(path: Path, lines: Sequence[Sequence[str]]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # A fixed creation time: the same crossing gives the same bytes.
        book.set_properties({"title": "Cruce", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- a constant
        bold = book.add_format({"bold": True})
        sheet = book.add_worksheet("Cruce")
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, len(HEAD) - 1, 18)
        for column, name in enumerate(HEAD):
            sheet.write_string(0, column, name, bold)
        for number, line in enumerate(lines, start=1):
            for column, value in enumerate(line):
                sheet.write_string(number, column, sheet_text(value))
        sheet.autofilter(0, 0, max(1, len(lines)), len(HEAD) - 1)
