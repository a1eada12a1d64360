"""ratio_study: level, uniformity and equity of appraisals against sales, from any CSV or from the register."""

import gzip
import json
import shutil
import tempfile
from argparse import ArgumentParser
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from cadastre.imports.reading import read_file
from cadastre.management.import_options import refusals, town_of
from cadastre.ordinances.tax_years import first_tax_year
from cadastre.queries.ordinance_list import ordinance_named
from cadastre.queries.screened_sales import screened_sales, values_by
from cadastre.ratio_studies.bootstrap import DRAWS, SEED
from cadastre.ratio_studies.charts import Words, histogram, scatter
from cadastre.ratio_studies.sale import Sale
from cadastre.ratio_studies.sales_table import (
    RejectedSale,
    SalesColumns,
    check_columns,
    read_sales,
)
from cadastre.ratio_studies.screening import TOKEN_USD, Criteria
from cadastre.ratio_studies.standard import STATISTIC_NAMES, Outcome, standard
from cadastre.ratio_studies.statistics import Interval
from cadastre.ratio_studies.study import RatioStatistics, RatioStudy, ratio_study
from gis_project.core.errors import InvalidInput

_OUTCOMES = {
    Outcome.WITHIN: "dentro",
    Outcome.DOUBTFUL: "dudoso",
    Outcome.OUTSIDE: "fuera",
}


class Command(BaseCommand):
    help = "Estudio de razones (avalúo entre precio) de las ventas de una hoja: nivel, uniformidad y equidad."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file",
            nargs="?",
            help="CSV, CSV comprimido (.gz) o XLSX con una venta por fila; sin él, las del registro",
        )
        parser.add_argument("--municipality", help="estudia las ventas de ese municipio")
        parser.add_argument(
            "--ordinance", help="con el avalúo de esa ordenanza (un borrador); si no, el del título"
        )
        parser.add_argument(
            "--year", type=int, help="año de ese avalúo; si no, el primero que rige"
        )
        parser.add_argument("--price", default="precio", help="columna del precio")
        parser.add_argument("--value", default="avaluo", help="columna del avalúo")
        parser.add_argument("--stratum", default="", help="columna por la que se agrupa")
        parser.add_argument("--date", default="", help="columna de la fecha de la venta")
        parser.add_argument("--excluded", default="", help="columna con el motivo de exclusión")
        parser.add_argument("--decimal", choices=[",", "."], default=".", help="signo decimal")
        parser.add_argument("--from", dest="first", type=date.fromisoformat, help="AAAA-MM-DD")
        parser.add_argument("--to", dest="last", type=date.fromisoformat, help="AAAA-MM-DD")
        parser.add_argument("--token", type=Decimal, default=TOKEN_USD, help="precio simbólico")
        parser.add_argument("--keep-outliers", action="store_true", help="no recorta extremos")
        parser.add_argument("--confidence", type=float, default=0.95)
        parser.add_argument("--draws", type=int, default=DRAWS, help="remuestreos")
        parser.add_argument("--seed", type=int, default=SEED, help="semilla de los remuestreos")
        parser.add_argument("--json", action="store_true", help="el estudio en JSON")
        parser.add_argument("--charts", type=Path, help="carpeta para los gráficos en SVG")

    def handle(self, *_: Any, **options: Any) -> None:
        columns = SalesColumns(
            price=options["price"],
            value=options["value"],
            sold_on=options["date"],
            stratum=options["stratum"],
            excluded=options["excluded"],
        )
        criteria = Criteria(
            first_day=options["first"],
            last_day=options["last"],
            token_usd=options["token"],
            trims_outliers=not options["keep_outliers"],
        )
        with refusals():
            if options["file"]:
                header, rows = sheet(Path(options["file"]))
                check_columns(columns, header)
                sales, rejected = read_sales(rows, columns, decimal_sign=options["decimal"])
            else:
                sales, rejected = _registered(options), []
            study = ratio_study(
                sales,
                criteria,
                confidence=options["confidence"],
                draws=options["draws"],
                seed=options["seed"],
            )
        if options["json"]:
            told = study.as_dict() | {"read": len(sales) + len(rejected), "rejected": len(rejected)}
            self.stdout.write(json.dumps(told, ensure_ascii=False, indent=2))
        else:
            for line in study_lines(study, rejected):
                self.stdout.write(line)
        if options["charts"] and study.whole is not None:
            write_charts(study.whole, options["charts"])


def _registered(options: dict[str, Any]) -> list[Sale]:
    if not options["municipality"]:
        raise InvalidInput("Dé una hoja de ventas, o con --municipality las del registro.")
    town = town_of(options["municipality"])
    values = None
    if options["ordinance"]:
        ordinance = ordinance_named(town, options["ordinance"])
        year = options["year"] or first_tax_year(ordinance.valid.lower)
        values = values_by(ordinance, year=year)
    return [one.sale for one in screened_sales(town, values=values)]


def sheet(path: Path) -> tuple[list[str], list[dict[str, Any]]]:
    """Heading and rows of the sheet; a compressed one is unpacked first."""
    if path.suffix != ".gz" or not path.is_file():
        layer = read_file(path, layer=None, table={"has_geometry": False})
        return list(layer.fields), [record.attributes for record in layer.records]
    with tempfile.TemporaryDirectory() as folder:
        unpacked = Path(folder) / path.stem
        with gzip.open(path) as packed, unpacked.open("wb") as plain:
            shutil.copyfileobj(packed, plain)
        return sheet(unpacked)


def study_lines(study: RatioStudy, rejected: list[RejectedSale]) -> list[str]:
    """The study in Spanish, line by line."""
    kept, out = len(study.screened.kept), len(study.screened.left_out)
    lines = [f"{kept + out + len(rejected)} ventas: {kept} se usan, {out} se excluyen."]
    lines += [f"  {reason.label_es}: {count}" for reason, count in study.screened.reasons().items()]
    lines += [f"  fila {one.position}: {one.reason}" for one in rejected[:20]]
    if len(rejected) > 20:
        lines.append(f"  y {len(rejected) - 20} filas más que no se pueden leer")
    if study.whole is None:
        return [*lines, "No queda ninguna venta: no hay estudio."]
    lines += ["", *_statistics_lines(study.whole, "Todas"), ""]
    for one in study.whole.verdicts:
        lines.append(f"  {one.name_es} {_OUTCOMES[one.outcome]}: {one.text}")
    if study.whole.is_few:
        lines.append("  Son pocas ventas: ningún resultado es firme.")
    for one_stratum in study.strata:
        lines += ["", *_statistics_lines(one_stratum, one_stratum.name or "(sin estrato)")]
    sure = f"{study.confidence:.0%}".replace("%", " %")
    return [
        *lines,
        "",
        f"Intervalos al {sure}: {study.draws} remuestreos, semilla {study.seed}; PRB, por t de Student. "
        f"Rangos: {standard().source}.",
    ]


def _statistics_lines(one: RatioStatistics, name: str) -> list[str]:
    lines = [f"{name}: {one.count} ventas"]
    rows: list[tuple[str, float | None, Interval | None]] = [
        ("median", one.median, one.intervals.get("median")),
        ("mean", one.mean, one.intervals.get("mean")),
        ("weighted_mean", one.weighted_mean, one.intervals.get("weighted_mean")),
        ("cod", one.cod, one.intervals.get("cod")),
        ("prd", one.prd, one.intervals.get("prd")),
    ]
    rows.append(
        ("prb", one.prb.slope, one.prb.interval)
        if one.prb is not None and one.intervals
        else ("prb", None, None)
    )
    for key, value, interval in rows:
        told = "sin dato" if value is None else f"{value:.4f}"
        ends = "" if interval is None else f"   [{interval.lowest:.4f}; {interval.highest:.4f}]"
        lines.append(f"  {STATISTIC_NAMES[key]:<16} {told:>10}{ends}")
    return lines


def write_charts(one: RatioStatistics, folder: Path) -> None:
    """Two SVG files in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    spread = Words(
        "Distribución de las razones",
        f"{one.count} ventas; la mediana es {one.median:.3f}.",
        "avalúo / precio",
        "ventas",
    )
    marks = {f"mediana {one.median:.2f}": one.median}
    (folder / "razones.svg").write_text(
        histogram(one.ratios, spread, marks=marks), encoding="utf-8"
    )
    against = Words(
        "Razón según el precio",
        f"{one.count} ventas; la línea es la mediana, {one.median:.3f}.",
        "precio (USD, escala logarítmica)",
        "avalúo / precio",
    )
    (folder / "razon_precio.svg").write_text(
        scatter(one.prices, one.ratios, against, level=one.median), encoding="utf-8"
    )
