"""Writes a year's tax roll as CSV and XLSX with a manifest; the same roll gives the same bytes."""

import csv
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from cadastre.models import TaxRoll
from cadastre.queries.roll_titles import COLUMNS, roll_titles
from gis_project.core.canonical import canonical_json
from gis_project.core.errors import Conflict, NotFound
from gis_project.core.identification import masked_identification
from gis_project.core.money import format_usd
from gis_project.core.sheets import safe_cell
from gis_project.territory.clock import today_in
from gis_project.territory.models import Municipality
from gis_project.territory.operations.log_access import log_access
from gis_project.territory.policy import Actor, check_can

_AMOUNTS = {"base", "predial", "bomberos", "otros", "total"}
_TOTAL = COLUMNS.index("total")


class NotEmitted(NotFound):
    """There is no emission of that year to export: emit it first."""

    code = "not_emitted"


class ExportDiffers(Conflict):
    """The rows do not add up to the emission's control total: nothing is handed out."""

    code = "export_differs"


@dataclass(frozen=True, slots=True)
class ExportedRoll:
    csv: Path
    xlsx: Path
    manifest: Path
    titles: int
    total: Decimal
    kinds: tuple[str, ...]


def export_tax_roll(
    *, municipality: Municipality, year: int, folder: Path, by: Actor, with_documents: bool = False
) -> ExportedRoll:
    """The three files `emision_<slug>_<year>.{csv,xlsx,json}` in ``folder``, readable by their owner only.

    Cédulas and RUC are masked unless ``with_documents`` is asked by somebody who may see them.
    Raises NotEmitted, ExportDiffers, NotAllowed.
    """
    check_can(by, "export_tax_roll", municipality=municipality, on=today_in(municipality))
    if with_documents:
        check_can(by, "view_personal_data", municipality=municipality, on=today_in(municipality))
    rolls = list(TaxRoll.objects.filter(municipality=municipality, year=year).order_by("kind"))
    if not rolls:
        raise NotEmitted(f"{municipality.name} no tiene emisión de {year}: ejecute emit_tax_roll.")
    rows = list(roll_titles(municipality=municipality, year=year))
    if not with_documents:
        rows = [(*row[:-1], masked_identification(row[-1])) for row in rows]
    total = sum((row[_TOTAL] for row in rows), Decimal("0.00"))
    expected = sum((roll.total for roll in rolls), Decimal("0.00"))
    if total != expected:
        raise ExportDiffers(
            f"Los títulos suman {format_usd(total)} y el total de control es {format_usd(expected)}: "
            "avise a soporte."
        )
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    stem = f"emision_{municipality.slug}_{year}"
    made = ExportedRoll(
        folder / f"{stem}.csv",
        folder / f"{stem}.xlsx",
        folder / f"{stem}.json",
        len(rows),
        total,
        tuple(roll.kind for roll in rolls),
    )
    for path in (made.csv, made.xlsx, made.manifest):
        path.unlink(missing_ok=True)
        path.touch(mode=0o600)
    _write_csv(made.csv, rows)
    _write_xlsx(made.xlsx, rows, rolls)
    made.manifest.write_bytes(
        canonical_json(
            {
                "municipality": municipality.slug,
                "year": year,
                "kinds": [roll.kind for roll in rolls],
                "documents": "complete" if with_documents else "masked",
                "titles": len(rows),
                "total": total,
                "files": {path.name: _sha256(path) for path in (made.csv, made.xlsx)},
                "rolls": [
                    {
                        "kind": roll.kind,
                        "control_totals": roll.control_totals,
                        "register_hash": roll.register_hash,
                        "ordinance_hash": roll.ordinance_hash,
                        "law_hash": roll.law_hash,
                    }
                    for roll in rolls
                ],
            }
        )
    )
    log_access(
        municipality=municipality,
        actor=by,
        action="export_tax_roll",
        query=f"{municipality.slug} {year}",
        purpose=f"Exportación de la emisión {year}",
        found=len(rows),
    )
    return made


def _write_csv(path: Path, rows: Sequence[tuple[Any, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(COLUMNS)
        for row in rows:
            writer.writerow([safe_cell(v) if isinstance(v, str) else v for v in row])


def _write_xlsx(path: Path, rows: Sequence[tuple[Any, ...]], rolls: Sequence[TaxRoll]) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        # A fixed creation time: the same roll has to give the same bytes.
        book.set_properties({"title": "Emisión", "created": datetime(2000, 1, 1)})  # noqa: DTZ001 -- a constant
        bold = book.add_format({"bold": True})
        money = book.add_format({"num_format": "#,##0.00"})
        sheet = book.add_worksheet("Emisión")
        sheet.freeze_panes(1, 2)
        sheet.set_column(0, 1, 26)
        sheet.set_column(2, len(COLUMNS) - 1, 14)
        for column, name in enumerate(COLUMNS):
            sheet.write_string(0, column, name, bold)
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                if COLUMNS[column] in _AMOUNTS:
                    sheet.write_number(number, column, value, money)
                elif isinstance(value, int):
                    sheet.write_number(number, column, value)
                else:
                    sheet.write_string(number, column, value)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) - 1)
        _write_totals(book.add_worksheet("Totales de control"), rolls, bold, money)


def _write_totals(sheet: Any, rolls: Sequence[TaxRoll], bold: Any, money: Any) -> None:
    sheet.set_column(0, 1, 24)
    for column, title in enumerate(("emisión", "concepto", "monto")):
        sheet.write_string(0, column, title, bold)
    line = 0
    for roll in rolls:
        totals = roll.control_totals
        entries = [
            *totals["by_concept"].items(),
            *(
                (f"parroquia {code or 'sin parroquia'}", a)
                for code, a in totals["by_parish"].items()
            ),
            ("TOTAL", totals["total"]),
        ]
        for name, amount in entries:
            line += 1
            sheet.write_string(line, 0, f"{roll.get_kind_display()} {roll.year}")
            sheet.write_string(line, 1, name)
            sheet.write_number(line, 2, Decimal(amount), money)


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
