"""What the load of a former system's debts tells, and its files: balances by year and concept."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from cadastre.imports.arrears_rows import ArrearsRecord
from cadastre.imports.findings_files import write_sheet
from cadastre.imports.register_rows import RejectedRow
from gis_project.core.money import ZERO, format_usd


@dataclass(frozen=True, slots=True)
class ArrearsSum:
    """Of one year and concept: titles, issued, paid and what is left, USD."""

    year: int
    concept: str
    titles: int
    issued: Decimal
    paid: Decimal

    @property
    def balance(self) -> Decimal:
        return self.issued - self.paid


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrearsReport:
    """rows read = those of new and known titles + rejected; ``unmatched`` entered without a predio."""

    municipality: str
    file_name: str
    map_title: str
    is_committed: bool
    read: int
    new: int
    known: int
    unmatched: Sequence[ArrearsRecord]
    rejected: Sequence[RejectedRow]
    sums: Sequence[ArrearsSum]

    @property
    def balance(self) -> Decimal:
        return sum((one.balance for one in self.sums), ZERO)


def sums_of(records: Sequence[ArrearsRecord]) -> list[ArrearsSum]:
    """By year and concept as told; titles withdrawn in the old system owe nothing and are left out."""
    found: dict[tuple[int, str], list[Any]] = {}
    for record in records:
        if record.state == "WITHDRAWN":
            continue
        for one in record.concepts:
            held = found.setdefault((record.year, one.concept), [0, ZERO, ZERO])
            held[0] += 1
            held[1] += one.issued
            held[2] += one.paid
    return [ArrearsSum(*key, *held) for key, held in sorted(found.items())]


def arrears_told_in_spanish(report: ArrearsReport) -> str:
    """The summary that the treasurer compares and signs."""
    lines = [
        f"Cartera de {report.file_name} en {report.municipality} (mapeo «{report.map_title}»)",
        f"  Filas leídas               {report.read:>8}",
        f"  Títulos nuevos             {report.new:>8}",
        f"  Títulos que ya constaban   {report.known:>8}",
        f"  Sin predio en el catastro  {len(report.unmatched):>8}",
        f"  Filas que no entran        {len(report.rejected):>8}",
        "",
        f"  {'año':<5} {'rubro':<34} {'títulos':>8} {'emitido':>15} {'pagado':>15} {'saldo':>15}",
    ]
    for one in report.sums:
        lines.append(
            f"  {one.year:<5} {one.concept[:34]:<34} {one.titles:>8} {format_usd(one.issued):>15} "
            f"{format_usd(one.paid):>15} {format_usd(one.balance):>15}"
        )
    lines += [
        f"  {'total':<49} {'':>15} {'':>15} {format_usd(report.balance):>15}",
        "",
        "Guardado."
        if report.is_committed
        else "Ensayo: no se guardó nada. Repita con --commit y --by.",
    ]
    return "\n".join(lines)


def write_arrears_files(report: ArrearsReport, folder: Path) -> list[Path]:
    """`informe.txt`, `saldos.csv`, and, if any, `sin_predio.csv` and `sin_leer.csv` in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    text, sums = folder / "informe.txt", folder / "saldos.csv"
    text.write_text(arrears_told_in_spanish(report) + "\n", encoding="utf-8")
    write_sheet(
        sums,
        ["anio", "rubro", "titulos", "emitido", "pagado", "saldo"],
        [[s.year, s.concept, s.titles, s.issued, s.paid, s.balance] for s in report.sums],
    )
    written = [text, sums]
    if report.unmatched:
        written.append(folder / "sin_predio.csv")
        write_sheet(
            written[-1],
            ["fila", "titulo", "anio", "clave", "predio", "documento", "nombre", "saldo"],
            [
                [
                    one.position,
                    one.number,
                    one.year,
                    one.key_text,
                    one.property_number,
                    one.debtor_document,
                    one.debtor_name,
                    one.balance,
                ]
                for one in report.unmatched
            ],
        )
    if report.rejected:
        written.append(folder / "sin_leer.csv")
        names = sorted({name for row in report.rejected for name in row.attributes})
        write_sheet(
            written[-1],
            ["fila", "que_hacer", *names],
            [
                [row.position, row.reason.message, *(row.attributes.get(name) for name in names)]
                for row in report.rejected
            ],
        )
    return written
